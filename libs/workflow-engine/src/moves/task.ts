import { isKeepable } from '../forms/answer-values.ts';
import { type Authority, authorityOf, rolesInWords } from '../people/authority.ts';
import type { ApprovalStep, FormStep } from '../definition/definition.ts';
import { readFact } from '../expressions/dictionary.ts';
import { escalationTimers } from './escalation-timers.ts';
import { factsOfItem } from './items.ts';
import type { Journal } from './journal.ts';
import { keyOf, tokenKeyOf } from '../run/keys.ts';
import { refuse } from '../run/refused.ts';
import type { Actor, OpenTask, Token } from '../run/run.ts';
import { rolesOf } from '../people/seats.ts';
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

/**
 * Who must finish the task now. For a decision it is asked again on the facts of this moment; work
 * keeps the role that it was opened for.
 */
export function authorityNow(journal: Journal, { task, step }: FoundTask): Authority {
  if (step.type === 'approval') {
    return authorityOf(step, journal.compiled.dictionary, journal.facts, task);
  }
  const role = task.raisedTo ?? task.role;
  const { helpers } = task;
  return {
    ...{ role, also: null, needed: 1, blocked: null, ordered: false, blind: false, helpers },
    ...{ seats: [{ role, count: 1 }], veto: 'everyone', byTable: false },
  };
}

/**
 * The person who acts; refuses the system, which cannot do the work of people, and an adviser who
 * acts for somebody of the client.
 */
export function requirePerson(by: Actor): Person {
  if (by.kind !== 'person') return refuse('not-your-role', 'Only a person can do this.');
  if (by.adviser && by.onBehalfOf) {
    refuse('adviser-never-approves', 'Advisers stand in for nobody. Act in your own name.', {
      rule: 'SOD-07',
    });
  }
  return by;
}

/** The roles that count: those of the person and of whom they represent. */
export function rolesOfPerson({ roles, onBehalfOf }: Person): readonly string[] {
  return onBehalfOf ? [...roles, ...onBehalfOf.roles] : roles;
}

/** The person and whom they represent. */
export function idsOf({ personId, onBehalfOf }: Person): readonly string[] {
  return onBehalfOf ? [personId, onBehalfOf.personId] : [personId];
}

/** Everybody in whose name something is done: also those who gave the task on to the person. */
export function everyoneBehind(person: Person, task: OpenTask): readonly string[] {
  const givers = task.assignee === person.personId ? task.delegatedBy : [];
  return [...new Set([...idsOf(person), ...givers])];
}

/** Refuses a person without the role. The person whom the record names for a piece of work has it. */
export function requireRole(
  journal: Journal,
  person: Person,
  step: FormStep | ApprovalStep,
  authority: Pick<Authority, 'seats' | 'helpers'>,
): void {
  const wanted = rolesOf(authority);
  if (rolesOfPerson(person).some((role) => wanted.includes(role))) return;
  const named = step.assignee !== undefined && readFact(journal.facts, step.assignee);
  const isNamed = named !== false && idsOf(person).some((personId) => names(named, personId));
  if (step.type !== 'approval' && isNamed) return;
  refuse(
    'not-your-role',
    `“${step.name}” is for ${rolesInWords(wanted)}. Ask one of them to do it.`,
  );
}

/** Refuses when somebody else has the task; a deputy may take what the person represented has. */
export function requireFree(task: OpenTask, person: Person): void {
  if (task.assignee !== null && !idsOf(person).includes(task.assignee)) {
    refuse(
      'taken-by-someone-else',
      'Someone else has this task. Ask them to release it, or have it assigned to you.',
    );
  }
}

/** Refuses what would go on with a task that is on hold. */
export function requireNotHeld(task: OpenTask): void {
  if (task.held) refuse('task-on-hold', 'This task is on hold. Continue it first.');
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

/** Closes a task that is done, with the timers of its escalation. */
export function closeTask(journal: Journal, { key, step }: Pick<OpenTask, 'key' | 'step'>): void {
  journal.record({ type: 'task-closed', key, why: 'done' });
  for (const timer of escalationTimers(journal, key)) {
    journal.record({ type: 'timer-disarmed', key: timer.key, step });
  }
}
