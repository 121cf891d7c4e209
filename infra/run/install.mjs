import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { requireGlibc, requireNode20 } from './node24.mjs';
import { inRoot, root } from './places.mjs';
import { Trouble } from './trouble.mjs';

const LOCK = inRoot('package-lock.json');
const STAMP = inRoot('node_modules/.plumbline-lock');
const INSTALLED = inRoot('node_modules/.package-lock.json');

const lockHash = () => createHash('sha256').update(readFileSync(LOCK)).digest('hex');
const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** Whether npm's own note of what it installed agrees with the lock: someone ran `npm ci` by hand. */
function installedMatchesLock() {
  if (!existsSync(INSTALLED)) return false;
  const wanted = packagesOf(LOCK);
  const present = packagesOf(INSTALLED);
  const same = ([path, { version, integrity }]) =>
    wanted[path]?.version === version && wanted[path]?.integrity === integrity;
  const needed = ([path, entry]) =>
    path.includes('node_modules/') && !entry.optional && !entry.devOptional;
  return (
    Object.entries(present).every(same) &&
    Object.entries(wanted)
      .filter(needed)
      .every(([path]) => present[path])
  );
}

/** The npm that started us, else the one on the PATH. */
function npmCommand() {
  const { npm_execpath: script } = process.env;
  if (script && /npm-cli\.[cm]?js$/.test(script)) return [process.execPath, [script]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
}

function install() {
  console.log('Installing packages (npm ci): once, about a minute …');
  const started = Date.now();
  const [command, args] = npmCommand();
  // Development packages build the product, so an inherited NODE_ENV=production must not drop them.
  const { status, error } = spawnSync(
    command,
    [...args, 'ci', '--include=dev', '--include=optional'],
    {
      cwd: root,
      stdio: 'inherit',
      shell: command.endsWith('.cmd'),
    },
  );
  if (error?.code === 'ENOENT') {
    throw new Trouble(
      'npm was not found.',
      'install Node 20 or later with npm (https://nodejs.org).',
    );
  }
  if (error) throw error;
  if (status !== 0) {
    throw new Trouble(
      `npm ci ended with code ${status}.`,
      'read the lines above; most often the network or the disk (1.2 GB needed). Then start again.',
    );
  }
  console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** Makes node_modules agree with package-lock.json: nothing to do, or one `npm ci`. */
export function ensureInstalled() {
  requireNode20();
  requireGlibc();
  const hash = lockHash();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return;
  if (!installedMatchesLock()) install();
  writeFileSync(STAMP, hash);
}
