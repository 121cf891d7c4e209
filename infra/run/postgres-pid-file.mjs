import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { isAlive } from './stop-process.mjs';
import { Trouble } from './trouble.mjs';

const pidFile = (cluster) => join(cluster, 'postmaster.pid');

/** What PostgreSQL notes about itself in its pid file, or null. */
export function readPidFile(cluster) {
  if (!existsSync(pidFile(cluster))) return null;
  const lines = readFileSync(pidFile(cluster), 'utf8').split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/** Whether the process is a PostgreSQL at all: after a crash its number may be anybody's. */
function isPostgres(pid) {
  if (!isAlive(pid)) return false;
  const commandLine = `/proc/${pid}/cmdline`;
  return !existsSync(commandLine) || readFileSync(commandLine, 'utf8').includes('postgres');
}

/**
 * Clears the way after a crash. A pid file whose process is gone (or is something else by now) is
 * removed; a PostgreSQL that outlived its starter is asked to stop and given 15 s.
 */
export async function clearLeftovers(cluster) {
  const left = readPidFile(cluster);
  if (!left) return;
  if (isPostgres(left.pid)) {
    console.log(`Stopping a database left behind by an earlier run (process ${left.pid}).`);
    process.kill(left.pid, 'SIGINT');
    const deadline = Date.now() + 15_000;
    while (isAlive(left.pid)) {
      if (Date.now() > deadline) {
        throw new Trouble(
          `PostgreSQL (process ${left.pid}) holds ${cluster} and does not stop.`,
          `end it with kill ${left.pid}, then start again.`,
        );
      }
      await delay(20);
    }
  }
  rmSync(pidFile(cluster), { force: true });
}
