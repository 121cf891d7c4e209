import { setTimeout as delay } from 'node:timers/promises';
import { openQueueBackend } from '../../apps/api/src/platform/outbox/queue-backend.ts';
import { reading } from './support/snapshot.mjs';
import { underLoad } from './support/under-load.mjs';
import { randomUUID } from 'node:crypto';

/** How often each job is delivered besides its own time, and between two looks at the promises. */
const TIMES = 5;
const LOOK_EVERY = 50;
const LANES = ['short', 'long'];

/** A fresh job for a promise: what the queue is told of it. */
const jobOf = ({ id, topic, organisation }) => ({
  name: topic,
  data: { id, organisationId: organisation },
  opts: { jobId: `again-${randomUUID()}`, removeOnComplete: true, removeOnFail: true },
});

/**
 * Each job is delivered five times more, under fresh ids, in an order of chance: while its first
 * delivery is under way, and again when all is long done.
 */
export default async function (world) {
  const { databaseUrl, env, more } = world;
  const backend = openQueueBackend(
    { environment: env, databaseUrl: env.WORKER_DATABASE_URL },
    (error) => console.error(`    queue: ${error.message}`),
  );
  const queues = LANES.map((lane) => backend.queue(lane));
  let delivered = 0;

  /** Hands these out again, in both lanes: a wake-up does not know what it is about. */
  const deliver = async (rows) => {
    const jobs = rows.flatMap((row) =>
      Array.from({ length: TIMES }, () => ({ rank: more.chance(), job: jobOf(row) })),
    );
    delivered += jobs.length;
    const inAnyOrder = jobs.sort((a, b) => a.rank - b.rank).map(({ job }) => job);
    const half = Math.ceil(inAnyOrder.length / 2);
    await Promise.all(
      queues.map((queue, at) => queue.addBulk(inAnyOrder.slice(at * half, (at + 1) * half))),
    );
  };
  const promisedSince = (at) =>
    reading(databaseUrl, (query) =>
      query(
        `select id, topic, organisation_id as organisation from app.outbox
         where run_at >= to_timestamp($1::float8)`,
        [at / 1000],
      ),
    );

  const seen = new Set();
  const began = Date.now();
  let stopped = false;
  const following = (async () => {
    while (!stopped) {
      const fresh = (await promisedSince(began)).filter(({ id }) => !seen.has(id));
      for (const { id } of fresh) seen.add(id);
      await deliver(fresh);
      await delay(LOOK_EVERY);
    }
  })();
  const again = {
    what: 'every job since the beginning of this load is delivered five times more',
    do: async () => deliver(await promisedSince(began)),
  };
  const apart = more.full ? 1500 : 200;
  try {
    await underLoad(world, more.full ? [again, again, again] : [again], { apart });
  } finally {
    stopped = true;
    await following;
    await backend.close();
  }
  await world.check(`${seen.size} jobs were delivered again, ${delivered} times in all`, () => {
    if (delivered < TIMES * seen.size || seen.size === 0) throw new Error('not each five times');
  });
}
