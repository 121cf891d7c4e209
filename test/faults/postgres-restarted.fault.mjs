import { reading } from './support/invariants.mjs';
import { untilAnother } from './support/parts.mjs';
import { underLoad } from './support/under-load.mjs';

/** The database loses every connection, and is killed whole, while runs are under way. */
export default async function (world) {
  const cut = {
    what: 'every connection is cut',
    do: () =>
      reading(world.databaseUrl, (query) =>
        query(`select pg_terminate_backend(pid) from pg_stat_activity
               where usename like 'plumbline%' and pid <> pg_backend_pid()`),
      ),
  };
  const kill = {
    what: 'kill -9 of PostgreSQL',
    do: async () => {
      const pid = world.stack.pidOf('PostgreSQL');
      process.kill(pid, 'SIGKILL');
      await untilAnother(world, 'PostgreSQL', pid);
    },
  };
  await underLoad(world, [cut, kill, cut]);
}
