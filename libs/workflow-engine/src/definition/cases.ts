import type { Condition, Facts, FactType, FactValue } from '../expressions/condition.ts';
import type { Compiled } from './compiled.ts';
import { holds } from '../expressions/expressions.ts';

/** How many cases are looked at, all conditions together. */
const maxChecks = 60_000;

type Comparison = Extract<Condition, { readonly fact: string }>;

/**
 * All cases that these conditions can tell apart, each as an example, also those in which a fact is
 * not known (`null`), which come last. `null` when there are too many, or when written expressions make that impossible to say.
 */
export function casesOf(
  conditions: readonly (Condition | undefined)[],
  { dictionary }: Compiled,
): readonly Facts[] | null {
  const compared = new Map<string, Comparison[]>();
  const collect = (condition: Condition): boolean => {
    if ('cel' in condition) return false;
    if ('not' in condition) return collect(condition.not);
    if ('all' in condition) return condition.all.every(collect);
    if ('any' in condition) return condition.any.every(collect);
    compared.set(condition.fact, [...(compared.get(condition.fact) ?? []), condition]);
    return true;
  };
  if (!conditions.every((condition) => !condition || collect(condition))) return null;
  let cases: readonly Facts[] = [{}];
  for (const [name, comparisons] of compared) {
    const type = dictionary.declarations.get(name)?.type;
    const known = type ? valuesOf(type, comparisons) : null;
    if (!known || cases.length * (known.length + 1) * conditions.length > maxChecks) return null;
    const values = [...known, null];
    cases = cases.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
  }
  return [...cases.filter(isKnown), ...cases.filter((facts) => !isKnown(facts))];
}

/** Whether every fact of a case is known. */
export function isKnown(facts: Facts): boolean {
  return Object.values(facts).every((value) => value !== null);
}

/** Whether a condition holds in a case; one that is not there always does. */
export function holdsIn(
  condition: Condition | undefined,
  facts: Facts,
  { dictionary }: Compiled,
): boolean {
  return !condition || holds(condition, dictionary, facts);
}

/** A case in words: “tier” is high and “severe” is yes. */
export function caseInWords(facts: Facts): string {
  const words = Object.entries(facts).map(([name, value]) => `“${name}” is ${valueInWords(value)}`);
  return words.length === 0 ? 'always' : words.join(' and ');
}

function valueInWords(value: FactValue): string {
  if (value === null) return 'not known';
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (typeof value === 'string' || typeof value === 'number') return `${value}` || 'empty';
  return value.length === 0
    ? 'empty'
    : value.every((one) => typeof one === 'string')
      ? value.join(', ')
      : 'filled';
}

/** One value for each range or set of values that the comparisons can tell apart. */
function valuesOf(type: FactType, comparisons: readonly Comparison[]): readonly FactValue[] | null {
  const written = comparisons.flatMap(({ value }): readonly unknown[] =>
    Array.isArray(value) ? value : [value],
  );
  const texts = [...new Set(written.filter((value) => typeof value === 'string'))];
  switch (type.kind) {
    case 'boolean':
      return [true, false];
    case 'choice':
      return type.options;
    case 'number':
      return around(written.filter((value) => typeof value === 'number'));
    case 'date':
      return datesAround(texts);
    case 'text':
    case 'person':
      return [...texts, 'something else', ...(asksEmpty(comparisons) ? [''] : [])];
    case 'choices':
    case 'people':
    case 'evidence':
      return listsOf(texts, type.kind === 'choices' ? type.options : [...texts, 'something else']);
    case 'list':
      return [[], [{}]];
  }
}

function asksEmpty(comparisons: readonly Comparison[]): boolean {
  return comparisons.some(({ is }) => is === 'empty' || is === 'not-empty');
}

/** Each number that is written, and one below, above and between; whole ones where those are. */
function around(written: readonly number[]): readonly number[] {
  const sorted = [...new Set(written)].sort((left, right) => left - right);
  const whole = sorted.every(Number.isInteger);
  const between = sorted.slice(1).flatMap((high, at) => {
    const low = sorted[at] ?? high;
    if (!whole) return [(low + high) / 2];
    return high - low > 1 ? [low + 1] : [];
  });
  const [first = 0, last = 0] = [sorted[0], sorted.at(-1)];
  return [...new Set([first - 1, ...sorted, ...between, last + 1])].sort((a, b) => a - b);
}

function datesAround(written: readonly string[]): readonly string[] {
  const days = written.flatMap((date) => {
    const day = Date.parse(`${date}T00:00:00Z`);
    return Number.isNaN(day) ? [] : [day - 86_400_000, day, day + 86_400_000];
  });
  const dates = days.map((day) => new Date(day).toISOString().slice(0, 10));
  return dates.length === 0 ? ['2027-01-31'] : [...new Set(dates)].sort();
}

/** Lists with each combination of what is asked about; too many are `null`. */
function listsOf(asked: readonly string[], options: readonly string[]): readonly string[][] | null {
  const other = options.find((option) => !asked.includes(option));
  const items = other === undefined ? asked : [...asked, other];
  if (items.length > 8) return null;
  return Array.from({ length: 2 ** items.length }, (_, bits) =>
    items.filter((__, at) => (bits >> at) % 2 === 1),
  );
}
