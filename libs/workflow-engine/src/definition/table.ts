import type { FactDeclaration, Facts, FactType, FactValue } from '../expressions/condition.ts';
import { pick } from './compiled.ts';
import type { DecisionTable } from './definition.ts';
import type { Dictionary } from '../expressions/dictionary.ts';
import { ExpressionFailure } from '../expressions/expression-failure.ts';
import { holds } from '../expressions/expressions.ts';
import { sameValue } from '../expressions/value-type.ts';

/**
 * The answer of a decision table: the row that gave it (from 1; the first of several, 0 for none),
 * what it looked at, what it sets.
 */
export interface TableResult {
  readonly row: number;
  readonly inputs: Facts;
  readonly outputs: Facts;
}

/**
 * Evaluates a table on facts, as its hit policy says. `null` when no row holds: the caller must not
 * go on. Throws {@link ExpressionFailure} when rows hold that may not hold together.
 */
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
  const adds = table.hit === 'sum' || table.hit === 'count';
  if (fitting.length === 0 && !adds) return null;
  requireAgreement(table, fitting);
  const inputs = pick(facts, table.inputs);
  const outputs: Record<string, FactValue> = {};
  let row = (fitting[0] ?? -1) + 1;
  for (const [at, output] of table.outputs.entries()) {
    const { value, giver } = outputOf(table, fitting, output);
    outputs[output.name] = value;
    if (at === 0 && giver !== null) row = giver + 1;
  }
  return { row, inputs, outputs };
}

/** Whether two rows of a table set the same. */
export function agree(table: DecisionTable, one: number, other: number): boolean {
  return table.outputs.every(({ name }) =>
    sameValue(valueAt(table, one, name), valueAt(table, other, name)),
  );
}

function requireAgreement(table: DecisionTable, fitting: readonly number[]): void {
  const [first, ...others] = fitting;
  if (first === undefined || (table.hit !== 'unique' && table.hit !== 'any')) return;
  const other = others.find((row) => table.hit === 'unique' || !agree(table, first, row));
  if (other === undefined) return;
  const rows = `rows ${first + 1} and ${other + 1}`;
  throw new ExpressionFailure('conflict', `In “${table.name}” ${rows} hold at once.`);
}

/** The value of one output, and the row that alone gives it, if there is one. */
function outputOf(
  table: DecisionTable,
  fitting: readonly number[],
  { name, type }: FactDeclaration,
): { readonly value: FactValue; readonly giver: number | null } {
  const among = (giver: number | null) => ({
    ...{ giver, value: giver === null ? null : valueAt(table, giver, name) },
  });
  switch (table.hit) {
    case 'first':
    case 'unique':
    case 'any':
      return among(fitting[0] ?? null);
    case 'shortest':
      return among(best(table, fitting, name, (value) => -(durationInDays(value) ?? NaN)));
    case 'highest':
      return among(best(table, fitting, name, (value) => rankOf(value, type)));
    case 'sum':
      return { giver: null, value: total(fitting.map((row) => valueAt(table, row, name))) };
    case 'count':
      return { giver: null, value: fitting.length };
  }
}

/** The first row whose value has the highest rank; rows without one do not count. */
function best(
  table: DecisionTable,
  rows: readonly number[],
  name: string,
  rank: (value: FactValue) => number,
): number | null {
  let [found, most]: [number | null, number] = [null, -Infinity];
  for (const row of rows) {
    const value = rank(valueAt(table, row, name));
    if (value > most) [found, most] = [row, value];
  }
  return found;
}

function rankOf(value: FactValue, type: FactType): number {
  if (typeof value === 'number') return value;
  const at = type.kind === 'choice' && typeof value === 'string' ? type.options.indexOf(value) : -1;
  return at < 0 ? NaN : at;
}

function total(values: readonly FactValue[]): number {
  return values.reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : 0), 0);
}

function valueAt(table: DecisionTable, row: number, name: string): FactValue {
  const values = table.rules[row]?.then ?? {};
  return Object.hasOwn(values, name) ? (values[name] ?? null) : null;
}

const duration = /^P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?$/;
const daysIn = [365.2425, 30.436875, 7, 1];

/** About how long an ISO 8601 duration such as `P6M` is; `null` when it is not one. */
export function durationInDays(value: FactValue): number | null {
  const match = typeof value === 'string' ? duration.exec(value) : null;
  if (!match) return null;
  return daysIn.reduce((total, days, at) => total + days * Number(match[at + 1] ?? 0), 0);
}
