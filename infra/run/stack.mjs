import { setTimeout as delay } from 'node:timers/promises';
import { apiEnvironment } from './api-environment.mjs';
import { prepareDatabase, startRole, tail } from './api-process.mjs';
import { ensureBuilt } from './build.mjs';
import { checkExternalDatabase } from './external-database.mjs';
import { freePort } from './free-port.mjs';
import { startPostgres } from './postgres.mjs';
import { chooseQueue } from './queue.mjs';
import { lockDataDirectory } from './run-lock.mjs';
import { loadSecrets } from './secrets.mjs';
import { supervise } from './supervise.mjs';
import { Trouble } from './trouble.mjs';

const READY_LIMIT_MS = 90_000;

/** Waits until the product answers that it is ready; shows its own words if it does not. */
async function untilReady(url, http) {
  const deadline = Date.now() + READY_LIMIT_MS;
  while (Date.now() < deadline) {
    // A refused connection only means "not yet"; the deadline is what decides.
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await delay(50);
  }
  throw new Trouble(
    `Plumbline did not become ready within ${READY_LIMIT_MS / 1000} s.\n${tail(http.current.logFile)}`,
    `read ${http.current.logFile}.`,
  );
}

/** The port asked for by PORT, which must be free; else 3000 or, if that is taken, any free one. */
async function choosePort(asked) {
  if (!asked) return freePort(3000);
  const port = await freePort(Number(asked));
  if (port === Number(asked)) return port;
  throw new Trouble(
    `Port ${asked} is taken.`,
    'stop what uses it, or unset PORT to have a free one chosen.',
  );
}

/**
 * The whole product on this machine, started in order and stopped in the reverse: database, queue,
 * preparation, then the three roles of the API, each kept running.
 */
export class Stack {
  #running = [];
  #stopped = null;

  /** `mostRestarts` a minute of one part, then `giveUp` is called; see supervise. */
  constructor({ dataDir, say = console.log, giveUp = () => undefined, mostRestarts }) {
    this.dataDir = dataDir;
    this.say = say;
    this.giveUp = giveUp;
    this.mostRestarts = mostRestarts;
  }

  async #supervise(name, start) {
    const { say, giveUp, mostRestarts } = this;
    const service = await supervise({ name, start, say, giveUp, mostRestarts });
    this.#running.push(service);
    return service;
  }

  async #database(test) {
    const given = process.env.DATABASE_URL;
    if (given && !test) {
      await checkExternalDatabase(given);
      return given;
    }
    const { dataDir } = this;
    const service = await this.#supervise('PostgreSQL', (previous) =>
      startPostgres({ dataDir, port: previous?.port }),
    );
    return service.current.url;
  }

  /**
   * Brings everything up; answers where the product is. `test` ignores DATABASE_URL, `workers` is how
   * many of them run, `settings` is told to every role besides; `env` of the answer is read anew
   * whenever a role is started again.
   */
  async start({
    port: askedPort,
    publicUrl,
    demo = true,
    test = false,
    workers = 1,
    settings = {},
  } = {}) {
    ensureBuilt(this.say);
    const { dataDir } = this;
    const lock = lockDataDirectory(dataDir);
    this.#running.push({ stop: async () => lock.release() });

    const secrets = loadSecrets(dataDir);
    const databaseUrl = await this.#database(test);
    const queue = await chooseQueue({ dataDir });
    const redis = queue.start
      ? await this.#supervise('Redis', (previous) =>
          queue.start(previous && { port: previous.port, password: previous.password }),
        )
      : null;

    const port = await choosePort(askedPort);
    const url = publicUrl ?? `http://localhost:${port}`;
    const env = {
      ...apiEnvironment({
        ...{ databaseUrl, port, publicUrl: url, dataDir, secrets, demo },
        queue: queue.environment(redis?.current),
      }),
      ...settings,
    };
    prepareDatabase(env, databaseUrl);
    const role = (name, part = name) =>
      this.#supervise(part, async () => startRole(name, { env, dataDir }));
    await role('notary');
    await role('worker');
    for (let number = 2; number <= workers; number += 1) await role('worker', `worker ${number}`);
    const http = await role('http');
    await untilReady(`http://127.0.0.1:${port}`, http);
    lock.publish(`http://127.0.0.1:${port}`);
    return { url, port, databaseUrl, queue: queue.describe, env };
  }

  /**
   * The process id of a running part (`PostgreSQL`, `Redis`, `http`, `worker`, `worker 2`, `notary`),
   * or undefined.
   */
  pidOf(name) {
    return this.#running.find((service) => service.name === name)?.current.pid;
  }

  /** Stops what runs, last started first; safe to call more than once and in mid-start. */
  stop() {
    this.#stopped ??= (async () => {
      for (const service of this.#running.reverse()) await service.stop();
    })();
    return this.#stopped;
  }
}
