import fc from 'fast-check';
import type { Condition, FactDeclaration } from '../expressions/condition.ts';
import type {
  ApprovalStep,
  Boundary,
  EachRule,
  Step,
  WorkflowDefinition,
} from '../definition/definition.ts';
import { aDefinition, end, outcome, task } from './samples.data.ts';
import * as write from './steps.ts';

/** Random workflows over the whole language, sound by the way they are built. */

/** Something that happens while a step waits: it goes on at once, ends the run, or starts a side path. */
interface Beside {
  readonly by: 'time' | 'signal';
  readonly does: 'go-on' | 'end' | 'side';
  readonly length: number;
}

/** A part of a workflow, with one way in and one way out. */
export type Part =
  | {
      readonly kind: 'work';
      readonly each: 'together' | 'one-by-one' | null;
      readonly enough: boolean;
      readonly beside: Beside | null;
      readonly undoable: boolean;
      readonly skipped: boolean;
      readonly escalates: boolean;
      readonly apart: boolean;
    }
  | {
      readonly kind: 'decision';
      readonly quorum: number;
      readonly back: boolean;
      readonly stops: boolean;
      readonly settles: boolean;
      readonly beside: Beside | null;
    }
  | { readonly kind: 'wait'; readonly beside: Beside | null }
  | { readonly kind: 'await'; readonly kept: boolean; readonly beside: Beside | null }
  | {
      readonly kind: 'call';
      readonly each: boolean;
      readonly failed: boolean;
      readonly undoable: boolean;
    }
  | { readonly kind: 'check'; readonly fails: boolean }
  | { readonly kind: 'table'; readonly fails: boolean }
  | { readonly kind: 'signal' | 'tell' }
  | { readonly kind: 'choice'; readonly ways: readonly (readonly Part[])[] }
  | {
      readonly kind: 'block';
      readonly branches: readonly { readonly chain: readonly Part[]; readonly when: boolean }[];
      readonly enough: 'count' | 'when' | null;
    };

const beside = fc.option(
  fc.record<Beside>({
    by: fc.constantFrom('time', 'signal'),
    does: fc.constantFrom('go-on', 'end', 'side', 'side'),
    length: fc.nat(2),
  }),
  { freq: 2 },
);
const kind = <Kind extends Part['kind']>(one: Kind): fc.Arbitrary<Kind> => fc.constant(one);

/** Chains of parts, nested up to three deep. */
export const chains: fc.Arbitrary<readonly Part[]> = fc.letrec<{
  part: Part;
  chain: readonly Part[];
}>((tie) => ({
  part: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    {
      weight: 4,
      arbitrary: fc.record({
        ...{ kind: kind('work'), enough: fc.boolean(), beside, undoable: fc.boolean() },
        each: fc.option(fc.constantFrom('together' as const, 'one-by-one' as const), { freq: 2 }),
        ...{ skipped: fc.boolean(), escalates: fc.boolean(), apart: fc.boolean() },
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        ...{ kind: kind('decision'), quorum: fc.nat(3), back: fc.boolean(), stops: fc.boolean() },
        ...{ settles: fc.boolean(), beside },
      }),
    },
    fc.record({ kind: kind('wait'), beside }),
    fc.record({ kind: kind('await'), kept: fc.boolean(), beside }),
    fc.record({
      ...{ kind: kind('call'), each: fc.boolean(), failed: fc.boolean(), undoable: fc.boolean() },
    }),
    fc.record({ kind: kind('check'), fails: fc.boolean() }),
    fc.record({ kind: kind('table'), fails: fc.boolean() }),
    fc.record({ kind: fc.constantFrom('signal' as const, 'tell' as const) }),
    {
      weight: 2,
      arbitrary: fc.record({
        kind: kind('choice'),
        ways: fc.array(tie('chain'), { minLength: 2, maxLength: 3 }),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: kind('block'),
        branches: fc.array(fc.record({ chain: tie('chain'), when: fc.boolean() }), {
          ...{ minLength: 2, maxLength: 4 },
        }),
        enough: fc.option(fc.constantFrom('count' as const, 'when' as const)),
      }),
    },
  ),
  chain: fc.array(tie('part'), { minLength: 1, maxLength: 4 }),
})).chain;

const factsOf: readonly FactDeclaration[] = [
  ...['go0', 'go1', 'go2'].map((name) => write.fact(name, 'boolean', 'subject')),
  write.fact('team', 'people', 'subject'),
  write.fact('divisor', 'number', 'subject'),
  ...[write.fact('one', 'person'), write.fact('note', 'text'), write.fact('result', 'text')],
  write.fact('rows', { kind: 'list', of: { one: { kind: 'person' } } }),
  write.fact('count', 'number', 'calculated'),
  write.fact('level', { kind: 'choice', options: ['low', 'high'] }, 'table'),
];

const go = (nth: number): Condition => ({ fact: `go${nth % 3}`, is: 'equal', value: true });
const days = (amount: number) => ({ amount, unit: 'calendar-days' }) as const;

class Writer {
  readonly steps: Step[] = [];
  private count = 0;

  /** Writes a chain that leads to `then`; `inSide` parts have no side paths of their own. */
  chain(chain: readonly Part[], then: string): string {
    return chain.reduceRight((next, part) => this.part(part, next), then);
  }

  private part(part: Part, then: string): string {
    this.count += 1;
    const id = `s${this.count}`;
    switch (part.kind) {
      case 'work':
        this.work(id, then, part);
        break;
      case 'decision':
        this.decision(id, then, part);
        break;
      case 'wait':
        this.steps.push(write.wait(id, then, 2, this.beside(id, then, part.beside)));
        break;
      case 'await': {
        const boundaries = this.beside(id, then, part.beside);
        this.steps.push(
          write.awaits(id, 'news', then, {
            ...{ takes: [{ ours: 'note', theirs: 'note' }], boundaries },
            ...(part.kept && { keptFor: days(5) }),
          }),
        );
        break;
      }
      case 'call':
        this.steps.push(
          write.calls(id, then, {
            ...(part.each && { each: each('together', false) }),
            ...(part.failed && { failed: then }),
            ...(part.undoable && { undoneBy: 'mend' }),
          }),
        );
        break;
      case 'check':
        this.steps.push(
          write.check(
            id,
            then,
            { count: 'orElse(count, 0) + 1 / divisor' },
            {
              ...(part.fails && { failed: then }),
            },
          ),
        );
        break;
      case 'table':
        this.steps.push(table(id, then, part.fails));
        break;
      case 'signal':
        this.steps.push(write.sends(id, 'news', then));
        break;
      case 'tell':
        this.steps.push(write.tells(id, then, { roles: ['client.staff'], people: ['team'] }));
        break;
      case 'choice': {
        const starts = part.ways.map((way) => this.chain(way, then));
        const next = starts.map((to, nth) => ({
          ...(nth < starts.length - 1 && { when: go(nth) }),
          to,
        }));
        this.steps.push({ type: 'check', id, stage: 'main', name: id, next });
        break;
      }
      case 'block': {
        const last = `${id}j`;
        const branches = part.branches.map(({ chain, when }, nth) => ({
          ...{ id: `b${nth}`, start: this.chain(chain, last) },
          ...(when && { when: go(nth) }),
        }));
        const enough = { count: { count: 1 }, when: { when: go(2) } };
        this.steps.push(
          { ...{ type: 'parallel', id, stage: 'main', name: id, join: last }, branches },
          write.join(last, id, then, part.enough ? enough[part.enough] : undefined),
        );
      }
    }
    return id;
  }

  private work(id: string, then: string, part: Part & { readonly kind: 'work' }): void {
    const boundaries = this.beside(id, then, part.beside);
    this.steps.push(
      task(id, then, {
        ...(boundaries && { boundaries }),
        ...(part.each && { each: each(part.each, part.enough) }),
        ...(part.undoable && { undoneBy: 'mend' }),
        ...(part.skipped && { when: go(1) }),
        ...(part.escalates && {
          ...{ due: [{ due: days(4) }], assign: 'least-loaded' },
          escalation: [
            { at: 50, action: 'remind' },
            { at: 100, action: 'reassign', role: 'client.approver' },
            { at: 150, action: 'tell', role: 'client.owner' },
          ],
        }),
        ...(part.apart && {
          separation: [{ id: 'SOD-1', parties: ['one'], because: 'No.', waivable: 'never' }],
        }),
      }),
    );
  }

  private decision(id: string, then: string, part: Part & { readonly kind: 'decision' }): void {
    const boundaries = this.beside(id, then, part.beside);
    const step: ApprovalStep = {
      ...{ type: 'approval', id, stage: 'main', name: id, role: 'client.approver', question: '?' },
      ...{ separation: [], shows: [] },
      outcomes: [
        outcome('yes', 'approve', then),
        outcome('no', 'reject', then),
        ...(part.back ? [outcome('back', 'ask-for-changes', id)] : []),
        ...(part.stops ? [outcome('stop', 'stop', 'undo')] : []),
      ],
      ...(boundaries && { boundaries }),
      ...(part.quorum > 0 && {
        quorum: {
          seats: [
            { role: 'client.approver', count: part.quorum },
            { role: 'client.owner', count: 1 },
          ],
          ...{ needs: part.quorum, ordered: part.quorum > 2, blind: part.quorum === 2 },
        },
      }),
      ...(part.settles && {
        due: [{ due: days(3) }],
        escalation: [{ at: 100, action: 'settle', outcome: 'no' }],
      }),
    };
    this.steps.push(step);
  }

  private beside(id: string, then: string, part: Beside | null): readonly Boundary[] | undefined {
    if (!part) return undefined;
    const { by, does, length } = part;
    if (does === 'side') {
      const names = Array.from({ length: length + 1 }, (_, nth) => `${id}p${nth}`);
      names.forEach((name, nth) => this.steps.push(task(name, names[nth + 1] ?? `${id}q`)));
      this.steps.push(write.pathEnd(`${id}q`));
    }
    const to = { side: `${id}p0`, end: 'undo', 'go-on': then }[does];
    const interrupts = does !== 'side';
    return [
      by === 'time'
        ? write.after('b', 1, to, interrupts)
        : write.upon('b', 'alarm', to, interrupts),
    ];
  }
}

function each(order: EachRule['order'], enough: boolean): EachRule {
  return {
    over: 'team',
    as: 'one',
    order,
    collect: 'rows',
    ...(enough && { enough: { count: 1 } }),
  };
}

function table(id: string, then: string, fails: boolean): Step {
  return {
    ...{ type: 'table', id, stage: 'main', name: id, next: [{ to: then }] },
    ...(fails && { failed: then }),
    table: {
      ...{ key: 'DT-1', name: 'Table', hit: 'unique', inputs: ['go0', 'go1'] },
      outputs: [write.fact('level', { kind: 'choice', options: ['low', 'high'] }, 'table')],
      rules: [
        { when: go(0), then: { level: 'high' } },
        {
          when: { all: [{ fact: 'go0', is: 'equal', value: false }, go(1)] },
          then: { level: 'low' },
        },
      ],
    },
  };
}

/** The workflow of a chain: it ends in `done`, or in `out` after what can be undone is undone. */
export function workflowOf(chain: readonly Part[]): WorkflowDefinition {
  const writer = new Writer();
  const start = writer.chain([{ kind: 'tell' }, ...chain], 'finish');
  writer.steps.push(
    write.choice('finish', { undo: 'go0 && go1' }, 'done'),
    ...[write.undo('undo', 'out'), task('mend', 'undo'), end('done'), end('out')],
  );
  const undoable = writer.steps.some((step) => 'undoneBy' in step && step.undoneBy !== undefined);
  const steps = writer.steps.filter(({ id }) => undoable || id !== 'mend');
  return aDefinition(start, steps, factsOf);
}
