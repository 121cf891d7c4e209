import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './stop-process.mjs';
import { Trouble } from './trouble.mjs';

/** Whether the process is one of ours: after a crash its number may be anybody's. */
function isPlumbline(pid) {
  if (pid === process.pid || !isAlive(pid)) return false;
  const commandLine = `/proc/${pid}/cmdline`;
  return (
    !existsSync(commandLine) || /infra\/run|infra\\run/.test(readFileSync(commandLine, 'utf8'))
  );
}

/** Marks the data folder as in use by this process; refuses it when another Plumbline runs on it. */
export function lockDataDirectory(dataDir) {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'running.json');
  if (existsSync(file)) {
    const { pid, url } = JSON.parse(readFileSync(file, 'utf8'));
    if (isPlumbline(pid)) {
      throw new Trouble(
        `Plumbline is already running on ${dataDir} (process ${pid}${url ? `, ${url}` : ''}).`,
        `use that one, stop it with kill ${pid}, or set DATA_DIR to another folder.`,
      );
    }
  }
  const note = (url) => writeFileSync(file, JSON.stringify({ pid: process.pid, url }));
  note();
  return {
    /** Notes the address for whoever looks for the running product (the command line does). */
    publish: (url) => note(url),
    release: () => rmSync(file, { force: true }),
  };
}

/** The address of the Plumbline running on this data folder, or null. */
export function runningUrl(dataDir) {
  const file = join(dataDir, 'running.json');
  if (!existsSync(file)) return null;
  const { pid, url } = JSON.parse(readFileSync(file, 'utf8'));
  return isPlumbline(pid) ? (url ?? null) : null;
}
