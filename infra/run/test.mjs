import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { node24 } from './node24.mjs';
import { inRoot, root } from './places.mjs';
import { closingLine } from './totals.mjs';
import { runMain } from './trouble.mjs';

/** Runs one of our Node tools to its end, its output shown; answers its exit code. */
const run = (args, env = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(node24(), args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ? 1 : code));
  });

/** Type-checks every project (specs and templates included) and the TypeScript of infra and test. */
async function typeCheck() {
  const nx = inRoot('node_modules/nx/dist/bin/nx.js');
  const quiet = { NX_DAEMON: 'false', NX_TUI: 'false' };
  const projects = await run([nx, 'run-many', '-t', 'typecheck', '--parallel=2'], quiet);
  const tsc = inRoot('node_modules/typescript/bin/tsc');
  const infra = await run([tsc, '-p', inRoot('infra/tsconfig.json')]);
  const across = await run([tsc, '-p', inRoot('test/tsconfig.json')]);
  return projects === 0 && infra === 0 && across === 0;
}

/** Runs Jest and answers its totals; a spec file that cannot even load counts as one failure. */
async function jest(args, services, folder) {
  const report = join(folder, 'jest.json');
  const code = await run(
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      inRoot('node_modules/jest/bin/jest.js'),
      ...['--json', `--outputFile=${report}`, ...args],
    ],
    services,
  );
  const totals = JSON.parse(readFileSync(report, 'utf8'));
  const failed = totals.numFailedTests + totals.numRuntimeErrorTestSuites;
  return {
    passed: totals.numPassedTests,
    // Jest may fail for other reasons (an open coverage bound, nothing found): never call that a pass.
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: totals.numPendingTests + totals.numTodoTests,
  };
}

/** Throw-away services for the tests, and what the tests are told about them. */
async function startServices(started) {
  const { startPostgres } = await import('./postgres.mjs');
  const { findRedisServer, startRedis } = await import('./redis.mjs');
  const postgres = await startPostgres({ test: true });
  started.push(postgres);
  const server = findRedisServer();
  if (!server) return { TEST_ADMIN_DATABASE_URL: postgres.url };
  const redis = await startRedis(server, { test: true });
  started.push(redis);
  return { TEST_ADMIN_DATABASE_URL: postgres.url, TEST_REDIS_URL: redis.url };
}

/** `npm test`: type-check, then every unit and integration test; with arguments, only those of Jest. */
async function test() {
  ensureInstalled();
  const args = process.argv.slice(2);
  const started = [];
  const stop = async () => {
    for (const service of started.splice(0).reverse()) await service.stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => void stop().then(() => process.exit(1)));
  }
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-test-'));
  try {
    const services = await startServices(started);
    const typesHold = args.length > 0 || (await typeCheck());
    if (!typesHold)
      console.error('\nThe type-check failed: see above. The tests run all the same.\n');
    const totals = await jest(args, services, folder);
    if (!typesHold) totals.failed += 1;
    if (!services.TEST_REDIS_URL) {
      console.log('no Redis found: queue tests ran on the PostgreSQL backend alone');
    }
    console.log(closingLine(totals));
    process.exitCode = totals.failed > 0 ? 1 : 0;
  } finally {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

await runMain(test);
