import { end, until } from './support/faults.mjs';
import { reading } from './support/snapshot.mjs';
import { underLoad } from './support/under-load.mjs';

/** The database loses connections, one of its processes, and is stopped whole without warning. */
export default async function (world) {
  const { databaseUrl, more } = world;
  const ask = (text) => reading(databaseUrl, (query) => query(text));
  const BUSY = `from pg_stat_activity where usename like 'plumbline%' and pid <> pg_backend_pid()`;
  const answers = () =>
    ask('select 1').then(
      () => true,
      () => false, // on its way back
    );

  const cut = {
    what: 'every connection to PostgreSQL is cut',
    do: () => ask(`select pg_terminate_backend(pid) ${BUSY}`),
  };
  const killBackend = {
    what: 'kill -9 of a PostgreSQL backend',
    do: async () => {
      const [started] = await ask('select pg_postmaster_start_time()');
      const [{ pid }] = await ask(
        `select pid ${BUSY} order by state = 'active' desc, random() limit 1`,
      );
      process.kill(pid, 'SIGKILL');
      // The server resets every session, since that one may have damaged what they share.
      await until('PostgreSQL has reset itself', answers);
      return started;
    },
  };
  const stop = (signal, how) => ({
    what: `PostgreSQL is stopped (${how}) and started again`,
    do: async () => {
      await end(world, 'PostgreSQL', signal);
      await until('PostgreSQL answers', answers);
    },
  });
  const round = [killBackend, stop('SIGQUIT', 'immediately'), cut];
  const many = [...round, stop('SIGKILL', 'kill -9'), ...round, killBackend];
  // Long enough apart that what was missed while it was away is made up for.
  await underLoad(world, more.full ? many : round, more.full ? { apart: 500 } : {});
}
