import { loadavg } from 'node:os';
import pg from 'pg';
import { fileURLToPath, pathToFileURL } from 'node:url';

const CONTESTANTS = ['engine-store', 'http', 'plain-pg', 'dbos', 'bpmn-engine'];

/** What architecture promises at 16 clients: ours to another, of the same figure. */
const TARGETS = [
  ['engine-store', 'processes', 'dbos', 4],
  ['engine-store', 'processes', 'bpmn-engine', 7],
  ['engine-store', 'transitions', 'plain-pg', 0.65],
  ['http', 'transitions', 'engine-store', 0.35],
];

/** Three sequential approvals, ours and others', side by side on one PostgreSQL. */
export default async function measure({
  databaseUrl,
  serverPid,
  rivals,
  clients,
  seconds,
  rounds,
  inProcess,
}) {
  const results = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const count of clients) {
      // Another order in each round, so that none always comes first.
      for (const [at] of CONTESTANTS.entries()) {
        const contestant = CONTESTANTS[(at + round) % CONTESTANTS.length];
        await settle(databaseUrl);
        const load = loadavg()[0];
        const file = pathToFileURL(
          fileURLToPath(new URL(`contestants/${contestant}.mjs`, import.meta.url)),
        ).href;
        const setting = { databaseUrl, serverPid, rivals, clients: count, seconds, warmUp: 2 };
        const figures = await inProcess('support/contestant.mjs', file, JSON.stringify(setting));
        results.push({ contestant, clients: count, round, load, ...figures });
        console.log(line(results.at(-1)));
      }
    }
  }
  const medians = summarise(results, clients);
  console.log('\nmedians');
  for (const one of medians) console.log(line(one));
  console.log('\nratios');
  const ratios = [];
  for (const count of clients) {
    for (const [ours, figure, theirs, target] of TARGETS) {
      const ratio = find(medians, ours, count)[figure] / find(medians, theirs, count)[figure];
      ratios.push({ clients: count, ours, theirs, figure, ratio, target });
      console.log(
        `  ${String(count).padStart(2)} clients: ${ours} / ${theirs}, ${figure}: ${ratio.toFixed(2)} (target ${target})`,
      );
    }
  }
  return { results, medians, ratios };
}

/** A checkpoint, so that no contestant pays for the one before. */
async function settle(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('checkpoint');
  await client.end();
}

const FIGURES = [
  'processes',
  'transitions',
  'p50',
  'p95',
  'p99',
  'trips',
  'wal',
  'commits',
  'cpu',
  'server',
];

function summarise(results, clients) {
  return clients.flatMap((count) =>
    CONTESTANTS.map((contestant) => {
      const own = results.filter((one) => one.contestant === contestant && one.clients === count);
      const middle = (figure) =>
        own.map((one) => one[figure]).sort((a, b) => a - b)[Math.floor(own.length / 2)];
      return {
        ...{ contestant, clients: count },
        ...Object.fromEntries(FIGURES.map((figure) => [figure, middle(figure)])),
      };
    }),
  );
}

const find = (medians, contestant, count) =>
  medians.find((one) => one.contestant === contestant && one.clients === count);

const line = ({ contestant, clients, load, ...one }) =>
  `  ${contestant.padEnd(13)} ${String(clients).padStart(2)} clients  ` +
  `${one.processes.toFixed(0).padStart(5)} processes/s  ${one.transitions.toFixed(0).padStart(5)} transitions/s  ` +
  `p50 ${one.p50.toFixed(1)}  p95 ${one.p95.toFixed(1)}  p99 ${one.p99.toFixed(1)} ms  ` +
  `${one.trips.toFixed(1)} round trips  ${(one.wal / 1024).toFixed(1)} kB WAL  ` +
  `${one.commits.toFixed(1)} commits  ${one.cpu.toFixed(2)} + ${one.server.toFixed(2)} ms CPU` +
  (load === undefined ? '' : `  (load ${load.toFixed(1)})`);
