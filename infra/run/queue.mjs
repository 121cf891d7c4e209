import { connect } from 'node:net';
import { findRedisServer, startRedis } from './redis.mjs';
import { Trouble } from './trouble.mjs';

/** Whether something listens where this URL points. */
const listens = (url) =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port || 6379), hostname);
    const answer = (reached) => {
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
    socket.setTimeout(3000, () => answer(false));
  });

/**
 * Chooses where jobs wait: `REDIS_URL`, else a Redis or Valkey found on this machine (our own
 * instance), else PostgreSQL itself. `start` is null when there is nothing for us to run; `describe`
 * is for the ready line; `environment(service)` is what the product is told.
 */
export async function chooseQueue({ dataDir, test = false }) {
  const given = process.env.REDIS_URL;
  if (given) {
    if (!(await listens(given))) {
      throw new Trouble(
        `Nothing answers at REDIS_URL (${new URL(given).host}).`,
        'start that Redis, correct REDIS_URL, or unset it to queue in PostgreSQL.',
      );
    }
    return {
      describe: `Redis at ${new URL(given).host}`,
      start: null,
      environment: () => ({ QUEUE_BACKEND: 'redis', QUEUE_URL: given }),
    };
  }
  const server = findRedisServer();
  if (server) {
    return {
      describe: `${server} of this machine, own instance`,
      start: (again) => startRedis(server, { dataDir, test, ...again }),
      environment: (redis) => ({ QUEUE_BACKEND: 'redis', QUEUE_URL: redis.url }),
    };
  }
  return {
    describe: 'PostgreSQL (no Redis found, none needed)',
    start: null,
    environment: () => ({ QUEUE_BACKEND: 'postgres' }),
  };
}
