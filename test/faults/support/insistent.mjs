import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiProblem, signIn } from '../../../infra/run/plumbline/client.mjs';

const PASSWORD = 'plumb-line-demo-2026';
/** How long a caller insists, and waits for one answer (milliseconds). */
const PATIENCE = 180_000;
const ANSWER_LIMIT = 30_000;
/** Between two tries: the part that is away needs a moment; the deadline decides. */
const PAUSE = 100;

/** Worth asking again with the same key: nothing is known of the first try, or it was refused as busy. */
const isPassing = (error) =>
  error instanceof ApiProblem
    ? error.status >= 500 || error.problem.code === 'still-running'
    : /cannot be reached|fetch failed|terminated|aborted|other side closed/.test(
        `${error.message} ${error.cause?.message ?? ''}`,
      );

/** A person of the demo who insists: every command has one key, and is asked until it is answered. */
export class Insistent {
  #client;
  #email;
  #path;
  #ledger;
  #proving = null;

  constructor(client, { id, email, organisation, ledger }) {
    this.id = id;
    this.#client = client;
    this.#email = email;
    this.#path = `/organisations/${organisation}`;
    this.#ledger = ledger;
  }

  async #insist(ask) {
    const until = performance.now() + PATIENCE;
    for (;;) {
      try {
        return await ask({ signal: AbortSignal.timeout(ANSWER_LIMIT) });
      } catch (error) {
        const proof = this.#proofs[error.problem?.code];
        if (!(proof || isPassing(error)) || performance.now() > until) throw error;
        this.#ledger.retries += 1;
        await (proof ? this.#prove(proof) : delay(PAUSE));
      }
    }
  }

  /**
   * What shows who they are. A password that is shown again changes the session's secret: who asks
   * with the one before, or never hears of the new one, has to sign in.
   */
  #proofs = {
    'step-up-required': () => this.#client.post('/sessions/step-up', { password: PASSWORD }),
    'not-signed-in': () =>
      this.#client.post('/sessions', { email: this.#email, password: PASSWORD }),
  };

  /** Once for everything that waits for it: tries are limited. */
  #prove(proof) {
    this.#proving ??= proof()
      .catch((error) => {
        // Whoever waits for it asks again, and is told again what is wanted.
        if (!isPassing(error) && !this.#proofs[error.problem?.code]) throw error;
      })
      .then(() => delay(PAUSE))
      .finally(() => {
        this.#proving = null;
      });
    return this.#proving;
  }

  get(path) {
    return this.#insist((options) => this.#client.get(`${this.#path}${path}`, options));
  }

  /** Asks for something that changes nothing. */
  ask(path) {
    return this.#insist((options) => this.#client.post(`${this.#path}${path}`, {}, options));
  }

  /**
   * One command of a kind, carried out once however often it has to be asked, and noted in the ledger.
   * `how` may name another method and headers. Answers what it answered (null when that was lost with
   * the process that gave it) and the entry of the ledger. Throws the refusal of a command that was
   * not carried out.
   */
  async command(kind, path, body = {}, about = {}, how = {}) {
    const key = randomUUID();
    const entry = { key, kind, person: this.id, ...about };
    try {
      const answer = await this.#insist((options) =>
        this.#once(path, body, { ...how, ...options, key }),
      );
      return { answer, entry: this.#ledger.acknowledge(entry) };
    } catch (error) {
      if (error instanceof ApiProblem) this.#ledger.refused.push(entry);
      throw error;
    }
  }

  async #once(path, body, options) {
    try {
      const { method = 'POST', ...more } = options;
      return await this.#client.json(method, `${this.#path}${path}`, { ...more, body });
    } catch (error) {
      if (error.problem?.code !== 'already-carried-out') throw error;
      this.#ledger.answersLost += 1;
      return null;
    }
  }
}

/** Signs a person of the demo in. */
export async function person(url, email, { organisation, ledger }) {
  const client = await signIn(url, { email, password: PASSWORD });
  const { person: me } = await client.get('/sessions/current');
  return new Insistent(client, { id: me.id, email, organisation, ledger });
}
