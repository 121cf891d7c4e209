import { callChild } from './automatic.ts';
import type { Facts, FactValue } from '../expressions/condition.ts';
import { readFact } from '../expressions/dictionary.ts';
import {
  type EachStep,
  factsOfItem,
  groupOf,
  isEnough,
  itemNumber,
  itemOf,
  itemsOf,
  recordItem,
} from './items.ts';
import { type Journal, setFacts } from './journal.ts';
import { keyOf } from '../run/keys.ts';
import { openTask } from './open-task.ts';
import { refuse } from '../run/refused.ts';
import type { TaskItem, Token } from '../run/run.ts';

/** What came out of a step, or of one of its items. */
export interface WorkResult {
  /** Key of the task or child run. */
  readonly key: string;
  /** Facts of the run or, when the step is done for each item of a list, of the item. */
  readonly facts: Facts;
  /** The person who did it. */
  readonly by?: string;
  /** Left out by a repair: there is nothing to undo. */
  readonly skipped?: true;
}

/** Starts the work of a step, or of its items; false when it has none to do. */
export function startWork(journal: Journal, step: EachStep, token: Token): boolean {
  const { each } = step;
  if (!each) {
    startOne(journal, step, token, null);
    return true;
  }
  const items = itemsOf(journal, each);
  if (each.collect !== undefined) setFacts(journal, step.id, { [each.collect]: [] });
  if (items.length === 0) return false;
  journal.record({ type: 'items-started', key: keyOf(token), step: step.id, items });
  const first = each.order === 'together' ? items.length : 1;
  items.slice(0, first).forEach((value, at) => {
    startOne(journal, step, token, { n: at + 1, value });
  });
  return true;
}

function startOne(journal: Journal, step: EachStep, token: Token, item: TaskItem | null): void {
  journal.item = factsOfItem(step, item);
  if (step.type === 'sub-workflow') callChild(journal, step, token, item);
  else openTask(journal, step, token, item);
  journal.item = {};
}

/** Notes what came out and starts the next item, if there is one; true when the step is done. */
export function finishWork(
  journal: Journal,
  step: EachStep,
  token: Token,
  { key, facts, by }: WorkResult,
): boolean {
  const n = itemNumber(key);
  const before = groupOf(journal, token);
  if (n === null) {
    journal.item = {};
    setFacts(journal, step.id, { ...facts, ...performerOf(journal, step, by, false) });
    return true;
  }
  const { each } = step;
  if (!each || !before) return refuse('unknown-task', 'This item is not at work any more.');
  recordItem(journal, { step, token, n }, facts);
  const known = before.finished.length > 0;
  setFacts(journal, step.id, performerOf(journal, step, by, known));
  const group = groupOf(journal, token) ?? before;
  journal.item = { ...factsOfItem(step, itemOf(group, n)), ...facts };
  const done = isEnough(journal, each, group);
  journal.item = {};
  if (!done && each.order === 'one-by-one') {
    startOne(journal, step, token, itemOf(group, group.finished.length + 1));
  }
  return done;
}

/** The performer as a fact; a fact of people gathers everybody who finished an item. */
function performerOf(
  journal: Journal,
  step: EachStep,
  by: string | undefined,
  others: boolean,
): Readonly<Record<string, FactValue>> {
  if (by === undefined || step.type === 'sub-workflow' || step.performer === undefined) return {};
  const { performer } = step;
  const type = journal.compiled.dictionary.declarations.get(performer)?.type;
  if (type?.kind !== 'people') return { [performer]: by };
  const before = others ? readFact(journal.facts, performer) : null;
  const people = Array.isArray(before) ? (before as readonly string[]) : [];
  return { [performer]: [...new Set([...people, by])] };
}
