import { setTimeout as delay } from 'node:timers/promises';
import { argv, stdout } from 'node:process';
import { serverCpu } from './server-cpu.mjs';

/**
 * One contestant in a process of its own:
 * `node contestant.mjs <file> <json: {databaseUrl, serverPid, clients, seconds, warmUp}>` prints one line of JSON.
 *
 * A contestant's file exports `default async function (setting)` that answers
 * - `work(client)`: one whole piece of work of one client (0 … clients-1); answers the milliseconds
 *   of each transition in it;
 * - `pg`: the module whose `Client` it talks through, so that round trips are counted;
 * - `transitions`, `processes`: how many each piece of work holds;
 * - `check(done)`: throws when what is stored does not agree with what was done;
 * - `close()`.
 */
async function main() {
  const setting = JSON.parse(argv[3]);
  const { default: enter } = await import(argv[2]);
  const contestant = await enter(setting);
  const trips = countTrips(contestant.pg);
  const observer = await contestant.observe();
  let state = 'warm';
  let done = 0;
  const latencies = [];
  const failures = [];
  const loop = async (client) => {
    while (state !== 'over') {
      const at = state;
      const took = await contestant.work(client);
      done += 1;
      if (at === 'measured' && state === 'measured') latencies.push(took);
    }
  };
  const loops = Array.from({ length: setting.clients }, (_, client) =>
    loop(client).catch((error) => {
      failures.push(error);
      state = 'over';
    }),
  );
  await delay(setting.warmUp * 1000);
  // As autovacuum does within a minute: plans made for empty tables are made anew.
  await observer.query('analyze');
  const before = await mark(observer, trips, setting);
  state = 'measured';
  const started = performance.now();
  await delay(setting.seconds * 1000);
  state = 'over';
  const seconds = (performance.now() - started) / 1000;
  const after = await mark(observer, trips, setting);
  await Promise.all(loops);
  if (failures.length > 0) throw failures[0];
  await observer.end();
  await contestant.check(done);
  await contestant.close();

  const pieces = latencies.length;
  const transitions = pieces * contestant.transitions;
  const sorted = latencies.flat().sort((left, right) => left - right);
  stdout.write(
    `${JSON.stringify({
      processes: (pieces * contestant.processes) / seconds,
      transitions: transitions / seconds,
      ...{ p50: at(sorted, 0.5), p95: at(sorted, 0.95), p99: at(sorted, 0.99) },
      trips: (after.trips - before.trips) / transitions,
      wal: (after.wal - before.wal) / transitions,
      commits: (after.commits - before.commits) / transitions,
      cpu: (after.cpu - before.cpu) / transitions,
      server: (after.server - before.server) / transitions,
      done,
    })}\n`,
  );
  process.exit(0);
}

const at = (sorted, share) =>
  sorted.length === 0
    ? null
    : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

/** Counts exchanges with the server: each `query` of a client is one. */
function countTrips({ Client }) {
  const counter = { value: 0 };
  const { query } = Client.prototype;
  Client.prototype.query = function counted(...args) {
    counter.value += 1;
    return query.apply(this, args);
  };
  return counter;
}

async function mark(observer, trips, { serverPid }) {
  const { rows } = await observer.query(
    `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as wal,
            (select sum(xact_commit)::float8 from pg_stat_database) as commits`,
  );
  const { user, system } = process.cpuUsage();
  return {
    ...rows[0],
    ...{ cpu: (user + system) / 1000, server: serverCpu(serverPid), trips: trips.value - 1 },
  };
}

await main();
