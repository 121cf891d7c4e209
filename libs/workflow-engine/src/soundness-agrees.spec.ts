import fc from 'fast-check';
import { compiledOf } from './compiled.ts';
import type { Step, WorkflowDefinition } from './definition.ts';
import { Findings } from './findings.ts';
import { move } from './move.ts';
import type { Command, RunState } from './run.ts';
import { checkSoundness } from './soundness.ts';
import { decision } from './testing/driven.ts';
import {
  aDefinition,
  end,
  outcome,
  person,
  surroundings,
  system,
  task,
} from './testing/samples.data.ts';
import { checkBlocks } from './validate-blocks.ts';
import { checkGraph } from './validate-graph.ts';

/** A part of a random workflow; numbers choose where an approval may lead besides onwards. */
type Part =
  | { readonly kind: 'task' }
  | { readonly kind: 'approval'; readonly onwards: boolean; readonly leads: readonly number[] }
  | { readonly kind: 'parallel'; readonly branches: readonly (readonly Part[])[] };

const parts = fc.letrec<{ part: Part; chain: readonly Part[] }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.constant<Part>({ kind: 'task' }),
    fc.record({
      kind: fc.constant('approval' as const),
      onwards: fc.boolean(),
      leads: fc.array(fc.nat(30), { minLength: 1, maxLength: 2 }),
    }),
    fc.record({
      kind: fc.constant('parallel' as const),
      branches: fc.array(tie('chain'), { minLength: 2, maxLength: 2 }),
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
    if (part.kind === 'task') this.steps.push(task(id, then));
    if (part.kind === 'approval') this.approval(id, part.onwards ? [then] : [], part.leads);
    if (part.kind === 'parallel') {
      const join = `${id}j`;
      const starts = part.branches.map((branch) => this.chain(branch, join));
      this.steps.push(
        {
          ...{ type: 'parallel', id, stage: 'main', name: id, join },
          branches: starts.map((start, at) => ({ id: `b${at}`, start })),
        },
        {
          ...{ type: 'join', id: join, stage: 'main', name: join, closes: id },
          next: [{ to: then }],
        },
      );
    }
    return id;
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
    return aDefinition(start, this.steps);
  }
}

const by = person('ana', 'client.staff', 'client.approver');

function commandsOf(definition: WorkflowDefinition, state: RunState): readonly Command[] {
  return state.tasks.flatMap(({ key, step: id }): readonly Command[] => {
    const step = definition.steps.find((one) => one.id === id);
    return step?.type === 'approval'
      ? step.outcomes.map((one) => decision(key, by, one.key))
      : [{ type: 'submit', task: key, answers: {}, by }];
  });
}

/** Plays every order of every command, and tells whether some way comes to no ending. */
function canGetStuck(definition: WorkflowDefinition): boolean {
  const keyOf = (state: RunState): string =>
    state.tokens
      .map(({ step, scope }) => `${step}@${scope.join('>').replaceAll(/#\d+/g, '')}`)
      .sort()
      .join('|');
  const seen = new Map<string, Set<string>>();
  const states: RunState[] = [];
  const reach = (from: string | null, command: Command, state: RunState | null): void => {
    const result = move(definition, state, command, surroundings());
    if (result.refused) throw new Error(result.message);
    const key = keyOf(result.state);
    const sources = seen.get(key);
    if (!sources) states.push(result.state);
    seen.set(key, (sources ?? new Set<string>()).add(from ?? ''));
  };
  reach(null, { type: 'start', runId: 'r', facts: {}, by: system }, null);
  for (let at = 0; at < states.length && at < 3_000; at += 1) {
    const state = states[at]!;
    if (state.status !== 'running') continue;
    for (const command of commandsOf(definition, state)) reach(keyOf(state), command, state);
  }
  const completing = new Set(['']);
  for (const key of completing) for (const source of seen.get(key) ?? []) completing.add(source);
  return states.some((state) => !completing.has(keyOf(state)));
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
  it('agrees with the engine played through every order of decisions', () => {
    fc.assert(
      fc.property(parts.chain, (chain) => {
        const definition = new Writer().definition(chain);
        fc.pre(isWellBuilt(definition));
        const unsound = checkSoundness(compiledOf(definition)).some(
          ({ code }) => code !== 'unreachable-step',
        );
        expect(unsound).toBe(canGetStuck(definition));
      }),
      { numRuns: 200, maxSkipsPerRun: 1000 },
    );
  });
});
