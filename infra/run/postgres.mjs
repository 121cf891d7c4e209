import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.mjs';
import { postgresBinaries } from './postgres-binaries.mjs';
import { ensureCluster } from './postgres-cluster.mjs';
import { postgresIdentity } from './postgres-identity.mjs';
import { clearLeftovers, readPidFile } from './postgres-pid-file.mjs';
import { loadAdministrator } from './secrets.mjs';
import { stopProcess } from './stop-process.mjs';
import { tether } from './tether.mjs';
import { Trouble } from './trouble.mjs';

const START_LIMIT_MS = 60_000;
// Fast shutdown first (open transactions are rolled back), then immediate (the next start recovers).
const STOP_STEPS = [
  ['SIGINT', 15_000],
  ['SIGQUIT', 5000],
];
// A throw-away cluster need not survive a power cut.
const THROW_AWAY = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

function launch(binaries, identity, { cluster, port, logFile, settings }) {
  const log = openSync(logFile, 'a');
  const [command, ...args] = [
    ...identity.prefix,
    ...tether('INT'),
    binaries.postgres,
    ...['-D', cluster, '-p', String(port), '-h', '127.0.0.1', '-k', ''],
    ...settings.flatMap((setting) => ['-c', setting]),
  ];
  // In its own process group: Ctrl-C in the terminal must reach us alone, who stop things in order.
  const child = spawn(command, args, {
    ...identity.options,
    cwd: cluster,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  return child;
}

/** Waits until PostgreSQL says it is ready in its own pid file: a stale file names another process. */
async function untilReady(child, cluster, logFile) {
  let ended = null;
  child.once('error', (error) => (ended = error.message));
  child.once('exit', (code, signal) => (ended ??= `it ended with ${signal ?? `code ${code}`}`));
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    const noted = readPidFile(cluster);
    if (noted?.ready && noted.pid === child.pid) return;
    if (ended || Date.now() > deadline) break;
    await delay(10);
  }
  await stopProcess(child, STOP_STEPS);
  const tail = readFileSync(logFile, 'utf8').trim().split('\n').slice(-5).join('\n');
  throw new Trouble(
    `PostgreSQL did not start: ${ended ?? `not ready after ${START_LIMIT_MS / 1000} s`}.\n${tail}`,
    `read ${logFile}, or use a PostgreSQL of your own by setting DATABASE_URL.`,
  );
}

/** Makes sure the database exists in a running cluster. */
async function ensureDatabase(url, name) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/**
 * Starts the bundled PostgreSQL 18 on a free loopback port.
 *
 * Data is kept in `<dataDir>/postgres`; with `{ test: true }` it is a throw-away cluster in the
 * system's temporary folder, fast and unsafe, gone at `stop()`. `port` asks for a certain port.
 * The answer has the administrator's `url`, the `port`, the process id, `exited` (a promise) and
 * `stop()`.
 */
export async function startPostgres({ dataDir, test = false, port: wanted } = {}) {
  const binaries = postgresBinaries();
  const home = test ? mkdtempSync(join(tmpdir(), 'plumbline-test-')) : dataDir;
  const cluster = join(home, 'postgres');
  const identity = postgresIdentity(cluster);
  const administrator = loadAdministrator(home);
  if (test) identity.adopt(home);
  ensureCluster(binaries, identity, cluster, administrator);
  await clearLeftovers(cluster);

  const port = await freePort(wanted);
  const logFile = join(home, 'postgres.log');
  const settings = ['max_connections=200', ...(test ? THROW_AWAY : [])];
  const child = launch(binaries, identity, { cluster, port, logFile, settings });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  await untilReady(child, cluster, logFile);

  const urlOf = (database) =>
    `postgres://${administrator.user}:${administrator.password}@127.0.0.1:${port}/${database}`;
  await ensureDatabase(urlOf('postgres'), 'plumbline');
  return {
    url: urlOf('plumbline'),
    port,
    pid: child.pid,
    exited,
    async stop() {
      await stopProcess(child, STOP_STEPS);
      if (test) rmSync(home, { recursive: true, force: true });
    },
  };
}
