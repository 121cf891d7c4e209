import { authorityOf } from './authority.ts';
import { deadline, endOfDate } from './calendar.ts';
import type { ApprovalStep, FormStep } from './definition.ts';
import { readFact } from './dictionary.ts';
import { holds } from './expressions.ts';
import type { Journal } from './journal.ts';
import type { Token } from './run.ts';
import { caseOf, separationOf } from './separation.ts';

/** The key of a step's task, timer or child: `<step>#<visit>`. */
export function keyOf({ step, visit }: Pick<Token, 'step' | 'visit'>): string {
  return `${step}#${visit}`;
}

/** Opens the task of a step that waits for people. */
export function openTask(journal: Journal, step: FormStep | ApprovalStep, token: Token): void {
  journal.record({
    type: 'task-opened',
    task: {
      key: keyOf(token),
      step: step.id,
      ...authorityOf(step, journal.compiled.dictionary, journal.facts),
      assignee: firstAssignee(journal, step),
      dueAt: dueAt(journal, step),
      votes: [],
    },
  });
}

function dueAt(journal: Journal, step: FormStep | ApprovalStep): string | null {
  const { dictionary } = journal.compiled;
  const rule = step.due?.find(({ when }) => !when || holds(when, dictionary, journal.facts));
  const { now, calendar } = journal.surroundings;
  if (!rule) return null;
  if ('on' in rule.due) return endOfDate(readFact(journal.facts, rule.due.on), calendar);
  return deadline(now, rule.due, calendar);
}

/** The person whom the fact names, unless separation of duties would refuse them anyway. */
function firstAssignee(journal: Journal, step: FormStep | ApprovalStep): string | null {
  if (step.assignee === undefined) return null;
  const named = readFact(journal.facts, step.assignee);
  const [only, ...others] = Array.isArray(named) ? (named as readonly unknown[]) : [named];
  if (typeof only !== 'string' || only === '' || others.length > 0) return null;
  return separationOf(step, only, caseOf(journal)).against ? null : only;
}
