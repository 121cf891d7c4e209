import { isKeepable } from './answer-values.ts';
import { authorityInWords, type Authority } from './authority.ts';
import type { ApprovalStep, FormStep } from './definition.ts';
import { readFact } from './dictionary.ts';
import type { Journal } from './journal.ts';
import { factsOfItem } from './items.ts';
import { keyOf, tokenKeyOf } from './keys.ts';
import { refuse } from './refused.ts';
import type { Actor, OpenTask, Token } from './run.ts';
import { names } from './separation.ts';

/** A person who acts. */
export type Person = Actor & { readonly kind: 'person' };

/** An open task with its step and token. */
export interface FoundTask {
  readonly task: OpenTask;
  readonly step: FormStep | ApprovalStep;
  readonly token: Token;
}

/** The open task of this key, with its item at hand; refuses one that was finished, cancelled or never was. */
export function findTask(journal: Journal, key: string): FoundTask {
  const task = journal.state.tasks.find((open) => open.key === key);
  const token = journal.state.tokens.find((here) => keyOf(here) === tokenKeyOf(key));
  const step = task && journal.compiled.steps.get(task.step);
  if (!task || !token || !step || !('role' in step)) {
    return refuse(
      'unknown-task',
      'This task is not open: it was finished or closed. Look at the run for what is open now.',
    );
  }
  if (step.type !== 'approval') journal.item = factsOfItem(step, task.item);
  return { task, step, token };
}

/** The person who acts; refuses the system, which cannot do the work of people. */
export function requirePerson(by: Actor): Person {
  return by.kind === 'person' ? by : refuse('not-your-role', 'Only a person can do this.');
}

/** Refuses a person without the role. The person whom the record names for a piece of work has it. */
export function requireRole(
  journal: Journal,
  person: Person,
  step: FormStep | ApprovalStep,
  authority: Pick<Authority, 'role' | 'also'>,
): void {
  const { role, also } = authority;
  if (person.roles.includes(role) || (also !== null && person.roles.includes(also))) return;
  const named = step.assignee !== undefined && readFact(journal.facts, step.assignee);
  if (step.type !== 'approval' && named !== false && names(named, person.personId)) return;
  refuse(
    'not-your-role',
    `“${step.name}” is for ${authorityInWords(authority)}. Ask one of them to do it.`,
  );
}

/** Refuses when somebody else has the task. */
export function requireFree(task: OpenTask, person: Person): void {
  if (task.assignee !== null && task.assignee !== person.personId) {
    refuse(
      'taken-by-someone-else',
      'Someone else has this task. Ask them to release it, or have it assigned to you.',
    );
  }
}

/** Refuses a missing reason, and one that cannot be kept. */
export function requireReason(reason: string, wanted: string, required = true): void {
  if (required && reason.trim() === '') refuse('reason-required', wanted);
  if (!isKeepable(reason)) {
    refuse('reason-required', 'The reason has a character that cannot be kept. Type it again.');
  }
}

/** Refuses an adviser at a decision: advisers prepare and never approve. */
export function requireOwnPeople(person: Person, step: FormStep | ApprovalStep): void {
  if (step.type === 'approval' && person.adviser) {
    refuse(
      'adviser-never-approves',
      'Advisers prepare and never approve. Ask someone of the client to decide.',
      { rule: 'SOD-07' },
    );
  }
}
