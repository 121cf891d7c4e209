import type { Task } from '@plumbline/contracts';
import type { WorkflowDefinition } from '@plumbline/workflow-engine';
import type { StoredEvent } from '../runs/index.ts';
import type { TaskColumns } from './task-row.ts';

/** Since when a task is on hold and why; null when it is not. */
export function heldOf(
  stored: readonly StoredEvent[],
  { key, held_at }: TaskColumns,
): Task['held'] {
  if (!held_at) return null;
  const event = stored
    .map((one) => one.event)
    .findLast((one) => one.type === 'task-held' && one.key === key);
  return {
    since: held_at.toISOString(),
    reason: event?.type === 'task-held' ? event.reason : '',
  };
}

/** That a step is asked for again: the how manieth time, and what was said when it was sent back. */
export function reworkOf(
  stored: readonly StoredEvent[],
  definition: WorkflowDefinition,
  { key, step }: TaskColumns,
): Task['rework'] {
  const time = Number(/#(\d+)/.exec(key)?.[1] ?? '1');
  if (time < 2) return null;
  const events = stored.map((one) => one.event);
  const opened = events.findIndex((one) => one.type === 'task-opened' && one.task.key === key);
  const before = events.slice(0, opened < 0 ? undefined : opened);
  const cause = before.findLast(
    (one) =>
      (one.type === 'sent-back' && one.to === step) ||
      (one.type === 'decision-recorded' &&
        one.result !== null &&
        isAskForChanges(definition, one.step, one.result)),
  );
  const reason = cause && 'reason' in cause ? (cause.reason ?? null) : null;
  return { time, reason: reason === '' ? null : reason };
}

function isAskForChanges({ steps }: WorkflowDefinition, id: string, outcome: string): boolean {
  const step = steps.find((one) => one.id === id);
  return (
    step?.type === 'approval' &&
    step.outcomes.some(({ key, effect }) => key === outcome && effect === 'ask-for-changes')
  );
}
