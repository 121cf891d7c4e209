import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Trouble } from './trouble.mjs';

const LIBRARY = 'libfaketimeMT.so.1';

/** Where Debian puts the library for programs with threads, or null when it is not there. */
const find = () =>
  ['x86_64', 'aarch64']
    .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/${LIBRARY}`)
    .find((path) => existsSync(path)) ?? null;

/** The path of libfaketime, installed when it is not there and we may (Debian, as root). */
export function ensureFaketime() {
  const found = find();
  if (found) return found;
  const isRoot = process.getuid?.() === 0;
  const run = (...args) => spawnSync('apt-get', args, { stdio: 'ignore' }).status === 0;
  const install = ['install', '-y', '-qq', '--no-install-recommends', 'libfaketime'];
  if (isRoot && (run(...install) || (run('update', '-qq') && run(...install)))) {
    const installed = find();
    if (installed) return installed;
  }
  throw new Trouble(
    'libfaketime is not installed, so that clocks cannot be set.',
    'install it (Debian: apt-get install libfaketime) and start again.',
  );
}
