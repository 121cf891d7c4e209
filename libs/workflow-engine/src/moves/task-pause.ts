import { escalationTimers } from './escalation-timers.ts';
import type { Journal } from './journal.ts';
import { afterMark } from '../run/keys.ts';
import { refuse } from '../run/refused.ts';
import type { Command, OpenTask } from '../run/run.ts';
import {
  authorityNow,
  findTask,
  requireFree,
  requireNotHeld,
  requirePerson,
  requireReason,
  requireRole,
} from './task.ts';
import { atShare, keptDeadline } from '../time/working-time.ts';

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/** Puts a task on hold: its deadline waits with the timers of its escalation, unless it runs on. */
export function hold(journal: Journal, command: Command & { readonly type: 'hold' }): void {
  const task = requireHolder(journal, command);
  requireNotHeld(task);
  requireReason(command.reason, 'Say what it waits for.');
  const waiting = task.pauses ? escalationTimers(journal, task.key) : [];
  const timers = waiting.map(({ key, dueAt }) => ({ key, dueAt }));
  journal.record({ type: 'task-held', key: task.key, reason: command.reason, timers });
  for (const { key, step } of waiting) journal.record({ type: 'timer-disarmed', key, step });
}

/** Goes on with a task on hold: as much time is left as there was. */
export function goOn(journal: Journal, command: Command & { readonly type: 'continue' }): void {
  const { key, step, held, pauses, dueAt, clock } = requireHolder(journal, command);
  if (!held) return refuse('task-not-on-hold', 'This task is not on hold.');
  const { now, calendar } = journal.surroundings;
  const kept = (at: string): string =>
    pauses ? keptDeadline({ dueAt: at, clock }, held.since, now, calendar) : at;
  journal.record({ type: 'task-continued', key });
  if (dueAt !== null && kept(dueAt) !== dueAt) {
    journal.record({ type: 'deadline-moved', key, dueAt: kept(dueAt) });
  }
  for (const timer of held.timers) {
    const armed = { key: timer.key, step, dueAt: kept(timer.dueAt) };
    journal.record({ type: 'timer-armed', ...armed, kind: 'escalation' });
  }
}

/**
 * Sets another deadline. The levels of the escalation that are still to come are reckoned anew from
 * the opening of the task; whoever calls decides who may do this.
 */
export function moveDeadline(
  journal: Journal,
  command: Command & { readonly type: 'move-deadline' },
): void {
  const { task, step } = findTask(journal, command.task);
  requireNotHeld(task);
  requireReason(command.reason, 'Say why the deadline moves.');
  if (!instant.test(command.dueAt) || Number.isNaN(Date.parse(command.dueAt))) {
    refuse('invalid-facts', 'This is not a date and time. Choose one.');
  }
  const dueAt = new Date(command.dueAt).toISOString();
  const { key, clock } = task;
  if (task.dueAt === dueAt) return;
  journal.record({ type: 'deadline-moved', key, dueAt, reason: command.reason });
  const { now, calendar } = journal.surroundings;
  const openedAt = task.openedAt ?? now;
  for (const timer of escalationTimers(journal, key)) {
    const level = step.escalation?.[Number(afterMark(timer.key, '^')) - 1];
    if (!level) continue;
    const at = atShare(level.at, openedAt, { dueAt, clock }, calendar);
    journal.record({ type: 'deadline-moved', key: timer.key, dueAt: at });
  }
}

/** The task, for somebody who has it or could take it. */
function requireHolder(
  journal: Journal,
  command: Pick<Command & { readonly type: 'continue' }, 'task' | 'by'>,
): OpenTask {
  const found = findTask(journal, command.task);
  const person = requirePerson(command.by);
  requireRole(journal, person, found.step, authorityNow(journal, found));
  requireFree(found.task, person);
  return found.task;
}
