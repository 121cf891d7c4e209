import type { Journal } from './journal.ts';
import { afterMark } from '../run/keys.ts';
import { refuse } from '../run/refused.ts';
import type { Command, OpenTask, OpenTimer } from '../run/run.ts';
import { requireReason } from './task.ts';
import { type Clock, keptDeadline } from '../time/working-time.ts';

/** Lets a run stand still, with a reason: nothing happens in it until it is resumed. */
export function suspend(journal: Journal, command: Command & { readonly type: 'suspend' }): void {
  requireReason(command.reason, 'Say why the run is suspended.');
  journal.record({ type: 'run-suspended', reason: command.reason });
}

/**
 * Lets a suspended run go on. What was still ahead when it was suspended is as far ahead again:
 * deadlines by their own clock, waits and boundaries by plain time.
 */
export function resume(journal: Journal, command: Command & { readonly type: 'resume' }): void {
  const { suspended, tasks, timers } = journal.state;
  if (!suspended) return refuse('run-not-suspended', 'The run is not suspended: it goes on.');
  requireReason(command.reason, 'Say why the run goes on.');
  journal.record({ type: 'run-resumed', reason: command.reason });
  const { now, calendar } = journal.surroundings;
  const move = (key: string, dueAt: string, clock: Clock): void => {
    const kept = keptDeadline({ dueAt, clock }, suspended.since, now, calendar);
    if (kept !== dueAt) journal.record({ type: 'deadline-moved', key, dueAt: kept });
  };
  for (const task of tasks) {
    if (task.dueAt !== null && !standsStill(task)) move(task.key, task.dueAt, task.clock);
  }
  for (const timer of timers) move(timer.key, timer.dueAt, clockOf(timer, tasks));
}

/** The time that a task was on hold is given back, suspended or not, when it goes on. */
function standsStill({ held, pauses }: OpenTask): boolean {
  return held !== null && pauses;
}

/** An escalation runs by the clock of its task. */
function clockOf({ kind, key }: OpenTimer, tasks: readonly OpenTask[]): Clock {
  if (kind !== 'escalation') return 'calendar';
  const level = afterMark(key, '^') ?? '';
  const task = tasks.find((open) => `${open.key}^${level}` === key);
  return task?.clock ?? 'calendar';
}
