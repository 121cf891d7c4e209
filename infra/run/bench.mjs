import { spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureInstalled } from './install.mjs';
import { node24 } from './node24.mjs';
import { inRoot, root } from './places.mjs';
import { runMain, Trouble } from './trouble.mjs';

const HOOKS = inRoot('infra/run/typescript-hooks.mjs');

/** Runs a program to its end; answers what it printed. */
const run = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      ...options,
    });
    let printed = '';
    child.stdout.on('data', (part) => (printed += part));
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      code === 0 ? resolve(printed) : reject(new Error(`${args[0]} ended with ${signal ?? code}`)),
    );
  });

/** Installs what ours is measured against, once, beside the product. */
async function installRivals() {
  const folder = inRoot('tmp/bench-rivals');
  if (existsSync(join(folder, 'node_modules'))) return folder;
  console.log('Installing what ours is measured against …');
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json'])
    copyFileSync(inRoot('test/bench/rivals', file), join(folder, file));
  await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder });
  return folder;
}

/**
 * `npm run bench -- [part of a name …] [--clients 1,8,16] [--seconds 6] [--rounds 3] [--json]`:
 * starts a PostgreSQL of its own that survives a power cut, as in production, and runs every
 * `test/bench/*.bench.mjs`. Each answers a table; ratios within one run are what counts.
 */
async function bench() {
  ensureInstalled();
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      clients: { type: 'string', default: '1,8,16' },
      seconds: { type: 'string', default: '6' },
      rounds: { type: 'string', default: '3' },
      json: { type: 'boolean', default: false },
    },
  });
  const files = readdirSync(inRoot('test/bench'))
    .filter((file) => file.endsWith('.bench.mjs'))
    .filter((file) => positionals.length === 0 || positionals.some((part) => file.includes(part)))
    .sort();
  if (files.length === 0) throw new Trouble('No bench to run.', 'look at the names in test/bench.');

  const rivals = await installRivals();
  const { startPostgres } = await import('./postgres.mjs');
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  chmodSync(dataDir, 0o711); // PostgreSQL may run as another account, which must be able to enter
  const postgres = await startPostgres({ dataDir });
  const stop = async () => {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => void stop().then(() => process.exit(1)));
  }
  const setting = {
    databaseUrl: postgres.url,
    serverPid: postgres.pid,
    rivals,
    clients: values.clients.split(',').map(Number),
    seconds: Number(values.seconds),
    rounds: Number(values.rounds),
    /** Runs a file of test/bench in a process of its own; answers the JSON that it printed last. */
    inProcess: async (file, ...args) => {
      const printed = await run(node24(), ['--import', HOOKS, inRoot('test/bench', file), ...args]);
      return JSON.parse(printed.trim().split('\n').at(-1));
    },
  };
  try {
    const results = {};
    for (const file of files) {
      const name = file.slice(0, -'.bench.mjs'.length);
      console.log(`\n${name}`);
      const { default: measure } = await import(pathToFileURL(inRoot('test/bench', file)).href);
      results[name] = await measure(setting);
    }
    if (values.json) console.log(JSON.stringify(results));
  } finally {
    await stop();
  }
}

await runMain(bench);
