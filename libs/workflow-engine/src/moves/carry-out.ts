import { decideByTable, setCalculated } from './automatic.ts';
import { armBoundaries } from './boundaries.ts';
import { deadline } from '../time/calendar.ts';
import type {
  AwaitStep,
  CheckStep,
  EndStep,
  JoinStep,
  ParallelStep,
  PathEndStep,
  Step,
  StepId,
  TableStep,
  TimerStep,
} from '../definition/definition.ts';
import { ExpressionFailure } from '../expressions/expression-failure.ts';
import { type Journal, setFacts } from './journal.ts';
import { keyOf } from '../run/keys.ts';
import { openTask } from './open-task.ts';
import { Refused } from '../run/refused.ts';
import type { Token } from '../run/run.ts';
import { keptSignal, sendSignal, takenFrom, tell } from './signals.ts';
import { noteFinished, takeLast } from './undo.ts';
import { chosenWay, wayOfFailure } from './ways.ts';
import { startWork } from './work.ts';

/** A step that does or waits for something; the others only part, join or end what is open. */
export type DoingStep = Exclude<Step, ParallelStep | JoinStep | PathEndStep | EndStep>;

/** Does what a step does when control comes to it: where to go on at once, or null when it waits. */
export function carryOut(journal: Journal, step: DoingStep, token: Token): StepId | null {
  switch (step.type) {
    case 'form':
    case 'task':
    case 'sub-workflow':
      if (!startWork(journal, step, token)) return chosenWay(journal, step.id, step.next);
      break;
    case 'approval':
      openTask(journal, step, token);
      break;
    case 'timer':
      arm(journal, step, token);
      break;
    case 'await':
      if (hear(journal, step, token)) return chosenWay(journal, step.id, step.next);
      break;
    case 'check':
    case 'table':
      return workOut(journal, step, token);
    case 'signal':
      sendSignal(journal, step, token);
      return chosenWay(journal, step.id, step.next);
    case 'tell':
      tell(journal, step, token);
      noteFinished(journal, step, token);
      return chosenWay(journal, step.id, step.next);
    case 'undo': {
      const last = takeLast(journal, step);
      return last ? last.undoneBy : chosenWay(journal, step.id, step.next);
    }
  }
  armBoundaries(journal, step, token);
  return null;
}

function arm(journal: Journal, step: TimerStep, token: Token): void {
  const { now, calendar } = journal.surroundings;
  // A wait is a length of time that was decided; only deadlines stretch with the factor.
  const dueAt = deadline(now, step.wait, calendar, 1);
  journal.record({ type: 'timer-armed', key: keyOf(token), step: step.id, dueAt, kind: 'wait' });
}

/** Takes a signal that was kept for the step; else waits for one, and gives false. */
function hear(journal: Journal, step: AwaitStep, token: Token): boolean {
  const { id: of, signal, takes } = step;
  const key = keyOf(token);
  const kept = keptSignal(journal, step);
  if (kept) {
    journal.record({ type: 'signal-taken', key, step: of, signal, id: kept.id });
    setFacts(journal, of, takenFrom(journal, takes, kept.facts));
  } else {
    journal.record({ type: 'signal-awaited', key, step: of, signal });
  }
  return kept !== undefined;
}

/** A calculation or a table: on by the way for failures when it fails, or not at all. */
function workOut(journal: Journal, step: CheckStep | TableStep, token: Token): StepId {
  try {
    if (step.type === 'check') setCalculated(journal, step);
    else decideByTable(journal, step);
  } catch (error) {
    const failed = error instanceof ExpressionFailure || error instanceof Refused;
    const way = failed ? wayOfFailure(journal, step, token.visit, error.message) : null;
    if (way === null) throw error;
    return way;
  }
  noteFinished(journal, step, token);
  return chosenWay(journal, step.id, step.next);
}
