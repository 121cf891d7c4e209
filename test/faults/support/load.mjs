import { setTimeout as delay } from 'node:timers/promises';
import { person } from './insistent.mjs';
import { propose, wholeLife } from './office.mjs';
import { checkedDefinition, ROUND_THE_CLOCK } from './workflow.mjs';

const ORGANISATION = 'northgate';
const PEOPLE = {
  starter: 'tom.reid@northgate.example',
  manager: 'daniel.okoye@northgate.example',
  director: 'helen.marsh@northgate.example',
  validator: 'farah.aziz@northgate.example',
};
/** Commands a second that are asked, beyond the 30 that must be carried out; runs led side by side. */
const PACE = 38;
const LANES = 32;
/** How long an AI system rests until its next run (milliseconds): the run before comes to its end. */
const REST = 4000;
/** Seconds of commands that are made up for after the product was away. */
const BACKLOG = 30;
/** One run in so many stays undecided until the load ends; in so many the wrong person tries first. */
const LEFT_OPEN = 12;
const TRIED_BY_THE_WRONG_ONE = 10;

/** A number of which no other begins with it: a search for one finds that one alone. */
const numbered = (number) => String(number).padStart(5, '0');

/** Gives turns at a steady pace; what was missed is made up for. */
class Pace {
  #next = performance.now();

  async turn() {
    const now = performance.now();
    this.#next = Math.max(this.#next + 1000 / PACE, now - BACKLOG * 1000);
    if (this.#next > now) await delay(this.#next - now);
  }
}

/** People who lead runs of the checked workflow, and whole lives of AI systems beside them. */
export class Load {
  #people;
  #pace = new Pace();
  #chance;
  #idle = [];
  #open = [];
  #stopping = false;
  #failure = null;
  #working = null;
  #measured;
  #names = 0;
  #lives = 0;

  constructor(people, { chance, ledger, name }) {
    this.#people = people;
    this.#chance = chance;
    this.ledger = ledger;
    this.name = name;
  }

  /** Begins; from now on commands come until {@link stop}. */
  start() {
    this.measure();
    const lanes = Array.from({ length: LANES }, () => this.#lane(() => this.#oneRun()));
    const lives = this.#lane(() => this.#oneLife());
    this.#working = Promise.all([...lanes, lives]);
    return this;
  }

  /** Waits until so many more commands are acknowledged, or the load has failed. */
  async acknowledged(count) {
    await Promise.race([this.ledger.more(count), this.#working]);
    if (this.#failure) throw this.#failure;
  }

  /** Ends: nothing new is begun, what was begun is led to its end. Answers the commands a second. */
  async stop() {
    const rate = this.rate;
    this.#stopping = true;
    await this.#working;
    if (this.#failure) throw this.#failure;
    await Promise.all(this.#open.splice(0).map((task) => this.#decide(task)));
    return rate;
  }

  /** Ends as soon as it can, whatever is left: the faults themselves have failed. */
  async abandon() {
    this.#stopping = true;
    await this.#working;
  }

  /** Counts commands a second from now on: the first ones find everything cold. */
  measure() {
    this.#measured = { from: performance.now(), before: this.ledger.acknowledged.length };
  }

  /** Acknowledged commands a second since then. */
  get rate() {
    const { from, before } = this.#measured;
    return ((this.ledger.acknowledged.length - before) * 1000) / (performance.now() - from);
  }

  async #lane(work) {
    while (!this.#stopping && !this.#failure) {
      try {
        await work();
      } catch (error) {
        this.#failure ??= error; // thrown to whoever waits for the load
      }
    }
  }

  async #oneLife() {
    this.#lives += 1;
    await this.#pace.turn();
    await wholeLife(
      `${this.name}: life ${numbered(this.#lives)}`,
      this.#people.starter,
      this.#people.manager,
    );
  }

  /** An AI system about which no run of ours is under way, as far as we know. */
  async #anySystem() {
    const [idle] = this.#idle;
    if (idle && performance.now() - idle.since > REST) return this.#idle.shift().aiSystem;
    this.#names += 1;
    await this.#pace.turn();
    const { aiSystemId } = await propose(
      `${this.name}: ${numbered(this.#names)}`,
      this.#people.starter,
    );
    return aiSystemId;
  }

  async #oneRun() {
    const { starter, validator } = this.#people;
    const aiSystem = await this.#anySystem();
    const run = await this.#begin(starter, aiSystem);
    if (!run) return;
    const described = await this.#taskOf(starter, run);
    await this.#pace.turn();
    await validator.command('claim', `/tasks/${described}/claim`, {}, { task: described });
    await this.#pace.turn();
    const answers = { note: `Note ${run.id}` };
    const about = { task: described };
    await validator.command('submit', `/tasks/${described}/submit`, { answers }, about);
    const decision = await this.#taskOf(starter, await starter.get(`/runs/${run.id}`));
    if (this.#chance() < 1 / TRIED_BY_THE_WRONG_ONE) await this.#tryWrongly(decision);
    if (this.#chance() < 1 / LEFT_OPEN) return void this.#open.push(decision);
    await this.#decide(decision);
    this.#rest(aiSystem);
  }

  /** Starts a run; null when the one before about this AI system has not come to its end yet. */
  async #begin(starter, aiSystemId) {
    const workflow = checkedDefinition.key;
    await this.#pace.turn();
    try {
      const { answer, entry } = await starter.command('start', '/runs', { workflow, aiSystemId });
      const run = answer ?? (await this.#running(starter, aiSystemId));
      entry.run = run.id;
      return run;
    } catch (error) {
      if (error.problem?.code !== 'already-running') throw error;
      this.#rest(aiSystemId);
      return null;
    }
  }

  #rest(aiSystem) {
    this.#idle.push({ aiSystem, since: performance.now() });
  }

  async #running(who, aiSystemId) {
    const { items } = await who.get(
      `/runs?aiSystem=${aiSystemId}&workflow=${checkedDefinition.key}&status=running`,
    );
    if (items.length !== 1) throw new Error(`${items.length} runs about one AI system`);
    return who.get(`/runs/${items[0].id}`);
  }

  async #taskOf(who, run) {
    if (run.tasks.length !== 1) throw new Error(`${run.tasks.length} tasks wait in run ${run.id}`);
    return run.tasks[0].id;
  }

  /** Whoever described it must not decide on it; an answer other than a refusal shows in the ledger. */
  async #tryWrongly(task) {
    await this.#pace.turn();
    try {
      await this.#decideBy(this.#people.validator, task);
    } catch (error) {
      if (error.problem?.code !== 'separation-of-duties') throw error;
    }
  }

  /** Two people decide at the same time. */
  async #decide(task) {
    const { director, manager } = this.#people;
    await this.#pace.turn();
    await this.#pace.turn();
    await Promise.all([this.#decideBy(director, task), this.#decideBy(manager, task)]);
  }

  #decideBy(who, task) {
    const verdict = { outcome: 'approve', reason: 'As described.' };
    return who.command('decide', `/tasks/${task}/decide`, verdict, { task });
  }
}

/**
 * Signs the people in and publishes the workflow, once for all faults; answers a load for one of them.
 * Each load has its own number: what it names is nowhere else.
 */
export async function loadFor(world) {
  const { more, url, name } = world;
  more.people ??= await signedIn(url, more.ledger);
  more.published ??= await prepare(more.people.manager);
  more.loads = (more.loads ?? 0) + 1;
  return new Load(more.people, { ...more, name: `${name} ${more.loads}` });
}

async function signedIn(url, ledger) {
  const at = { organisation: ORGANISATION, ledger };
  const entries = Object.entries(PEOPLE).map(async ([part, email]) => [
    part,
    await person(url, email, at),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

/** Lets the organisation work round the clock, and publishes the workflow there. */
async function prepare(manager) {
  const { version } = await manager.get('');
  const how = { method: 'PATCH', headers: { 'if-match': `"${version}"` } };
  await manager.command('other', '', ROUND_THE_CLOCK, {}, how);
  const { name, key } = checkedDefinition;
  const from = { definition: checkedDefinition };
  const { answer: draft } = await manager.command('other', '/workflows', { name, from });
  const acknowledged = draft.problems.map(({ code, place }) => ({ code, place }));
  const publication = { revision: draft.revision, note: 'For the fault runs.', acknowledged };
  const { answer } = await manager.command('other', `/workflows/${key}/publications`, publication);
  return answer.key;
}
