import { Redis } from 'ioredis';
import { untilAnother } from './support/parts.mjs';
import { underLoad } from './support/under-load.mjs';

/** Redis is emptied under load, and killed once. Without Redis there is nothing to empty. */
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
  const kill = {
    what: 'kill -9 of Redis',
    do: async () => {
      const pid = world.stack.pidOf('Redis');
      process.kill(pid, 'SIGKILL');
      await untilAnother(world, 'Redis', pid);
    },
  };
  await underLoad(world, [flush, flush, kill, flush]);
}
