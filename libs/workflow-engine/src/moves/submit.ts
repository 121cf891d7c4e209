import { Advance } from './advance.ts';
import { checkAnswers, completeAnswers } from '../forms/answers.ts';
import type { Journal } from './journal.ts';
import { refuse } from '../run/refused.ts';
import type { Command } from '../run/run.ts';
import { requireSeparation } from './separation.ts';
import {
  authorityNow,
  closeTask,
  everyoneBehind,
  findTask,
  type FoundTask,
  requireFree,
  requireNotHeld,
  requirePerson,
  requireReason,
  requireRole,
} from './task.ts';

/** Finishes a form or task: its answers become facts and the run moves on. */
export function submit(journal: Journal, command: Command & { readonly type: 'submit' }): void {
  const found = findTask(journal, command.task);
  const { task, step, token } = found;
  if (step.type === 'approval') {
    return refuse('unknown-outcome', `“${step.name}” is a decision. Choose an outcome.`);
  }
  const person = requirePerson(command.by);
  requireNotHeld(task);
  requireRole(journal, person, step, authorityNow(journal, found));
  requireFree(task, person);
  const waived = requireSeparation(journal, step, everyoneBehind(person, task));
  const { dictionary } = journal.compiled;
  const problems = checkAnswers(step.form, dictionary, journal.facts, command.answers);
  if (problems.length > 0) {
    refuse('invalid-answers', 'Some answers are missing or wrong. Mend them, then submit again.', {
      problems,
    });
  }
  const facts = completeAnswers(step.form, dictionary, journal.facts, command.answers);
  journal.record({
    type: 'task-submitted',
    key: task.key,
    step: step.id,
    answers: command.answers,
    waived,
  });
  closeTask(journal, task);
  new Advance(journal).finish(step, token, { key: task.key, facts, by: person.personId });
}

/** Sends a piece of work back to an earlier step, with a reason. */
export function sendBack(
  journal: Journal,
  command: Command & { readonly type: 'send-back' },
): void {
  const found = findTask(journal, command.task);
  const { task, step, token } = found;
  const person = requirePerson(command.by);
  requireNotHeld(task);
  requireRole(journal, person, step, authorityNow(journal, found));
  requireFree(task, person);
  requireTarget(journal, found, command.to);
  requireReason(command.reason, 'Say why it goes back and what should change.');
  requireSeparation(journal, step, everyoneBehind(person, task));
  const { to, reason } = command;
  journal.record({ type: 'sent-back', key: task.key, step: step.id, to, reason });
  closeTask(journal, task);
  new Advance(journal).leave(token, to);
}

function requireTarget(journal: Journal, { step }: FoundTask, to: string): void {
  if (step.type === 'approval') {
    refuse('cannot-send-back', 'A decision is sent back by an outcome. Choose one.');
  }
  const targets = step.sendBackTo ?? [];
  if (!targets.includes(to) || !journal.state.visits[to]) {
    const possible = targets
      .filter((target) => journal.state.visits[target])
      .map((target) => `“${journal.compiled.steps.get(target)?.name ?? target}”`);
    refuse(
      'cannot-send-back',
      possible.length > 0
        ? `This can be sent back to ${possible.join(', ')}.`
        : 'There is no earlier step that this can be sent back to.',
    );
  }
}
