import type { Facts, FactValue } from '../expressions/condition.ts';
import type { CheckStep, EndStep, SubWorkflowStep, TableStep } from '../definition/definition.ts';
import { readFact } from '../expressions/dictionary.ts';
import { calculate } from '../expressions/expressions.ts';
import type { Journal } from './journal.ts';
import { itemKey, keyOf } from '../run/keys.ts';
import { refuse } from '../run/refused.ts';
import type { TaskItem, Token } from '../run/run.ts';
import { evaluateTable } from '../definition/table.ts';

/** Sets what a check calculates, one after the other; all of it or, when one fails, nothing. */
export function setCalculated(journal: Journal, step: CheckStep): void {
  const { dictionary } = journal.compiled;
  const results: Record<string, FactValue> = {};
  for (const { fact, value } of step.set ?? []) {
    const type = dictionary.declarations.get(fact)?.type;
    results[fact] = calculate(value, dictionary, { ...journal.facts, ...results }, type);
  }
  for (const { fact } of step.set ?? []) {
    journal.record({ type: 'facts-set', step: step.id, facts: { [fact]: results[fact] ?? null } });
  }
}

/** Sets what a table decides; refuses when no row fits. */
export function decideByTable(journal: Journal, step: TableStep): void {
  const { table } = step;
  const result = evaluateTable(table, journal.compiled.dictionary, journal.facts);
  if (!result) {
    return refuse(
      'cannot-continue',
      `No rule of “${table.name}” fits: ${table.inputs.join(', ')} may be incomplete. ` +
        'Complete the answers, then try again.',
    );
  }
  journal.record({ type: 'table-evaluated', step: step.id, table: table.key, ...result });
  journal.record({ type: 'facts-set', step: step.id, facts: result.outputs });
}

/** Starts the workflow that a step calls, for the step or for one of its items. */
export function callChild(
  journal: Journal,
  step: SubWorkflowStep,
  token: Token,
  item: TaskItem | null,
): void {
  const facts: Record<string, FactValue> = {};
  for (const { theirs, ours } of step.input) facts[theirs] = readFact(journal.facts, ours);
  const { id, calls } = step;
  const key = item ? itemKey(keyOf(token), item.n) : keyOf(token);
  journal.record({ type: 'child-started', key, step: id, calls, facts });
}

/** What an ending copies to the subject's record. */
export function endingWrites(journal: Journal, step: EndStep): Facts {
  const writes: Record<string, FactValue> = {};
  for (const { field, value } of step.writes ?? []) {
    writes[field] = calculate(value, journal.compiled.dictionary, journal.facts);
  }
  return writes;
}
