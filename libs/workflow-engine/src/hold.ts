import { authorityOf } from './authority.ts';
import type { Journal } from './journal.ts';
import { refuse } from './refused.ts';
import type { Command } from './run.ts';
import { requireSeparation } from './separation.ts';
import { findTask, requireFree, requireOwnPeople, requirePerson, requireRole } from './task.ts';

/** Takes a task for oneself; claiming what one already has changes nothing. */
export function claim(journal: Journal, command: Command & { readonly task: string }): void {
  const { task, step } = findTask(journal, command.task);
  const person = requirePerson(command.by);
  requireOwnPeople(person, step);
  requireRole(journal, person, step, authorityOf(step, journal.compiled.dictionary, journal.facts));
  requireFree(task, person);
  requireSeparation(journal, step, person.personId);
  if (task.votes.some(({ personId }) => personId === person.personId)) {
    refuse('already-decided', 'You have already decided. Another approver must decide now.');
  }
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
    requireSeparation(journal, step, assignee);
    if (task.votes.some(({ personId }) => personId === assignee)) {
      refuse('already-decided', 'This person has already decided. Choose another.');
    }
  }
  if (task.assignee === assignee) return;
  journal.record({ type: 'task-assigned', key: task.key, assignee });
}
