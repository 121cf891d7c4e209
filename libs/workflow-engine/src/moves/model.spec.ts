import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { WorkflowDefinition } from '../definition/definition.ts';
import { keyOf, tokenKeyOf } from '../run/keys.ts';
import { move } from './move.ts';
import { replay } from '../run/replay.ts';
import type { Command, RunEvent, RunState } from '../run/run.ts';
import { aroundAt, type Choice, choices, commandFor } from '../testing/random-command.ts';
import { chains, workflowOf } from '../testing/random-workflow.ts';
import { system } from '../testing/samples.data.ts';

/** What the steps of a waiting token must wait for. */
function checkWaits(definition: WorkflowDefinition, state: RunState): void {
  const { tokens, tasks, timers, children, awaiting, items } = state;
  const keys = tokens.map(keyOf);
  const here = new Set(keys);
  if (here.size < keys.length) throw new Error('A token is in two places.');
  const all = [...tasks, ...timers, ...children, ...awaiting, ...items];
  const lost = all.find(({ key }) => !here.has(tokenKeyOf(key)));
  if (lost) throw new Error(`“${lost.key}” belongs to no token.`);
  for (const list of [tasks, timers, children, awaiting]) {
    if (new Set(list.map(({ key }) => key)).size < list.length)
      throw new Error('A key occurs twice.');
  }
  const types = new Map(definition.steps.map(({ id, type }) => [id, type]));
  for (const token of tokens) {
    const own = ({ key }: { readonly key: string }) => tokenKeyOf(key) === keyOf(token);
    const type = types.get(token.step);
    const waits =
      type === 'form' || type === 'task' || type === 'approval'
        ? tasks.some(own)
        : type === 'sub-workflow'
          ? children.some(own)
          : type === 'timer'
            ? timers.some((timer) => own(timer) && timer.kind === 'wait')
            : type === 'await'
              ? awaiting.some(({ key }) => key === keyOf(token))
              : type === 'join';
    if (!waits) throw new Error(`Nothing will ever take “${keyOf(token)}” on.`);
  }
}

function checkState(definition: WorkflowDefinition, state: RunState): void {
  checkWaits(definition, state);
  const open = state.tokens.length > 0;
  if (open !== (state.status === 'running')) throw new Error(`${state.status}, yet open: ${open}.`);
  if (state.status !== 'running') {
    const left = [...state.tasks, ...state.timers, ...state.children, ...state.awaiting];
    if (left.length > 0) throw new Error('Something is left of an ended run.');
  }
  // Nothing but joins waiting would wait for ever.
  const joins = new Set(definition.steps.filter(({ type }) => type === 'join').map(({ id }) => id));
  if (open && state.tokens.every(({ step }) => joins.has(step))) {
    throw new Error('Only joins wait.');
  }
  for (const { votes } of state.tasks) {
    const voters = votes.flatMap(({ personId, onBehalfOf }) => [personId, onBehalfOf ?? personId]);
    if (new Set(votes.map(({ personId }) => personId)).size < votes.length) {
      throw new Error(`Somebody votes twice: ${voters.join()}.`);
    }
  }
}

/** Freezes everything inside, so that a change in place throws. */
function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

interface Tally {
  steps: number;
  accepted: number;
  runs: number;
  readonly events: Map<string, number>;
  readonly refusals: Map<string, number>;
}

const count = (tally: Map<string, number>, key: string) =>
  tally.set(key, (tally.get(key) ?? 0) + 1);

/** Facts on which a run can start whatever its first steps are. */
const plain = { go0: true, go1: true, go2: true, team: ['ana', 'ben'], divisor: 1 };
/** Not refused while a run is suspended. */
const inSuspense = ['resume', 'cancel', 'receive-signal', 'end-child', 'child-cancelled', 'repair'];

/** One run and all that has happened in it. */
class Run {
  readonly definition: WorkflowDefinition;
  readonly events: RunEvent[] = [];
  state: RunState;
  private readonly tally: Tally;

  constructor(definition: WorkflowDefinition, choice: Choice, tally: Tally) {
    this.definition = definition;
    this.tally = tally;
    const command: Command = { type: 'start', runId: 'r', facts: {}, by: system };
    const started = move(definition, null, command, aroundAt({ ...choice, facts: plain }, 0));
    if (started.refused) throw new Error(started.message);
    this.state = frozen(started.state);
    this.events.push(...started.events);
  }

  /** Tries a command: refused in words, or carried out with every promise kept. */
  try(choice: Choice, hours: number): void {
    const { definition, state, tally } = this;
    const command = frozen(commandFor(definition, state, choice));
    const around = aroundAt(choice, hours);
    const result = move(definition, state, command, around);
    tally.steps += 1;
    if (result.refused) {
      count(tally.refusals, result.code);
      if (!result.message.endsWith('.')) throw new Error(`No sentence: ${result.message}`);
      return;
    }
    const { status, suspended } = state;
    if (status !== 'running') throw new Error(`${status}, yet “${command.type}” is taken.`);
    if (suspended && !inSuspense.includes(command.type)) {
      throw new Error(`Suspended, yet “${command.type}” is taken.`);
    }
    tally.accepted += 1;
    result.events.forEach(({ type, seq, at }, nth) => {
      count(tally.events, type);
      if (seq !== state.seq + nth + 1) throw new Error('A number is left out or given twice.');
      if (at !== around.now) throw new Error('An event at another time.');
    });
    this.events.push(...result.events);
    this.state = frozen(result.state);
    checkState(definition, this.state);
  }

  /** The state must be the replay of the events, also after they were stored. */
  check(): void {
    this.tally.runs += 1;
    if (!isDeepStrictEqual(replay(this.events), this.state)) {
      // Slower, and says where they differ.
      expect(replay(this.events)).toEqual(this.state);
    }
    const stored = replay(JSON.parse(JSON.stringify(this.events)) as RunEvent[]);
    if (JSON.stringify(stored) !== JSON.stringify(this.state)) {
      throw new Error('Events that were stored give another state.');
    }
  }
}

/** Plays the choices on one run after the other; on each that has ended a few more are tried. */
function play(definition: WorkflowDefinition, chosen: readonly Choice[], tally: Tally): void {
  let run: Run | null = null;
  let [hours, after] = [0, 0];
  for (const choice of chosen) {
    if (run && run.state.status !== 'running' && (after += 1) > 2) {
      run.check();
      run = null;
    }
    if (!run) {
      run = new Run(definition, choice, tally);
      [hours, after] = [0, 0];
    }
    hours += choice.hours;
    run.try(choice, hours);
  }
  run?.check();
}

describe('random workflows under random commands', () => {
  const tally: Tally = { steps: 0, accepted: 0, runs: 0, events: new Map(), refusals: new Map() };

  it.each([1, 2, 3, 4])('keep all promises of the engine (%d)', (seed) => {
    fc.assert(
      fc.property(chains, fc.array(choices, { minLength: 40, maxLength: 120 }), (chain, chosen) => {
        play(frozen(workflowOf(chain)), chosen, tally);
      }),
      { seed: 20261125 + seed, numRuns: 415 },
    );
  });

  it('are many, and come to everything', () => {
    const figures = `${tally.steps} commands, ${tally.accepted} of them carried out, ${tally.runs} runs`;
    process.stdout.write(`Model test: ${figures}.\n`);
    expect(tally.steps).toBeGreaterThanOrEqual(100_000);
    expect(tally.accepted).toBeGreaterThan(tally.steps / 4);
    // Each of more than forty kinds of event and twenty kinds of refusal was met.
    expect(tally.events.size).toBeGreaterThanOrEqual(43);
    expect(tally.refusals.size).toBeGreaterThanOrEqual(23);
  });
});
