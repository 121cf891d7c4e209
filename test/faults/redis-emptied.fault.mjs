import { Redis } from 'ioredis';
import { end } from './support/faults.mjs';
import { underLoad } from './support/under-load.mjs';

/** Redis is emptied under load, killed and restarted. Without Redis there is nothing to empty. */
export default async function (world) {
  if (world.env.QUEUE_BACKEND !== 'redis') {
    await world.check('no Redis here: the queue rests on PostgreSQL alone', () => undefined);
    return;
  }
  const flush = {
    what: 'FLUSHALL',
    do: async () => {
      const redis = new Redis(world.env.QUEUE_URL, { maxRetriesPerRequest: 1 });
      try {
        await redis.flushall();
      } finally {
        redis.disconnect();
      }
    },
  };
  const kill = { what: 'kill -9 of Redis', do: () => end(world, 'Redis') };
  const restart = { what: 'Redis is restarted', do: () => end(world, 'Redis', 'SIGTERM') };
  const round = [flush, restart, flush, kill];
  await underLoad(world, world.more.full ? [...round, flush, flush, ...round] : round);
}
