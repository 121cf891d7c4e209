import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { node24 } from './node24.mjs';
import { inRoot, root } from './places.mjs';
import { Trouble } from './trouble.mjs';

const SHARED = ['libs', 'package-lock.json', 'tsconfig.base.json', 'nx.json'];
const PARTS = [
  {
    name: 'api',
    product: 'apps/api/dist/main.js',
    sources: ['apps/api', 'infra/build', ...SHARED],
  },
  { name: 'web', product: 'apps/web/dist/browser/index.html', sources: ['apps/web', ...SHARED] },
];
const PASSED_OVER = new Set(['node_modules', 'dist', '.angular', '.nx', 'coverage']);

function* filesUnder(path) {
  const entries = existsSync(path) ? readdirSync(path, { withFileTypes: true }) : [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inner = join(path, entry.name);
    if (PASSED_OVER.has(entry.name) || entry.name.endsWith('.spec.ts')) continue;
    if (entry.isDirectory()) yield* filesUnder(inner);
    else if (entry.isFile()) yield inner;
  }
}

/** One hash over everything the part is built from. */
function fingerprint({ sources }) {
  const hash = createHash('sha256');
  for (const source of sources.map((path) => inRoot(path))) {
    const files = /\.json$/.test(source) ? [source] : filesUnder(source);
    for (const file of files)
      hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

const stampOf = (part) => inRoot('apps', part.name, 'dist/.built-from');

const isCurrent = (part, print) =>
  existsSync(inRoot(part.product)) &&
  existsSync(stampOf(part)) &&
  readFileSync(stampOf(part), 'utf8') === print;

/** Builds the API and the web where their sources changed since the last build; quiet otherwise. */
export function ensureBuilt(say = console.log) {
  const stale = PARTS.map((part) => ({ ...part, print: fingerprint(part) })).filter(
    (part) => !isCurrent(part, part.print),
  );
  if (stale.length === 0) return;
  const names = stale.map(({ name }) => name);
  say(`Building ${names.join(' and ')} …`);
  const { status, stdout, stderr } = spawnSync(
    node24(),
    [inRoot('node_modules/nx/dist/bin/nx.js'), 'run-many', '-t', 'build', '-p', names.join(',')],
    { cwd: root, encoding: 'utf8', env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' } },
  );
  if (status !== 0) {
    throw new Trouble(
      `The build failed:\n${stdout}\n${stderr}`,
      'mend what the lines above name; on an untouched clone, please report it as a bug.',
    );
  }
  for (const part of stale) writeFileSync(stampOf(part), part.print);
}
