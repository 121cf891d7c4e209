import { requireNoVote } from './decide.ts';
import type { Journal } from './journal.ts';
import { refuse } from '../run/refused.ts';
import type { Command } from '../run/run.ts';
import { requireSeparation } from './separation.ts';
import {
  authorityNow,
  everyoneBehind,
  findTask,
  idsOf,
  requireFree,
  requireNotHeld,
  requireOwnPeople,
  requirePerson,
  requireReason,
  requireRole,
} from './task.ts';

/** Takes a task for oneself; claiming what one already has changes nothing. */
export function claim(journal: Journal, command: Command & { readonly task: string }): void {
  const found = findTask(journal, command.task);
  const { task, step } = found;
  const person = requirePerson(command.by);
  requireNotHeld(task);
  requireOwnPeople(person, step);
  requireRole(journal, person, step, authorityNow(journal, found));
  requireFree(task, person);
  requireSeparation(journal, step, everyoneBehind(person, task));
  requireNoVote(task, idsOf(person));
  if (task.assignee === person.personId) return;
  journal.record({ type: 'task-claimed', key: task.key, assignee: person.personId });
}

/** Gives a task back to everyone with the role. */
export function release(journal: Journal, command: Command & { readonly task: string }): void {
  const { task } = findTask(journal, command.task);
  requireFree(task, requirePerson(command.by));
  if (task.assignee === null) return;
  journal.record({ type: 'task-released', key: task.key, assignee: null });
}

/** Gives a task to a person, or to nobody; never to one whom separation of duties keeps out. */
export function assign(journal: Journal, command: Command & { readonly type: 'assign' }): void {
  const { task, step } = findTask(journal, command.task);
  const { assignee } = command;
  if (assignee !== null) {
    requireSeparation(journal, step, [assignee]);
    requireNoVote(task, [assignee], 'This person has already decided. Choose another.');
  }
  if (task.assignee === assignee) return;
  journal.record({ type: 'task-assigned', key: task.key, assignee });
}

/**
 * Gives the task that one has, or could take, to somebody else. What keeps either side apart from
 * the work stands in the way, now and again when the other acts.
 */
export function delegate(journal: Journal, command: Command & { readonly type: 'delegate' }): void {
  const found = findTask(journal, command.task);
  const { task, step } = found;
  const { to, toRoles, reason } = command;
  const person = requirePerson(command.by);
  const authority = authorityNow(journal, found);
  requireNotHeld(task);
  requireOwnPeople(person, step);
  requireRole(journal, person, step, authority);
  requireFree(task, person);
  requireReason(reason, 'Say why someone else should do it.');
  requireSeparation(journal, step, everyoneBehind(person, task));
  requireNoVote(task, idsOf(person));
  const delegable = step.delegable ?? 'same-role';
  if (idsOf(person).includes(to)) refuse('cannot-delegate', 'Choose someone else than yourself.');
  if (delegable === 'nobody') {
    refuse('cannot-delegate', `“${step.name}” cannot be given on. Release it if you cannot do it.`);
  }
  const wanted = [...authority.seats.map(({ role }) => role), ...authority.helpers];
  const mustHold = delegable === 'same-role' || step.type === 'approval';
  if (mustHold && !toRoles.some((role) => wanted.includes(role))) {
    refuse('cannot-delegate', 'This person does not hold the role. Choose someone who does.');
  }
  requireSeparation(journal, step, [to]);
  requireNoVote(task, [to], 'This person has already decided. Choose another.');
  journal.record({ type: 'task-delegated', key: task.key, assignee: to, reason });
}
