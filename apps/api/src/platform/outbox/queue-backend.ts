import { createPostgresBackend, Queue, withBackend, Worker, type Processor } from 'bullmq';
import { Redis } from 'ioredis';
import type { Configuration } from '../config/configuration.ts';
import { openQueuePool } from '../database/pool.ts';

/** What the relay needs of a queue. */
export interface WakeUps {
  addBulk(jobs: { name: string; data: unknown; opts: object }[]): Promise<unknown>;
  /** Whether this wake-up is still to come, or being worked on. */
  holds(jobId: string): Promise<boolean>;
}

/** What the worker process needs of a running consumer. */
export interface Consumer {
  close(): Promise<void>;
}

/** The queues that wake workers up, on Redis or on PostgreSQL: the same calls on both. */
export interface QueueBackend {
  queue(lane: string): WakeUps;
  consume(lane: string, process: Processor, concurrency: number): Consumer;
  /** True once after everything in it was lost, for example emptied or started without its data. */
  lostEverything(): Promise<boolean>;
  close(): Promise<void>;
}

/** Opens the configured backend. Redis may come and go: commands wait and reconnect. */
export function openQueueBackend(
  configuration: Configuration,
  failed: (error: Error) => void,
): QueueBackend {
  const { QUEUE_BACKEND, QUEUE_URL = '' } = configuration.environment;
  return QUEUE_BACKEND === 'redis'
    ? redisBackend(QUEUE_URL, failed)
    : postgresBackend(configuration.databaseUrl, failed);
}

const nameOf = (lane: string): string => `plumbline-${lane}`;

/** Is gone exactly when everything else in Redis is, too. */
const MARKER = 'plumbline-kept';

interface Jobs extends Pick<WakeUps, 'addBulk'> {
  getJob(id: string): Promise<{ readonly finishedOn?: number } | undefined>;
}

function wakeUps(queue: Jobs): WakeUps {
  return {
    addBulk: (jobs) => queue.addBulk(jobs),
    holds: async (jobId) => {
      const job = await queue.getJob(jobId);
      return job !== undefined && job.finishedOn === undefined;
    },
  };
}

function redisBackend(url: string, failed: (error: Error) => void): QueueBackend {
  const open = (): Redis => new Redis(url, { maxRetriesPerRequest: null }).on('error', failed);
  const first = open();
  const connections = [first];
  return {
    queue: (lane) => wakeUps(new Queue(nameOf(lane), { connection: first }).on('error', failed)),
    lostEverything: async () => (await first.set(MARKER, '1', 'NX')) === 'OK',
    consume: (lane, process, concurrency) => {
      const connection = open();
      connections.push(connection);
      return new Worker(nameOf(lane), process, { connection, concurrency }).on('error', failed);
    },
    close: async () => {
      for (const connection of connections) connection.disconnect();
      await Promise.resolve();
    },
  };
}

function postgresBackend(databaseUrl: string, failed: (error: Error) => void): QueueBackend {
  const connection = openQueuePool(databaseUrl);
  const postgres = withBackend(createPostgresBackend);
  return {
    queue: (lane) => wakeUps(new postgres.Queue(nameOf(lane), { connection }).on('error', failed)),
    // As durable as the promises themselves; the regular look finds what was removed by hand.
    lostEverything: () => Promise.resolve(false),
    consume: (lane, process, concurrency) =>
      new postgres.Worker(nameOf(lane), process, { connection, concurrency }).on('error', failed),
    close: () => connection.end(),
  };
}
