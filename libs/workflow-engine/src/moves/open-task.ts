import { chosenFor } from './assignment.ts';
import { authorityOf, shownOnTask } from '../people/authority.ts';
import { deadline, endOfDate } from '../time/calendar.ts';
import type { ApprovalStep, DueRule, FormStep } from '../definition/definition.ts';
import { readFact } from '../expressions/dictionary.ts';
import { holds } from '../expressions/expressions.ts';
import { armEscalation } from './escalation-timers.ts';
import type { Journal } from './journal.ts';
import { itemKey, keyOf } from '../run/keys.ts';
import { blankTask } from '../run/restored.ts';
import type { OpenTask, TaskItem, Token } from '../run/run.ts';
import { caseOf, separationOf } from './separation.ts';

/** Opens the task of a step that waits for people, or of one item whose facts are at hand. */
export function openTask(
  journal: Journal,
  step: FormStep | ApprovalStep,
  token: Token,
  item: TaskItem | null = null,
): void {
  const { dictionary } = journal.compiled;
  const authority = shownOnTask(authorityOf(step, dictionary, journal.facts));
  const assignee =
    firstAssignee(journal, step) ?? chosenFor(journal, step, { ...authority, votes: [] });
  const task: OpenTask = {
    ...blankTask,
    key: item ? itemKey(keyOf(token), item.n) : keyOf(token),
    item,
    step: step.id,
    ...authority,
    assignee,
    ...deadlineOf(journal, step, journal.surroundings.now),
    votes: [],
    openedAt: journal.surroundings.now,
  };
  journal.record({ type: 'task-opened', task });
  armEscalation(journal, task, step.escalation);
}

/** The deadline of a step's work that was opened at this instant, on the facts at hand. */
export function deadlineOf(
  journal: Journal,
  step: FormStep | ApprovalStep,
  openedAt: string,
): Pick<OpenTask, 'dueAt' | 'clock' | 'pauses'> {
  const { dictionary } = journal.compiled;
  const rule = step.due?.find(({ when }) => !when || holds(when, dictionary, journal.facts));
  const parts = { clock: clockOf(rule), pauses: rule?.pauses ?? true };
  return { dueAt: dueAt(journal, rule, openedAt), ...parts };
}

function dueAt(journal: Journal, rule: DueRule | undefined, openedAt: string): string | null {
  const { calendar } = journal.surroundings;
  if (!rule) return null;
  if ('on' in rule.due) return endOfDate(readFact(journal.facts, rule.due.on), calendar);
  return deadline(openedAt, rule.due, calendar);
}

/** A date out of a fact is a date, whatever happens; other deadlines move when time is taken out. */
function clockOf(rule: DueRule | undefined): OpenTask['clock'] {
  if (!rule) return 'working';
  if ('on' in rule.due) return 'fixed';
  return rule.due.unit === 'calendar-days' ? 'calendar' : 'working';
}

/** The person whom the fact names, unless away or kept out by separation of duties anyway. */
function firstAssignee(journal: Journal, step: FormStep | ApprovalStep): string | null {
  if (step.assignee === undefined) return null;
  const named = readFact(journal.facts, step.assignee);
  const [only, ...others] = Array.isArray(named) ? (named as readonly unknown[]) : [named];
  if (typeof only !== 'string' || only === '' || others.length > 0) return null;
  const away = journal.surroundings.candidates?.some(
    (candidate) => candidate.personId === only && candidate.away,
  );
  return away || separationOf(step, only, caseOf(journal)).against ? null : only;
}
