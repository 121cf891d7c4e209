import type { Compiled } from '../definition/compiled.ts';
import type { Facts, FactType, FactValue } from '../expressions/condition.ts';
import type { EachRule, FormStep, SubWorkflowStep } from '../definition/definition.ts';
import { readFact } from '../expressions/dictionary.ts';
import { holds } from '../expressions/expressions.ts';
import { factsAtHand, type Journal } from './journal.ts';
import { afterMark, keyOf } from '../run/keys.ts';
import { refuse } from '../run/refused.ts';
import type { ItemGroup, RunState, Surroundings, TaskItem, Token } from '../run/run.ts';

/** A step that may be done once for each item of a list. */
export type EachStep = FormStep | SubWorkflowStep;

/** The most items that a step is done for at once. */
export const maxItems = 200;

/** The items of a list fact, each as the fact for one item holds it; none when it is unknown. */
export function itemsOf(journal: Journal, { over, as }: EachRule): readonly FactValue[] {
  const list = readFact(journal.facts, over);
  if (!Array.isArray(list)) return [];
  const single = journal.compiled.dictionary.declarations.get(as)?.type;
  if (list.length > maxItems) {
    refuse('cannot-continue', `“${over}” has more than ${maxItems} items. Shorten the list.`);
  }
  return (list as readonly FactValue[]).map((item) => asFact(item, single));
}

/** An item as the fact of this type holds it: as it is, or as a list of its own. */
function asFact(item: FactValue, type: FactType | undefined): FactValue {
  const isList =
    type?.kind === 'list' ||
    type?.kind === 'people' ||
    type?.kind === 'choices' ||
    type?.kind === 'evidence';
  return isList ? ([item] as FactValue) : item;
}

/** The group of a token whose step is done for each item, if it is. */
export function groupOf(journal: Journal, token: Token): ItemGroup | undefined {
  return journal.state.items.find(({ key }) => key === keyOf(token));
}

/** The item with this number. */
export function itemOf({ items }: ItemGroup, n: number): TaskItem {
  return { n, value: items[n - 1] ?? null };
}

/** The number of the item that a task or child belongs to; null for a step done once. */
export function itemNumber(key: string): number | null {
  const n = afterMark(key, '.');
  return n === null ? null : Number(n);
}

/** The facts that one item adds to those of the run. */
export function factsOfItem(step: EachStep, item: TaskItem | null): Facts {
  return step.each && item ? { [step.each.as]: item.value } : {};
}

/** The facts at hand for a task: those of the run and, while it is open, those of its item. */
export function factsAtTask(
  compiled: Compiled,
  state: RunState,
  task: string,
  surroundings: Surroundings,
): Facts {
  const open = state.tasks.find(({ key }) => key === task);
  const step = open && compiled.steps.get(open.step);
  return {
    ...factsAtHand(compiled, state.facts, surroundings),
    ...(step && 'form' in step ? factsOfItem(step, open.item) : {}),
  };
}

/** Marks an item as finished and gathers what the finished ones gave. */
export function recordItem(
  journal: Journal,
  { step, token, n }: { readonly step: EachStep; readonly token: Token; readonly n: number },
  answers: Facts,
): void {
  journal.record({ type: 'item-finished', key: keyOf(token), step: step.id, n, answers });
  const collect = step.each?.collect;
  const group = groupOf(journal, token);
  if (collect === undefined || !group) return;
  const facts = { [collect]: rowsOf(journal, step, group) };
  journal.record({ type: 'facts-set', step: step.id, facts });
}

/** What the finished items gave, in the order of the list, in the columns that the list has. */
function rowsOf(journal: Journal, step: EachStep, group: ItemGroup): FactValue {
  const { collect = '', as = '' } = step.each ?? {};
  const type = journal.compiled.dictionary.declarations.get(collect)?.type;
  const columns = type?.kind === 'list' ? Object.keys(type.of) : [];
  return [...group.finished]
    .sort((left, right) => left.n - right.n)
    .map(({ n, answers }) => {
      const known: Facts = { ...answers, [as]: itemOf(group, n).value };
      return Object.fromEntries(columns.map((name) => [name, readFact(known, name)]));
    });
}

/** Whether the step is done: every item is finished, or enough of them are. */
export function isEnough(journal: Journal, each: EachRule, group: ItemGroup): boolean {
  if (group.finished.length >= group.items.length) return true;
  const { enough } = each;
  if (!enough) return false;
  if ('count' in enough) return group.finished.length >= enough.count;
  return holds(enough.when, journal.compiled.dictionary, journal.facts);
}
