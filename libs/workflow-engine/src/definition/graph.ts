import type { Boundary, Step, StepId, Transition, UndoStep } from './definition.ts';

/** One way out of a step. */
export interface Exit {
  readonly to: StepId;
  readonly by:
    'next' | 'outcome' | 'send-back' | 'branch' | 'failed' | 'boundary' | 'beside' | 'undo';
  /** The key of the outcome, branch or boundary, or the step undone; empty for others. */
  readonly key: string;
  /** Where it is written, inside its step: `next.0`, `outcomes.reject` … */
  readonly place: string;
}

/**
 * Every way out of a step by its own work, and what its boundaries start: `boundary` leaves the
 * step, `beside` starts a side path. Skipping is {@link skipTargets}.
 */
export function exitsOf(step: Step, steps: ReadonlyMap<StepId, Step>): readonly Exit[] {
  return [
    ...ownExits(step),
    ...(step.type === 'undo' ? undoExits(step, steps) : []),
    ...('failed' in step && step.failed !== undefined
      ? [{ to: step.failed, by: 'failed' as const, key: '', place: 'failed' }]
      : []),
    ...boundariesOf(step).map(({ id, interrupts, to }): Exit => ({
      ...{ to, by: interrupts ? 'boundary' : 'beside', key: id, place: `boundaries.${id}` },
    })),
  ];
}

/** The boundaries of a step; none for one that does not wait. */
export function boundariesOf(step: Step): readonly Boundary[] {
  return 'boundaries' in step ? (step.boundaries ?? []) : [];
}

/** The steps that an undo step may undo, in the order of the definition. */
function undoExits(step: UndoStep, steps: ReadonlyMap<StepId, Step>): readonly Exit[] {
  return [...steps.values()].flatMap((other) =>
    'undoneBy' in other &&
    other.undoneBy !== undefined &&
    (!step.steps || step.steps.includes(other.id))
      ? [{ to: other.undoneBy, by: 'undo' as const, key: other.id, place: 'steps' }]
      : [],
  );
}

function ownExits(step: Step): readonly Exit[] {
  switch (step.type) {
    case 'form':
    case 'task':
      return [
        ...transitionsOf(step.next),
        ...(step.sendBackTo ?? []).map((to): Exit => ({
          ...{ to, by: 'send-back', key: '', place: 'sendBackTo' },
        })),
      ];
    case 'approval':
      return step.outcomes.map(({ to, key }): Exit => ({
        ...{ to, by: 'outcome', key, place: `outcomes.${key}` },
      }));
    case 'parallel':
      return step.branches.map(({ start, id }): Exit => ({
        ...{ to: start, by: 'branch', key: id, place: `branches.${id}` },
      }));
    case 'end':
    case 'path-end':
      return [];
    default:
      return transitionsOf(step.next);
  }
}

function transitionsOf(transitions: readonly Transition[]): readonly Exit[] {
  return transitions.map(({ to }, at): Exit => ({ to, by: 'next', key: '', place: `next.${at}` }));
}

/** Where control may go when the step is skipped; nothing for a step that cannot be. */
export function skipTargets(step: Step, steps: ReadonlyMap<StepId, Step>): readonly StepId[] {
  switch (step.type) {
    case 'approval': {
      const passed =
        step.outcomes.find(({ effect }) => effect === 'approve') ??
        step.outcomes.find(({ effect }) => effect === 'approve-with-conditions');
      return passed ? [passed.to] : [];
    }
    case 'parallel': {
      const join = steps.get(step.join);
      return join?.type === 'join' ? join.next.map(({ to }) => to) : [];
    }
    case 'join':
    case 'end':
    case 'path-end':
      return [];
    default:
      return step.next.map(({ to }) => to);
  }
}

/** Whether control can come from one step to another without being sent back. */
export function reaches(from: StepId, to: StepId, steps: ReadonlyMap<StepId, Step>): boolean {
  const seen = new Set<StepId>();
  const pending = [from];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (id === to) return true;
    const step = steps.get(id);
    if (!step || seen.has(id)) continue;
    seen.add(id);
    for (const exit of exitsOf(step, steps)) if (exit.by !== 'send-back') pending.push(exit.to);
    if (step.when) pending.push(...skipTargets(step, steps));
  }
  return false;
}
