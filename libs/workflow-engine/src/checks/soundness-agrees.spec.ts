import fc from 'fast-check';
import { compiledOf } from '../definition/compiled.ts';
import type { Condition } from '../expressions/condition.ts';
import type { Step, WorkflowDefinition } from '../definition/definition.ts';
import { Findings } from './findings.ts';
import { move } from '../moves/move.ts';
import type { Command, RunState, Surroundings } from '../run/run.ts';
import { checkSoundness } from './soundness.ts';
import { decision } from '../testing/driven.ts';
import {
  aDefinition,
  end,
  outcome,
  person,
  surroundings,
  system,
  task,
} from '../testing/samples.data.ts';
import { after, fact, join, pathEnd } from '../testing/steps.ts';
import { checkBlocks } from './validate-blocks.ts';
import { checkGraph } from './validate-graph.ts';

/** A part of a random workflow; numbers choose where an approval may lead besides onwards. */
type Part =
  | { readonly kind: 'task'; readonly boundary: Beside | null }
  | { readonly kind: 'approval'; readonly onwards: boolean; readonly leads: readonly number[] }
  | {
      readonly kind: 'parallel';
      readonly branches: readonly { readonly chain: readonly Part[]; readonly when: boolean }[];
      readonly count: number | null;
    };

/** What a boundary starts: a number leads to a step; else a side path of tasks with its end. */
interface Beside {
  readonly interrupts: number | null;
  readonly length: number;
  readonly ending: 'path-end' | 'end' | 'loop' | number;
}

const beside: fc.Arbitrary<Beside> = fc.record({
  interrupts: fc.option(fc.nat(30)),
  length: fc.integer({ min: 1, max: 2 }),
  ending: fc.oneof(fc.constantFrom('path-end' as const, 'end', 'loop'), fc.nat(30)),
});

const parts = fc.letrec<{ part: Part; chain: readonly Part[] }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.record({
      kind: fc.constant('task' as const),
      boundary: fc.option(beside, { freq: 3 }),
    }),
    fc.record({
      kind: fc.constant('approval' as const),
      onwards: fc.boolean(),
      leads: fc.array(fc.nat(30), { minLength: 1, maxLength: 2 }),
    }),
    fc.record({
      kind: fc.constant('parallel' as const),
      branches: fc.array(fc.record({ chain: tie('chain'), when: fc.boolean() }), {
        minLength: 2,
        maxLength: 3,
      }),
      count: fc.option(fc.integer({ min: 1, max: 2 })),
    }),
  ),
  chain: fc.array(tie('part'), { minLength: 1, maxLength: 3 }),
}));

/** Writes the parts as steps; the last one leads to `then`. */
class Writer {
  readonly steps: Step[] = [];
  private readonly leads: (() => void)[] = [];
  private count = 0;

  chain(chain: readonly Part[], then: string): string {
    return chain.reduceRight((next, part) => this.part(part, next), then);
  }

  private part(part: Part, then: string): string {
    this.count += 1;
    const id = `s${this.count}`;
    if (part.kind === 'task') this.task(id, then, part.boundary);
    if (part.kind === 'approval') this.approval(id, part.onwards ? [then] : [], part.leads);
    if (part.kind === 'parallel') {
      const last = `${id}j`;
      const branches = part.branches.map(({ chain, when }, nth) => {
        const start = this.chain(chain, last);
        const condition: Condition = { fact: `go${nth % 2}`, is: 'equal', value: true };
        return { id: `b${nth}`, start, ...(when && { when: condition }) };
      });
      this.steps.push(
        { ...{ type: 'parallel', id, stage: 'main', name: id, join: last }, branches },
        join(last, id, then, part.count === null ? undefined : { count: part.count }),
      );
    }
    return id;
  }

  /** A task with what may happen while it waits. */
  private task(id: string, then: string, boundary: Beside | null): void {
    const at = this.steps.length;
    this.steps.push(task(id, then));
    if (!boundary) return;
    const { interrupts, length, ending } = boundary;
    const names = Array.from({ length }, (_, nth) => `${id}p${nth}`);
    const own = interrupts === null ? names : [];
    const first = this.steps.length;
    for (const name of own) this.steps.push(task(name, 'e'));
    if (interrupts === null && ending === 'path-end') this.steps.push(pathEnd(`${id}q`));
    this.leads.push(() => {
      const target = (lead: number) => this.steps[lead % this.steps.length]?.id ?? 'e';
      const last =
        typeof ending === 'number'
          ? target(ending)
          : { 'path-end': `${id}q`, end: 'e', loop: names[0] ?? 'e' }[ending];
      own.forEach((name, nth) => (this.steps[first + nth] = task(name, own[nth + 1] ?? last)));
      const to = interrupts === null ? (names[0] ?? 'e') : target(interrupts);
      const boundaries = [after('late', 1, to, interrupts !== null)];
      this.steps[at] = task(id, then, { boundaries });
    });
  }

  /** An approval; where it leads besides is chosen when all steps are there. */
  private approval(id: string, then: readonly string[], leads: readonly number[]): void {
    const at = this.steps.length;
    const write = (extra: readonly string[]): Step => ({
      ...{ type: 'approval', id, stage: 'main', name: id, role: 'client.approver', question: '?' },
      ...{ separation: [], shows: [] },
      outcomes: [...then, ...extra].map((to, nth) => outcome(`o${nth}`, 'reject', to)),
    });
    this.steps.push(write([]));
    this.leads.push(() => {
      const targets = leads.map((lead) => this.steps[lead % this.steps.length]?.id ?? 'e');
      this.steps[at] = write(targets);
    });
  }

  definition(chain: readonly Part[]): WorkflowDefinition {
    const start = this.chain(chain, 'e');
    this.steps.push(end('e'));
    for (const lead of this.leads) lead();
    return aDefinition(start, this.steps, [
      fact('go0', 'boolean', 'subject'),
      fact('go1', 'boolean', 'subject'),
    ]);
  }
}

const by = person('ana', 'client.staff', 'client.approver');

function commandsOf(definition: WorkflowDefinition, state: RunState): readonly Command[] {
  const timers = state.timers.map(({ key }): Command => ({
    ...{ type: 'fire-timer', timer: key, by: system },
  }));
  return state.tasks
    .flatMap(({ key, step: id }): readonly Command[] => {
      const step = definition.steps.find((one) => one.id === id);
      return step?.type === 'approval'
        ? step.outcomes.map((one) => decision(key, by, one.key))
        : [{ type: 'submit', task: key, answers: {}, by }];
    })
    .concat(timers);
}

const around = [0, 1, 2, 3].map((nth) =>
  surroundings({ facts: { go0: nth % 2 > 0, go1: nth > 1 } }),
);

interface Played {
  readonly stuck: boolean;
  readonly visited: ReadonlySet<string>;
  readonly complete: boolean;
}

/** Plays every order of every command, and tells whether some way comes to no ending. */
function played(definition: WorkflowDefinition): Played {
  const keyOf = (state: RunState): string =>
    state.tokens
      .map(({ step, scope }) => `${step}@${scope.join('>').replaceAll(/#\d+/g, '')}`)
      .sort()
      .join('|');
  const seen = new Map<string, Set<string>>();
  const states: RunState[] = [];
  const visited = new Set<string>();
  const reach = (from: RunState | null, command: Command, facts: Surroundings): void => {
    const timer =
      command.type === 'fire-timer' && from?.timers.find((one) => one.key === command.timer);
    const now = timer ? timer.dueAt : facts.now;
    const result = move(definition, from, command, { ...facts, now });
    if (result.refused) throw new Error(result.message);
    const key = keyOf(result.state);
    const sources = seen.get(key);
    if (!sources) states.push(result.state);
    for (const step of Object.keys(result.state.visits)) visited.add(step);
    seen.set(key, (sources ?? new Set<string>()).add(from ? keyOf(from) : ''));
  };
  for (const facts of around) {
    reach(null, { type: 'start', runId: 'r', facts: {}, by: system }, facts);
  }
  for (let at = 0; at < states.length && at < 1_000; at += 1) {
    const state = states[at]!;
    if (state.status !== 'running') continue;
    for (const command of commandsOf(definition, state)) {
      for (const facts of around) reach(state, command, facts);
    }
  }
  const completing = new Set(['']);
  for (const key of completing) for (const source of seen.get(key) ?? []) completing.add(source);
  return {
    stuck: states.some((state) => !completing.has(keyOf(state))),
    ...{ visited, complete: states.length < 1_000 },
  };
}

function isWellBuilt(definition: WorkflowDefinition): boolean {
  const findings = new Findings();
  checkGraph(compiledOf(definition), findings);
  checkBlocks(compiledOf(definition), findings);
  // Steps that nothing leads to, also endings, are for the soundness check to judge.
  const judged = ['unreachable-step', 'no-end'];
  return findings.problems.every(
    ({ code, severity }) => severity === 'warning' || judged.includes(code),
  );
}

describe('the soundness check', () => {
  it('agrees with the engine played through every order of what can happen', () => {
    let [sound, unsound] = [0, 0];
    fc.assert(
      fc.property(parts.chain, (chain) => {
        const definition = new Writer().definition(chain);
        fc.pre(isWellBuilt(definition));
        const found = checkSoundness(compiledOf(definition));
        const { stuck, visited, complete } = played(definition);
        fc.pre(complete);
        expect(found.some(({ code }) => code === 'cannot-complete')).toBe(stuck);
        const unreached = definition.steps.map(({ id }) => id).filter((id) => !visited.has(id));
        const places = compiledOf(definition).places;
        const dead = found.filter(({ code }) => code === 'unreachable-step');
        expect(dead.map(({ place }) => place.slice('steps.'.length))).toEqual(
          unreached.filter((id) => places.has(id)),
        );
        if (stuck) unsound += 1;
        else sound += 1;
      }),
      { numRuns: 500, maxSkipsPerRun: 1000, seed: 20261125 },
    );
    expect(Math.min(sound, unsound)).toBeGreaterThan(20);
  });
});
