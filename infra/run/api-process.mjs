import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { node24 } from './node24.mjs';
import { inRoot, root } from './places.mjs';
import { stopProcess } from './stop-process.mjs';
import { tether } from './tether.mjs';
import { Trouble } from './trouble.mjs';

const MAIN = inRoot('apps/api/dist/main.js');
// Readable stack traces: the bundle carries source maps.
const NODE_FLAGS = ['--enable-source-maps'];

/** The last lines of a log file, for showing beside an error. */
export const tail = (file, lines = 15) =>
  readFileSync(file, 'utf8').trim().split('\n').slice(-lines).join('\n');

/** Brings the database to this version: roles, migrations, and the demo when asked for. */
export function prepareDatabase(env, databaseUrl) {
  const { status, stdout, stderr, error } = spawnSync(node24(), [...NODE_FLAGS, MAIN, 'prepare'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...env, ADMIN_DATABASE_URL: databaseUrl },
  });
  if (error) throw error;
  if (status !== 0) {
    throw new Trouble(
      `Preparing the database failed (code ${status}):\n${stdout}${stderr}`,
      'nothing half-done is kept: mend what the lines above name and start again.',
    );
  }
}

/** Starts one role of the API (`http`, `worker` or `notary`); it logs to `<dataDir>/logs/<role>.log`. */
export function startRole(role, { env, dataDir }) {
  const logs = join(dataDir, 'logs');
  mkdirSync(logs, { recursive: true });
  const log = openSync(join(logs, `${role}.log`), 'a');
  const [command, ...args] = [...tether('TERM'), node24(), ...NODE_FLAGS, MAIN, `--role=${role}`];
  const child = spawn(command, args, {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  return {
    pid: child.pid,
    logFile: join(logs, `${role}.log`),
    exited: new Promise((resolve) => child.once('exit', resolve)),
    stop: () => stopProcess(child, [['SIGTERM', 15_000]]),
  };
}
