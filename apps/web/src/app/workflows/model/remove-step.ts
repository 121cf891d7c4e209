import type { JoinStep, ParallelStep, Step, StepId } from '@plumbline/workflow-engine';
import { type Command, type Design, nameOf, refused, stepOf, withSteps } from './design.ts';
import { mainWay, waysOf, withTargets } from './ways.ts';

/** Takes steps away; what led to one leads to where it led. A split and its join go together. */
export function removeSteps(ids: readonly StepId[]): Command {
  return (design) => {
    const names = ids.map((id) => nameOf(design, id));
    let left = design;
    for (const id of ids) left = removed(left, id);
    if (left === design) return refused(design, 'cannotRemove', { name: names[0] ?? '' });
    const one = ids.length === 1;
    return {
      design: left,
      said: {
        key: one ? 'removed' : 'removedMany',
        values: { name: names[0] ?? '', count: ids.length },
      },
      select: null,
    };
  };
}

/** Takes a parallel block's frame away: its branches are done one after another. */
export function unwrap(id: StepId): Command {
  return (design) => {
    const block = blockOf(design, id);
    if (!block) return refused(design, 'cannotRemove', { name: nameOf(design, id) });
    return {
      design: withoutBlock(design, block),
      said: { key: 'unwrapped', values: { name: block.split.name } },
      select: block.split.branches[0]?.start ?? null,
    };
  };
}

interface Block {
  readonly split: ParallelStep;
  readonly join: JoinStep;
}

/** The block that a split or a join belongs to. */
export function blockOf(design: Design, id: StepId): Block | null {
  const step = stepOf(design, id);
  const split = step?.type === 'join' ? stepOf(design, step.closes) : step;
  const join = split?.type === 'parallel' ? stepOf(design, split.join) : undefined;
  return split?.type === 'parallel' && join?.type === 'join' ? { split, join } : null;
}

function removed(design: Design, id: StepId): Design {
  const step = stepOf(design, id);
  if (!step) return design;
  const block = blockOf(design, id);
  if (block) return withoutBlock(design, block);
  const to = mainWay(step)?.to ?? null;
  return without(design, step, to === id ? null : to);
}

/** Without the step; ways into it lead to `to`, or go when there is nowhere to lead. */
function without(design: Design, { id }: Step, to: StepId | null): Design {
  const { definition } = design;
  const steps = definition.steps
    .filter((step) => step.id !== id)
    .map((step) => {
      const led = withTargets(step, (way) => {
        if (way.to !== id) return way.to;
        // Nobody sends back to, or undoes by, what comes after.
        if (way.kind === 'send-back' || way.kind === 'undone-by') return null;
        return to;
      });
      return withoutMention(withoutTwins(led), id);
    });
  const start = definition.start === id ? (to ?? steps[0]?.id ?? '') : definition.start;
  const { [id]: _gone, ...layout } = design.layout;
  return { definition: { ...definition, start, steps }, layout };
}

/** A way without a condition to where the last one leads anyway says nothing. */
function withoutTwins(step: Step): Step {
  if (!('next' in step)) return step;
  const last = step.next.at(-1);
  const next = step.next.filter((way) => way === last || way.when || way.to !== last?.to);
  return next.length === step.next.length ? step : { ...step, next };
}

/** Rules that speak of the step no longer do. */
function withoutMention(step: Step, id: StepId): Step {
  let left = step;
  if ('separation' in left && left.separation?.some(({ steps }) => steps?.includes(id))) {
    const separation = left.separation.map((rule) =>
      rule.steps ? { ...rule, steps: rule.steps.filter((one) => one !== id) } : rule,
    );
    left = { ...left, separation };
  }
  if (left.type === 'undo' && left.steps?.includes(id)) {
    left = { ...left, steps: left.steps.filter((one) => one !== id) };
  }
  return left;
}

/** The branches one after another, without what held them together. */
function withoutBlock(design: Design, { split, join }: Block): Design {
  const framed = (id: StepId): boolean => id === split.id || id === join.id;
  const onward = mainWay(join)?.to ?? null;
  const after = onward !== null && framed(onward) ? null : onward;
  const starts = split.branches.map(({ start }) => start).filter((id) => !framed(id));
  // The steps of each branch: what is reached from its start before the join.
  const inside = starts.map((start) => {
    const seen = new Set<StepId>();
    const pending = [start];
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      const step = stepOf(design, id);
      if (!step || id === join.id || seen.has(id)) continue;
      seen.add(id);
      pending.push(...waysOf(step).map(({ to }) => to));
    }
    return seen;
  });
  const steps = design.definition.steps.map((step) =>
    withTargets(step, (way) => {
      if (way.to !== join.id) return way.to;
      const branch = inside.findIndex((ids) => ids.has(way.from));
      return (branch < 0 ? undefined : starts[branch + 1]) ?? after;
    }),
  );
  const bare = withSteps(design, steps);
  return without(without(bare, join, after), split, starts[0] ?? after);
}
