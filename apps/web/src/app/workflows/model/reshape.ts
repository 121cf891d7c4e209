import type { Step, StepId } from '@plumbline/workflow-engine';
import {
  type Command,
  type Design,
  freeName,
  nameOf,
  type Place,
  refused,
  stepOf,
  withStep,
  withSteps,
} from './design.ts';
import { blockOf } from './remove-step.ts';
import { newBlock, newStep, type StarterWords } from './verbs.ts';
import { mainWay, waysInto, withTargets } from './ways.ts';

/** Puts a step side by side with new work: a parallel block around both. */
export function wrapParallel(id: StepId, words: StarterWords): Command {
  return (design) => {
    const step = stepOf(design, id);
    const main = step && mainWay(step);
    if (!step || !main || step.type === 'join' || step.type === 'parallel') {
      return refused(design, 'cannotWrap', { name: nameOf(design, id) });
    }
    const [split, , beside, join] = newBlock(design, { stage: step.stage, to: main.to }, words);
    if (split.type !== 'parallel' || join.type !== 'join') return refused(design, 'nothing');
    const block: Step = {
      ...split,
      branches: [
        { id: 'a', start: id, label: step.name },
        { id: 'b', start: beside.id, label: beside.name },
      ],
    };
    const after: Step = 'next' in step ? { ...join, next: step.next } : join;
    const inside = withTargets(
      step.type === 'approval'
        ? step
        : { ...step, ...('next' in step && { next: [{ to: join.id }] }) },
      (way) => (way.to === main.to && way.kind === 'outcome' ? join.id : way.to),
    );
    const steps = design.definition.steps.flatMap((one) => {
      if (one.id === id) return [block, inside, beside, after];
      return [
        withTargets(one, (way) =>
          way.to === id && way.kind !== 'send-back' && way.kind !== 'undone-by' ? block.id : way.to,
        ),
      ];
    });
    const start = design.definition.start === id ? block.id : design.definition.start;
    return {
      design: { ...design, definition: { ...design.definition, start, steps } },
      said: { key: 'wrapped', values: { name: step.name } },
      select: beside.id,
    };
  };
}

/** Adds one more branch, with work in it, to the block of a split or join. */
export function addBranch(id: StepId, words: StarterWords): Command {
  return (design) => {
    const block = blockOf(design, id);
    if (!block) return refused(design, 'cannotWrap', { name: nameOf(design, id) });
    const { split, join } = block;
    const name = words.names.task;
    const taken = design.definition.steps.map((step) => step.id);
    const start = freeName(name, taken);
    const work = newStep(
      'task',
      { id: start, stage: split.stage, name, to: join.id, back: null },
      words,
    );
    const branch = freeName(
      'branch',
      split.branches.map((one) => one.id),
    );
    const at = design.definition.steps.findIndex((step) => step.id === join.id);
    const steps = design.definition.steps.map((step) =>
      step.id === split.id
        ? { ...split, branches: [...split.branches, { id: branch, start, label: name }] }
        : step,
    );
    return {
      design: withSteps(design, [...steps.slice(0, at), work, ...steps.slice(at)]),
      said: { key: 'branchAdded', values: { from: split.name, to: name } },
      select: start,
    };
  };
}

/** Moves a step one place earlier or later on its way, leaving what it does as it is. */
export function shift(id: StepId, by: 'earlier' | 'later'): Command {
  return (design) => {
    const step = stepOf(design, id);
    const main = step && mainWay(step);
    const no = refused(design, 'cannotMove', { name: nameOf(design, id) });
    if (!step || !main || step.type === 'parallel' || step.type === 'join') return no;
    const before = waysInto(design, id).filter(({ kind }) => kind === 'next' || kind === 'outcome');
    if (by === 'earlier') {
      const only = before.length === 1 ? before[0] : undefined;
      const previous = only && stepOf(design, only.from);
      if (!previous || !movable(previous) || mainWay(previous)?.id !== only.id) return no;
      return swapped(design, previous, step, 'movedEarlier');
    }
    const next = stepOf(design, main.to);
    if (!next || !movable(next) || waysInto(design, next.id).length !== 1) return no;
    const { design: after, said } = swapped(design, step, next, 'movedLater');
    return { design: after, said: { ...said, values: { name: step.name } }, select: id };
  };
}

const movable = (step: Step): boolean =>
  step.type !== 'parallel' && step.type !== 'join' && mainWay(step) !== null;

/** Two steps of which the first leads to the second, the other way round. */
function swapped(
  design: Design,
  first: Step,
  second: Step,
  key: 'movedEarlier' | 'movedLater',
): { design: Design; said: { key: typeof key; values: { name: string } }; select: StepId } {
  const intoFirst = mainWay(first);
  const onward = mainWay(second);
  const steps = design.definition.steps.map((step) =>
    withTargets(step, (way) => {
      if (way.id === intoFirst?.id) return onward?.to ?? way.to;
      if (way.id === onward?.id) return first.id;
      const forward = way.kind !== 'send-back' && way.kind !== 'undone-by';
      return forward && way.to === first.id && way.from !== second.id ? second.id : way.to;
    }),
  );
  const a = steps.findIndex(({ id }) => id === first.id);
  const b = steps.findIndex(({ id }) => id === second.id);
  const order = [...steps];
  [order[a], order[b]] = [steps[b]!, steps[a]!];
  const start = design.definition.start === first.id ? second.id : design.definition.start;
  return {
    design: { ...design, definition: { ...design.definition, start, steps: order } },
    said: { key, values: { name: second.name } },
    select: second.id,
  };
}

/** Gives a step another id everywhere; runs find their step by it, so it is for new steps only. */
export function renameId(from: StepId, to: StepId): Command {
  return (design) => {
    const { definition } = design;
    const step = stepOf(design, from);
    if (!step || from === to || definition.steps.some(({ id }) => id === to)) {
      return refused(design, 'nothing');
    }
    const swap = (id: StepId): StepId => (id === from ? to : id);
    const steps = definition.steps.map((one) => {
      let named = withTargets(one, (way) => swap(way.to));
      if ('separation' in named && named.separation) {
        const separation = named.separation.map((rule) =>
          rule.steps ? { ...rule, steps: rule.steps.map(swap) } : rule,
        );
        named = { ...named, separation };
      }
      if (named.type === 'undo' && named.steps) named = { ...named, steps: named.steps.map(swap) };
      if (named.type === 'parallel') named = { ...named, join: swap(named.join) };
      if (named.type === 'join') named = { ...named, closes: swap(named.closes) };
      return named.id === from ? { ...named, id: to } : named;
    });
    const layout = Object.fromEntries(
      Object.entries(design.layout).map(([id, place]) => [swap(id), place]),
    );
    return {
      design: { definition: { ...definition, start: swap(definition.start), steps }, layout },
      said: { key: 'renamed', values: { name: to } },
      select: to,
    };
  };
}

/** Puts steps into another stage. */
export function moveToStage(ids: readonly StepId[], stage: string): Command {
  return (design) => {
    const name = design.definition.stages.find(({ key }) => key === stage)?.name;
    if (name === undefined) return refused(design, 'nothing');
    const steps = design.definition.steps.map((step) =>
      ids.includes(step.id) && step.stage !== stage ? { ...step, stage } : step,
    );
    const values = { stage: name, name: nameOf(design, ids[0] ?? ''), count: ids.length };
    return { design: withSteps(design, steps), said: { key: 'staged', values } };
  };
}

/** Puts steps where they were dragged; the others stay where they stand now. */
export function moveSteps(
  moved: Readonly<Record<StepId, Place>>,
  standing: ReadonlyMap<StepId, Place>,
): Command {
  return (design) => {
    const ids = Object.keys(moved);
    const values = { name: nameOf(design, ids[0] ?? ''), count: ids.length };
    return {
      design: { ...design, layout: { ...Object.fromEntries(standing), ...moved } },
      said: { key: 'moved', values },
    };
  };
}

/** Lays the canvas out anew. */
export const tidy: Command = (design) => ({
  design: Object.keys(design.layout).length === 0 ? design : { ...design, layout: {} },
  said: { key: 'tidied', values: {} },
});

/** Sets one property of a step; `undefined` takes it away. */
export function setProperty(id: StepId, key: string, value: unknown): Command {
  return (design) => {
    const step = stepOf(design, id);
    if (!step) return refused(design, 'nothing');
    return {
      design: withStep(design, withProperty(step, key, value)),
      said: { key: key === 'name' ? 'renamed' : 'changed', values: { name: step.name } },
    };
  };
}

/** The object with one property set; `undefined` takes it away. */
export function withProperty<T extends object>(target: T, key: string, value: unknown): T {
  if (value !== undefined) return Object.assign({}, target, { [key]: value });
  const copy = { ...target };
  Reflect.deleteProperty(copy, key);
  return copy;
}
