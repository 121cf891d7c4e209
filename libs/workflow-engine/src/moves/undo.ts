import type { Step, UndoStep } from '../definition/definition.ts';
import type { Journal } from './journal.ts';
import { keyOf } from '../run/keys.ts';
import type { Token, Undoable } from '../run/run.ts';

/** Notes that a step was finished by its own work, when it names the step that undoes it. */
export function noteFinished(journal: Journal, step: Step, token: Token): void {
  if (!('undoneBy' in step) || step.undoneBy === undefined) return;
  const { id, undoneBy } = step;
  journal.record({ type: 'step-undoable', key: keyOf(token), step: id, undoneBy });
}

/** Takes the last finished step that is still to be undone; null when nothing is left. */
export function takeLast(journal: Journal, step: UndoStep): Undoable | null {
  const last = journal.state.undoable.findLast(
    (one) => !step.steps || step.steps.includes(one.step),
  );
  if (!last) return null;
  journal.record({ type: 'step-undone', ...last });
  return last;
}
