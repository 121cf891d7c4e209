import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.ts';
import { createApplication } from '../../application.ts';
import { TenantDatabase } from '../database/tenant-database.ts';
import { newId } from '../ids.ts';
import { Deliveries } from './deliveries.ts';
import type { HandlerRegistry } from './handler-registry.ts';
import type { DeliveredMessage } from './outbox-handler.ts';
import { Outbox } from './outbox.ts';
import { openQueueBackend, type QueueBackend } from './queue-backend.ts';
import { OutboxRelay } from './relay.ts';

const TOPIC = 'test-work';

/** A Redis database of this spec's own, so that emptying it disturbs nobody. */
const redisUrl = process.env['TEST_REDIS_URL'] && `${process.env['TEST_REDIS_URL']}/7`;

describe('wake-ups that the queue lost', () => {
  let database: TestDatabase;
  let tenants: TenantDatabase;
  const scope = { organisationId: newId(), personId: null };
  const outbox = new Outbox();

  beforeAll(async () => {
    database = await createTestDatabase();
    tenants = new TenantDatabase(database.configurationOf('worker'));
    // The queue's own tables are made when a worker first opens it.
    const worker = await createApplication(database.configurationOf('worker'));
    await worker.init();
    await worker.close();
  });
  afterAll(async () => {
    await tenants.onApplicationShutdown();
    await database.drop();
  });
  let backend: QueueBackend | null = null;
  afterEach(async () => {
    await backend?.close();
    backend = null;
  });

  const known = { laneOf: (topic: string) => (topic === TOPIC ? 'short' : null) };
  const open = (kind: string): { relay: OutboxRelay; backend: QueueBackend } => {
    const configuration = database.configurationOf('worker', {
      QUEUE_BACKEND: kind,
      ...(kind === 'redis' && { QUEUE_URL: redisUrl ?? '' }),
    });
    backend = openQueueBackend(configuration, () => undefined);
    const relay = new OutboxRelay(tenants, known as HandlerRegistry);
    relay.use(backend);
    return { relay, backend };
  };
  const promise = async (count: number, topic = TOPIC): Promise<string[]> => {
    await database.admin('delete from app.outbox');
    await tenants.transaction(scope, async (tx) => {
      for (let at = 0; at < count; at += 1) {
        await outbox.add(tx, { ...scope, topic, key: newId(), payload: {} });
      }
    });
    const rows = await database.admin<{ id: string }>('select id from app.outbox');
    return rows.map(({ id }) => id);
  };
  const deliveries = async () => {
    const rows = await database.admin<{ deliveries: number }>(
      'select deliveries from app.outbox order by deliveries',
    );
    return rows.map((row) => row.deliveries);
  };
  const empty = async (kind: string) => {
    if (kind === 'postgres') {
      await database.admin(`
        do $$ declare t record; begin
          for t in select tablename from pg_tables
            where schemaname = 'bullmq' and tablename like '%job%' loop
            execute format('truncate bullmq.%I cascade', t.tablename);
          end loop;
        end $$`);
      return;
    }
    const redis = new Redis(redisUrl ?? '');
    await redis.flushdb();
    redis.disconnect();
  };
  const older = (seconds: number) =>
    database.admin(
      `update app.outbox set published_at = published_at - make_interval(secs => $1)`,
      [seconds],
    );

  describe.each(['postgres', ...(redisUrl ? ['redis'] : [])])('on %s', (kind) => {
    it('leaves alone what the queue holds, and hands over again what it does not', async () => {
      await promise(230);
      const { relay } = open(kind);
      await relay.repair();
      await relay.handOver();
      await older(10);
      await relay.repair();
      expect(new Set(await deliveries())).toEqual(new Set([1]));

      await empty(kind);
      await older(10);
      await relay.repair();
      expect(new Set(await deliveries())).toEqual(new Set([2]));
      await older(10);
      await relay.repair();
      expect(new Set(await deliveries())).toEqual(new Set([2]));
    });

    it('hands over again what was worked on without an end', async () => {
      const [id] = await promise(1);
      const { relay } = open(kind);
      await relay.handOver();
      await older(10);
      // A worker claimed it and was killed: while the claim holds nobody else gets it.
      await database.admin(
        `update app.outbox set lease_until = now() + interval '9 s' where id = $1`,
        [id],
      );
      await relay.repair();
      expect(await deliveries()).toEqual([1]);
      await database.admin(
        `update app.outbox set lease_until = now() - interval '1 s' where id = $1`,
        [id],
      );
      await relay.repair();
      expect(await deliveries()).toEqual([2]);
    });

    it('leaves a topic that it does not know to a version that does', async () => {
      await promise(1, 'of-the-future');
      const { relay } = open(kind);
      await relay.handOver();
      await older(10);
      await relay.repair();
      expect(await deliveries()).toEqual([1]);
    });
  });

  const redis = redisUrl ? it : it.skip;
  redis('hands over again at once when Redis was emptied', async () => {
    await promise(230);
    const { relay } = open('redis');
    await relay.repair();
    await relay.handOver();
    await empty('redis');
    // Nothing is old enough for the regular look, bar the second between two looks.
    await relay.repair();
    await older(1);
    await relay.repair();
    expect((await deliveries()).filter((count) => count === 2).length).toBeGreaterThanOrEqual(100);
  });

  it('has nothing changed by a worker that slept through its claim', async () => {
    const [id] = await promise(1);
    const works: { message: DeliveredMessage; end: (error?: Error) => void }[] = [];
    const handler = {
      handle: (message: DeliveredMessage) =>
        new Promise<void>((resolve, reject) => {
          works.push({ message, end: (error) => (error ? reject(error) : resolve()) });
        }),
    };
    const worker = new Deliveries(tenants, { handlerOf: () => handler } as never);
    const wakeUp = { id, organisationId: scope.organisationId };
    const untilAtWork = async (count: number) => {
      while (works.length < count) await tenants.ping();
    };
    const first = worker.deliver(wakeUp);
    await untilAtWork(1);
    await database.admin(`update app.outbox set lease_until = now() - interval '1 s'`);
    const second = worker.deliver(wakeUp);
    await untilAtWork(2);
    works[0]!.end(new Error('Too late.'));
    await first;
    const [row] = await database.admin(
      'select attempts, done_at, lease_until > now() as held from app.outbox',
    );
    expect(row).toEqual({ attempts: 0, done_at: null, held: true });
    works[1]!.end();
    await second;
    const [after] = await database.admin('select done_at is not null as done from app.outbox');
    expect(after).toEqual({ done: true });
  });
});
