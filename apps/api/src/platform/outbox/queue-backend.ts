import { createPostgresBackend, Queue, withBackend, Worker, type Processor } from 'bullmq';
import { Redis } from 'ioredis';
import type { Configuration } from '../config/configuration.ts';
import { openQueuePool } from '../database/pool.ts';

/** What the relay needs of a queue. */
export interface WakeUps {
  addBulk(jobs: { name: string; data: unknown; opts: object }[]): Promise<unknown>;
  close(): Promise<void>;
}

/** What the worker process needs of a running consumer. */
export interface Consumer {
  close(): Promise<void>;
}

/** The queues that wake workers up, on Redis or on PostgreSQL: the same calls on both. */
export interface QueueBackend {
  queue(lane: string): WakeUps;
  consume(lane: string, process: Processor, concurrency: number): Consumer;
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

function redisBackend(url: string, failed: (error: Error) => void): QueueBackend {
  const open = (): Redis => new Redis(url, { maxRetriesPerRequest: null }).on('error', failed);
  const connections = [open()];
  return {
    queue: (lane) => new Queue(nameOf(lane), { connection: connections[0]! }).on('error', failed),
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
    queue: (lane) => new postgres.Queue(nameOf(lane), { connection }).on('error', failed),
    consume: (lane, process, concurrency) =>
      new postgres.Worker(nameOf(lane), process, { connection, concurrency }).on('error', failed),
    close: () => connection.end(),
  };
}
