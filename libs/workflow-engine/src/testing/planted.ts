import type { DefinitionProblemCode } from '../definition/definition-problem.ts';
import type { Step, WorkflowDefinition } from '../definition/definition.ts';
import { task } from './samples.data.ts';
import { after, check, pathEnd } from './steps.ts';

/** A defect put into a sound workflow: what it is, how it is put in, and what must be found. */
export interface Defect {
  readonly name: string;
  /** `null` when the workflow has no place for it. */
  readonly plant: (definition: WorkflowDefinition, nth: number) => WorkflowDefinition | null;
  /** One of these must be found. */
  readonly found: readonly DefinitionProblemCode[];
}

type Tasked = Step & { readonly type: 'task' };

/** The nth plain task of the run itself, outside side paths. */
function taskIn({ steps }: WorkflowDefinition, nth: number): Tasked | null {
  const tasks = steps.filter(
    (step): step is Tasked =>
      step.type === 'task' && /^s\d+$/.test(step.id) && step.boundaries === undefined,
  );
  return tasks[nth % Math.max(1, tasks.length)] ?? null;
}

function withSteps(
  definition: WorkflowDefinition,
  changed: readonly Step[],
  added: readonly Step[] = [],
): WorkflowDefinition {
  const by = new Map(changed.map((step) => [step.id, step]));
  const steps = definition.steps.map((step) => by.get(step.id) ?? step);
  return { ...definition, steps: [...steps, ...added] };
}

/** A defect at a task that leads there by its own work: what it leads to instead. */
function instead(
  name: string,
  found: Defect['found'],
  change: (at: Tasked, definition: WorkflowDefinition) => readonly [Step, ...Step[]] | null,
): Defect {
  return {
    ...{ name, found },
    plant: (definition, nth) => {
      const at = taskIn(definition, nth);
      const made = at && change(at, definition);
      if (!made) return null;
      const [step, ...added] = made;
      return withSteps(definition, [step], added);
    },
  };
}

const plain = (step: Tasked): Tasked => ({ ...step, when: undefined });

/** Whether every join waits for all: one that does not may cancel a branch that goes round. */
const waitsForAll = ({ steps }: WorkflowDefinition): boolean =>
  steps.every((step) => step.type !== 'join' || step.enough === undefined);

/** Defects, each of which makes any sound workflow unsound. */
export const defects: readonly Defect[] = [
  instead(
    'a loop without exit',
    ['cannot-complete', 'no-end', 'unreachable-step'],
    (at, definition) =>
      waitsForAll(definition)
        ? [
            { ...plain(at), next: [{ to: 'loop1' }] },
            ...[task('loop1', 'loop2'), task('loop2', 'loop1')],
          ]
        : null,
  ),
  instead('a token lost at the end of no side path', ['block-structure'], (at) => [
    { ...at, next: [{ to: 'lost' }] },
    pathEnd('lost'),
  ]),
  instead('a dead step', ['unreachable-step'], (at) => [
    at,
    task('dead', at.next[0]?.to ?? 'done'),
  ]),
  instead('a way to nowhere', ['unknown-step'], (at) => [{ ...at, next: [{ to: 'nowhere' }] }]),
  instead('no way on', ['no-way-on'], (at) => [{ ...at, next: [] }]),
  instead('a calculation that goes round', ['automatic-loop'], (at) => [
    { ...plain(at), next: [{ to: 'round1' }] },
    ...[check('round1', 'round2'), check('round2', 'round1')],
  ]),
  instead('a side path without end', ['left-behind'], (at) => [
    { ...at, boundaries: [after('late', 1, 'side1', false)] },
    ...[task('side1', 'side2'), task('side2', 'side1')],
  ]),
  instead('a side path into the run', ['block-structure'], (at) => [
    { ...at, boundaries: [after('late', 1, at.id, false)] },
  ]),
  {
    name: 'a branch that waits for ever',
    found: ['cannot-complete', 'no-end'],
    plant: (definition, nth) => {
      const parallel = blockIn(definition, nth);
      if (!parallel || !waitsForAll(definition)) return null;
      const branches = [...parallel.branches, { id: 'stuck', start: 'stuck1' }];
      const added = [task('stuck1', 'stuck2'), task('stuck2', 'stuck1')];
      return withSteps(definition, [{ ...parallel, branches }], added);
    },
  },
  {
    name: 'two branches that start at one step',
    found: ['two-at-once'],
    plant: (definition, nth) => {
      const parallel = blockIn(definition, nth);
      const [first] = parallel?.branches ?? [];
      if (!parallel || !first) return null;
      const branches = [...parallel.branches, { id: 'again', start: first.start }];
      return withSteps(definition, [{ ...parallel, branches }]);
    },
  },
  {
    name: 'a jump into a block',
    found: ['block-structure', 'left-behind'],
    plant: (definition, nth) => {
      const [first] = blockIn(definition, nth)?.branches ?? [];
      if (!first) return null;
      const jump = task('jump', '', {
        next: [{ to: first.start, when: { cel: 'go0' } }, { to: definition.start }],
      });
      return { ...withSteps(definition, [], [jump]), start: 'jump' };
    },
  },
  {
    name: 'branches that merge without waiting for each other',
    found: ['left-behind'],
    plant: (definition, nth) => {
      const parallel = blockIn(definition, nth);
      const join = definition.steps.find(({ id }) => id === parallel?.join);
      const [beyond] = join?.type === 'join' ? join.next : [];
      const [first] = parallel?.branches ?? [];
      if (!parallel || !beyond || !first) return null;
      // The first branch leads past the join, to where the join leads.
      const branches = [{ ...first, start: 'past' }, ...parallel.branches.slice(1)];
      const added = task('past', 'past2', {
        next: [{ to: first.start, when: { cel: 'go0' } }, { to: 'past2' }],
      });
      return withSteps(definition, [{ ...parallel, branches }], [added, task('past2', beyond.to)]);
    },
  },
  {
    name: 'a join that nothing opens',
    found: ['block-structure'],
    plant: (definition, nth) => {
      const parallel = blockIn(definition, nth);
      const join = definition.steps.find(({ id }) => id === parallel?.join);
      if (join?.type !== 'join') return null;
      return withSteps(definition, [{ ...join, closes: 'nothing' }]);
    },
  },
];

function blockIn(
  { steps }: WorkflowDefinition,
  nth: number,
): (Step & { readonly type: 'parallel' }) | null {
  const blocks = steps.filter((step) => step.type === 'parallel');
  return blocks[nth % Math.max(1, blocks.length)] ?? null;
}
