import type { Condition, FactDeclaration, FactValue } from '../expressions/condition.ts';
import type { Step, WorkflowDefinition } from '../definition/definition.ts';
import type { Dictionary } from '../expressions/dictionary.ts';
import { compiledOf } from '../definition/compiled.ts';
import { conditionsOf, readBy } from '../definition/rules.ts';

/** Values of facts that make a condition come out in a wanted way, as far as one can tell. */
export type Wish = Readonly<Record<string, FactValue>>;

/** The most ways that one condition is tried in. */
const mostWays = 6;

/**
 * For every condition of a workflow values of facts with which it holds, and with which it does
 * not; for trying out, not for proof. Conditions in CEL are only guessed at.
 */
export function wishesOf(definition: WorkflowDefinition): readonly Wish[] {
  const { dictionary } = compiledOf(definition);
  const conditions = definition.steps.flatMap((step) =>
    conditionsOf(step).map(({ condition }) => condition),
  );
  const ways = conditions.flatMap((one) => [
    ...waysFor(one, true, dictionary),
    ...waysFor(one, false, dictionary),
  ]);
  return unique([...definition.steps.flatMap((step) => itemsFor(step, dictionary)), ...ways]);
}

/** Two items for a step that is done for each of a list of plain things. */
function itemsFor(step: Step, { declarations }: Dictionary): readonly Wish[] {
  const over = 'each' in step ? step.each?.over : undefined;
  const type = over === undefined ? undefined : declarations.get(over)?.type;
  if (over === undefined || !type) return [];
  if (type.kind === 'choices') return [{ [over]: type.options.slice(0, 2) }];
  if (type.kind === 'people') return [{ [over]: ['person-1', 'person-2'] }];
  return type.kind === 'evidence' ? [{ [over]: ['evidence-1', 'evidence-2'] }] : [];
}

/** The wishes, each once. */
export function unique(wishes: readonly Wish[]): readonly Wish[] {
  return [...new Map(wishes.map((wish) => [JSON.stringify(wish), wish])).values()];
}

/** Ways in which a condition holds (or does not). */
export function waysFor(
  condition: Condition,
  wanted: boolean,
  dictionary: Dictionary,
): readonly Wish[] {
  if ('not' in condition) return waysFor(condition.not, !wanted, dictionary);
  if ('cel' in condition) return guessed(condition, dictionary);
  if ('fact' in condition) return compared(condition, wanted, dictionary);
  const [parts, together] = 'all' in condition ? [condition.all, wanted] : [condition.any, !wanted];
  const ways = parts.map((part) => waysFor(part, wanted, dictionary));
  if (!together) return ways.flat().slice(0, mostWays * 2);
  return ways.reduce<readonly Wish[]>(
    (sofar, more) =>
      sofar
        .flatMap((one) => (more.length === 0 ? [one] : more.map((other) => ({ ...one, ...other }))))
        .slice(0, mostWays),
    [{}],
  );
}

function guessed(condition: Condition, { declarations }: Dictionary): readonly Wish[] {
  return readBy(condition)
    .flatMap((name): readonly Wish[] => {
      const type = declarations.get(name)?.type;
      if (type?.kind === 'boolean') return [{ [name]: true }, { [name]: false }];
      if (type?.kind === 'number') return [0, 1, 10, 100].map((value) => ({ [name]: value }));
      if (type?.kind === 'choice') return type.options.map((value) => ({ [name]: value }));
      if (type?.kind === 'choices') return type.options.map((value) => ({ [name]: [value] }));
      return [];
    })
    .slice(0, mostWays * 2);
}

type Comparison = Extract<Condition, { readonly fact: string }>;

function compared(
  { fact, is, value }: Comparison,
  wanted: boolean,
  { declarations }: Dictionary,
): readonly Wish[] {
  const declared = declarations.get(fact);
  if (!declared) return [];
  const values = Array.isArray(value) ? (value as readonly (string | number)[]) : [];
  const one: FactValue = typeof value === 'object' || value === undefined ? null : value;
  const put = (...found: readonly (FactValue | undefined)[]): readonly Wish[] =>
    found.filter((each) => each !== undefined).map((each) => ({ [fact]: each }));
  switch (is) {
    case 'equal':
      return wanted ? put(one) : put(other(declared, [one]));
    case 'not-equal':
      return wanted ? put(other(declared, [one])) : put(one);
    case 'in':
      return wanted ? put(...values.slice(0, mostWays)) : put(other(declared, values));
    case 'not-in':
      return wanted ? put(other(declared, values)) : put(...values.slice(0, mostWays));
    case 'includes': {
      const without = other(declared, [one]);
      const list = (each: FactValue | undefined) => (typeof each === 'string' ? [each] : undefined);
      return wanted ? put(list(one)) : put(list(without));
    }
    case 'at-least':
      return put(wanted ? one : next(declared, one, -1));
    case 'at-most':
      return put(wanted ? one : next(declared, one, 1));
    case 'above':
      return put(wanted ? next(declared, one, 1) : one);
    case 'below':
      return put(wanted ? next(declared, one, -1) : one);
    case 'known':
    case 'not-empty':
      return put(wanted ? sample(declared) : null);
    case 'unknown':
    case 'empty':
      return put(wanted ? null : sample(declared));
  }
}

/** Another value of the fact than these. */
function other({ type }: FactDeclaration, than: readonly FactValue[]): FactValue | undefined {
  if (type.kind === 'choice' || type.kind === 'choices') {
    return type.options.find((option) => !than.includes(option));
  }
  if (type.kind === 'boolean') return !than.includes(true);
  const numbers = than.filter((each) => typeof each === 'number');
  if (type.kind === 'number') return Math.max(0, ...numbers) + 1;
  return type.kind === 'text' ? 'another' : undefined;
}

/** The value that comes after, or before, in number or in the order of a choice. */
function next({ type }: FactDeclaration, value: FactValue, by: 1 | -1): FactValue | undefined {
  if (typeof value === 'number') return value + by;
  if (type.kind === 'choice' && typeof value === 'string') {
    return type.options[type.options.indexOf(value) + by];
  }
  if (type.kind !== 'date' || typeof value !== 'string') return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : new Date(at + by * 86_400_000).toISOString().slice(0, 10);
}

function sample({ type }: FactDeclaration): FactValue | undefined {
  switch (type.kind) {
    case 'boolean':
      return true;
    case 'number':
      return 1;
    case 'choice':
      return type.options[0];
    case 'choices':
      return type.options.slice(0, 1);
    case 'date':
      return '2027-01-31';
    case 'text':
      return 'Sample';
    case 'person':
      return 'person-1';
    case 'people':
      return ['person-1'];
    case 'evidence':
      return ['evidence-1'];
    case 'list':
      return undefined;
  }
}
