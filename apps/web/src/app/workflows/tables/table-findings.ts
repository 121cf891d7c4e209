import {
  type Condition,
  type DecisionTable,
  type Dictionary,
  type Facts,
  type FactType,
  type FactValue,
  holds,
} from '@plumbline/workflow-engine';

/** What is missing in a table, or there twice, with a case that shows it. */
export type TableFinding =
  | { readonly kind: 'gap'; readonly example: Facts; readonly more: number }
  | { readonly kind: 'overlap'; readonly rows: readonly number[]; readonly example: Facts }
  | { readonly kind: 'never'; readonly row: number }
  /** Too many cases, or inputs whose values cannot be listed. */
  | { readonly kind: 'unchecked'; readonly input: string | null };

/** As many cases as are tried; more takes too long while somebody types. */
const MOST = 4_000;

/**
 * Tries a table on every case that its rows can tell apart: each option, and numbers at and around
 * the limits that rows name. Unknown values are not tried.
 */
export function tableFindings(
  table: DecisionTable,
  dictionary: Dictionary,
): readonly TableFinding[] {
  if (table.rules.length === 0 || table.hit === 'sum' || table.hit === 'count') return [];
  const axes: (readonly [string, readonly FactValue[]])[] = [];
  let cases = 1;
  for (const name of table.inputs) {
    const type = dictionary.declarations.get(name)?.type;
    const values = type ? valuesFor(name, type, table) : null;
    if (!values) return [{ kind: 'unchecked', input: name }];
    axes.push([name, values]);
    cases *= values.length;
    if (cases > MOST) return [{ kind: 'unchecked', input: null }];
  }
  const gaps: Facts[] = [];
  const overlaps = new Map<string, TableFinding>();
  const reached = new Set<number>();
  for (const facts of casesOf(axes)) {
    const rows = fitting(table, dictionary, facts);
    if (!rows) return [{ kind: 'unchecked', input: null }];
    const [first] = rows;
    if (first === undefined) gaps.push(facts);
    else if (table.hit === 'first') reached.add(first);
    else for (const row of rows) reached.add(row);
    const key = rows.join();
    if (table.hit === 'unique' && rows.length > 1 && !overlaps.has(key)) {
      overlaps.set(key, { kind: 'overlap', rows, example: facts });
    }
  }
  const [example] = gaps;
  return [
    ...(example ? [{ kind: 'gap' as const, example, more: gaps.length - 1 }] : []),
    ...overlaps.values(),
    ...table.rules.flatMap((_, row) => (reached.has(row) ? [] : [{ kind: 'never' as const, row }])),
  ];
}

/** The rows that hold on these facts, from 0; null when a condition cannot be judged. */
function fitting(
  table: DecisionTable,
  dictionary: Dictionary,
  facts: Facts,
): readonly number[] | null {
  try {
    return table.rules.flatMap(({ when }, at) =>
      !when || holds(when, dictionary, facts) ? [at] : [],
    );
  } catch {
    return null; // A condition that is still being written; the check of the design says what is wrong.
  }
}

function* casesOf(axes: readonly (readonly [string, readonly FactValue[]])[]): Generator<Facts> {
  const [axis, ...rest] = axes;
  if (!axis) {
    yield {};
    return;
  }
  const [name, values] = axis;
  for (const value of values) for (const facts of casesOf(rest)) yield { ...facts, [name]: value };
}

function valuesFor(
  name: string,
  type: FactType,
  table: DecisionTable,
): readonly FactValue[] | null {
  if (type.kind === 'boolean') return [true, false];
  if (type.kind === 'choice') return type.options;
  const named = new Set<string | number>();
  const plain = table.rules.every(({ when }) => !when || collect(when, name, named));
  if (!plain) return null;
  if (type.kind === 'number') {
    const numbers = [...named].filter((one) => typeof one === 'number');
    const around = numbers.flatMap((one) => [one - 1, one, one + 1]);
    return around.length > 0 ? [...new Set(around)].sort((a, b) => a - b) : [0];
  }
  // One text that no row names stands for all others.
  if (type.kind === 'text') return [...[...named].map(String), '…'];
  return null;
}

/** Values that a condition compares a fact with; false when text of its own may look at it. */
function collect(when: Condition, name: string, named: Set<string | number>): boolean {
  if ('all' in when) return when.all.every((part) => collect(part, name, named));
  if ('any' in when) return when.any.every((part) => collect(part, name, named));
  if ('not' in when) return collect(when.not, name, named);
  if ('cel' in when) return !when.cel.includes(name);
  if (when.fact !== name) return true;
  const { value } = when;
  for (const one of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
    if (typeof one === 'string' || typeof one === 'number') named.add(one);
  }
  return true;
}
