import type { Facts, FactValue } from './condition.ts';
import { pick } from './compiled.ts';
import type { DecisionTable } from './definition.ts';
import type { Dictionary } from './dictionary.ts';
import { holds } from './expressions.ts';

/** The answer of a decision table: the row that gave it (from 1), what it looked at, what it sets. */
export interface TableResult {
  readonly row: number;
  readonly inputs: Facts;
  readonly outputs: Facts;
}

/** Evaluates a table on facts. `null` when no row holds: the caller must not go on. */
export function evaluateTable(
  table: DecisionTable,
  dictionary: Dictionary,
  facts: Facts,
): TableResult | null {
  const fitting: number[] = [];
  for (const [at, { when }] of table.rules.entries()) {
    if (when && !holds(when, dictionary, facts)) continue;
    fitting.push(at);
    if (table.hit === 'first') break;
  }
  const [first] = fitting;
  if (first === undefined) return null;
  const inputs = pick(facts, table.inputs);
  const outputs: Record<string, FactValue> = {};
  let row = first;
  for (const [at, { name }] of table.outputs.entries()) {
    const giver = table.hit === 'first' ? first : shortest(table, fitting, name);
    outputs[name] = giver === null ? null : valueAt(table, giver, name);
    if (at === 0 && giver !== null) row = giver;
  }
  return { row: row + 1, inputs, outputs };
}

function valueAt(table: DecisionTable, row: number, name: string): FactValue {
  const values = table.rules[row]?.then ?? {};
  return Object.hasOwn(values, name) ? (values[name] ?? null) : null;
}

function shortest(table: DecisionTable, rows: readonly number[], name: string): number | null {
  let best: number | null = null;
  let least = Infinity;
  for (const row of rows) {
    const days = durationInDays(valueAt(table, row, name));
    if (days !== null && days < least) [best, least] = [row, days];
  }
  return best;
}

const duration = /^P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?$/;
const daysIn = [365.2425, 30.436875, 7, 1];

/** About how long an ISO 8601 duration such as `P6M` is; `null` when it is not one. */
export function durationInDays(value: FactValue): number | null {
  const match = typeof value === 'string' ? duration.exec(value) : null;
  if (!match) return null;
  return daysIn.reduce((total, days, at) => total + days * Number(match[at + 1] ?? 0), 0);
}
