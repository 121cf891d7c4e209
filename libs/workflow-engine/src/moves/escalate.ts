import { noteAuthority, settle } from './decide.ts';
import { readFact } from '../expressions/dictionary.ts';
import { isApproving } from '../people/gate.ts';
import type { Journal } from './journal.ts';
import { afterMark } from '../run/keys.ts';
import { refuse } from '../run/refused.ts';
import { caseOf, separationOf } from './separation.ts';
import { authorityNow, findTask, type FoundTask } from './task.ts';

/** Carries out the level of an escalation chain whose time has come. */
export function escalate(journal: Journal, timer: string): void {
  const found = findTask(journal, timer.slice(0, timer.lastIndexOf('^')));
  const { task, step } = found;
  const level = Number(afterMark(timer, '^'));
  const rule = step.escalation?.[level - 1];
  if (!rule) return refuse('cannot-continue', `“${step.name}” has no level ${level} any more.`);
  const told = { role: null, helps: false, assignee: null, outcome: null };
  const common = { type: 'task-escalated', key: task.key, step: step.id, level } as const;
  switch (rule.action) {
    case 'remind':
      journal.record({ ...common, ...told, action: 'remind' });
      break;
    case 'tell': {
      const helps = !authorityNow(journal, found).byTable;
      journal.record({ ...common, ...told, action: 'tell', role: rule.role, helps });
      noteRaised(journal, found);
      break;
    }
    case 'reassign': {
      const assignee = personOf(journal, found, rule.assignee);
      const role = rule.role ?? null;
      journal.record({ ...common, ...told, action: 'reassign', role, assignee });
      noteRaised(journal, found);
      break;
    }
    case 'settle':
      settleBy(journal, found, { common, outcome: rule.outcome });
  }
}

/** Nothing is ever approved by a clock: an outcome that approves, or none, stops here. */
function settleBy(
  journal: Journal,
  { task, step, token }: FoundTask,
  {
    common,
    outcome: key,
  }: {
    readonly common: {
      readonly type: 'task-escalated';
      readonly key: string;
      readonly step: string;
      readonly level: number;
    };
    readonly outcome: string;
  },
): void {
  const outcome =
    step.type === 'approval' ? step.outcomes.find((each) => each.key === key) : undefined;
  if (step.type !== 'approval' || !outcome || isApproving(outcome)) {
    return refuse('cannot-continue', `A clock cannot settle “${step.name}” by “${key}”.`);
  }
  const event = { ...common, action: 'settle', role: null, helps: false, assignee: null } as const;
  journal.record({ ...event, outcome: key });
  settle(journal, { task, step, token }, outcome, null);
}

/** What the escalation has changed about who may act shows on the task at once. */
function noteRaised(journal: Journal, { task: { key } }: FoundTask): void {
  const found = findTask(journal, key);
  noteAuthority(journal, found.task, authorityNow(journal, found));
}

/** The person of a fact, unless separation of duties or an earlier vote keeps them out. */
function personOf(
  journal: Journal,
  { task, step }: FoundTask,
  fact: string | undefined,
): string | null {
  if (fact === undefined) return null;
  const named = readFact(journal.facts, fact);
  const [only, ...others] = Array.isArray(named) ? (named as readonly unknown[]) : [named];
  if (typeof only !== 'string' || only === '' || others.length > 0) return null;
  const voted = task.votes.some(
    ({ personId, onBehalfOf }) => personId === only || onBehalfOf === only,
  );
  return voted || separationOf(step, only, caseOf(journal)).against ? null : only;
}
