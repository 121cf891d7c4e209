import type { ParallelStep, Step, StepId, Transition } from '../definition/definition.ts';
import { holds } from '../expressions/expressions.ts';
import { skipTargets } from '../definition/graph.ts';
import type { Journal } from './journal.ts';
import { refuse } from '../run/refused.ts';

/** The step of this id; refuses one that the definition does not have. */
export function stepOf(journal: Journal, id: StepId): Step {
  const step = journal.compiled.steps.get(id);
  return step ?? refuse('cannot-continue', `The workflow has no step “${id}”.`);
}

/** Where the first transition that holds leads. */
export function chosenWay(
  journal: Journal,
  from: StepId,
  transitions: readonly Transition[],
): StepId {
  const { dictionary } = journal.compiled;
  const chosen = transitions.find(({ when }) => !when || holds(when, dictionary, journal.facts));
  return chosen?.to ?? refuse('cannot-continue', `No way on from “${from}” holds.`);
}

/** Where control goes when a step is skipped. */
export function wayPast(journal: Journal, step: Step): StepId {
  if (step.type === 'parallel') return wayPastJoin(journal, step);
  if ('next' in step && step.type !== 'join') return chosenWay(journal, step.id, step.next);
  const [next] = skipTargets(step, journal.compiled.steps);
  return next ?? refuse('cannot-continue', `Nothing follows when “${step.name}” is skipped.`);
}

/** Where control goes from a block of which nothing is started. */
export function wayPastJoin(journal: Journal, { join }: ParallelStep): StepId {
  const step = stepOf(journal, join);
  return step.type === 'join'
    ? chosenWay(journal, step.id, step.next)
    : refuse('cannot-continue', `“${step.name}” is not a join.`);
}

/**
 * Notes that a step failed; gives the way on for that, or null, without a note, when it has none.
 */
export function wayOfFailure(
  journal: Journal,
  step: Step,
  visit: number,
  message: string,
): StepId | null {
  if (!('failed' in step) || step.failed === undefined) return null;
  journal.record({ type: 'step-failed', step: step.id, visit, message });
  return step.failed;
}
