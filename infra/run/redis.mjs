import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.mjs';
import { stopProcess } from './stop-process.mjs';
import { tether } from './tether.mjs';
import { Trouble } from './trouble.mjs';

const START_LIMIT_MS = 20_000;

/** A Redis-compatible server on the PATH that is new enough (5.0) for the queue, or null. */
export function findRedisServer() {
  const usable = (name) => {
    const { stdout, status } = spawnSync(name, ['--version'], { encoding: 'utf8' });
    return status === 0 && Number(/v=(\d+)/.exec(stdout)?.[1]) >= 5;
  };
  return ['valkey-server', 'redis-server'].find(usable) ?? null;
}

/** Asks the server at this port for PONG; false when it is not (yet) there. */
const answers = (port, password) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (reached) => {
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (data) => data.includes('PONG') && answer(true));
    socket.once('error', () => answer(false));
    socket.once('close', () => answer(false));
    socket.setTimeout(1000, () => answer(false));
  });

// Never evict (a lost key is a lost job), and write every second to disk.
const configuration = ({ port, password, folder }) =>
  [
    `port ${port}`,
    'bind 127.0.0.1',
    `requirepass ${password}`,
    `dir "${folder}"`,
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    'maxmemory-policy noeviction',
  ].join('\n');

/**
 * Starts our own Redis (or Valkey) on a free loopback port, data in `<dataDir>/redis`, or in a
 * throw-away folder with `{ test: true }`. Answers like `startPostgres`; its `url` holds the password.
 */
export async function startRedis(
  server,
  { dataDir, test = false, port: wanted, password = randomBytes(24).toString('hex') },
) {
  const home = test ? mkdtempSync(join(tmpdir(), 'plumbline-test-')) : dataDir;
  const folder = join(home, 'redis');
  mkdirSync(folder, { recursive: true });
  const port = await freePort(wanted);
  const log = openSync(join(home, 'redis.log'), 'a');
  // The configuration goes in by standard input: a command line shows the password to everybody.
  const [command, ...args] = [...tether('TERM'), server, '-'];
  const child = spawn(command, args, { cwd: folder, detached: true, stdio: ['pipe', log, log] });
  closeSync(log);
  child.stdin.end(configuration({ port, password, folder }));
  const exited = new Promise((resolve) => child.once('exit', resolve));

  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await answers(port, password))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stopProcess(child, [['SIGTERM', 5000]]);
      throw new Trouble(
        `${server} did not start.`,
        `read ${join(home, 'redis.log')}, or set REDIS_URL.`,
      );
    }
    await delay(20);
  }
  return {
    url: `redis://:${password}@127.0.0.1:${port}`,
    port,
    password,
    pid: child.pid,
    exited,
    async stop() {
      await stopProcess(child, [['SIGTERM', 10_000]]);
      if (test) rmSync(home, { recursive: true, force: true });
    },
  };
}
