import type { Condition } from './condition.ts';
import { parseCel } from './cel-parse.ts';
import type { Dictionary } from './dictionary.ts';
import { ExpressionFailure } from './expression-failure.ts';

/** The deepest and the largest condition tree that is compiled. */
export const maxConditionDepth = 20;
export const maxConditionNodes = 500;

type Comparison = Extract<Condition, { fact: string }>;

const identifier = /^[A-Za-z][A-Za-z0-9_]*$/;
const reserved = new Set(
  (
    'true false null in as break const continue else for function if import let loop package ' +
    'namespace return var void while cel fact has'
  ).split(' '),
);

/** CEL text of a condition tree. Throws {@link ExpressionFailure} for a tree too deep or too big. */
export function conditionToCel(condition: Condition, dictionary: Dictionary): string {
  let nodes = 0;
  const write = (node: Condition, depth: number): string => {
    nodes += 1;
    if (depth > maxConditionDepth || nodes > maxConditionNodes) {
      throw tooDeep();
    }
    if ('all' in node) return group(node.all, '&&', 'true', depth);
    if ('any' in node) return group(node.any, '||', 'false', depth);
    if ('not' in node) return `!(${write(node.not, depth + 1)})`;
    if ('cel' in node) {
      // On its own first: text such as `a) || (b` must not escape from its place in the tree.
      parseCel(node.cel);
      return `${node.cel}\n`;
    }
    return compare(node, dictionary);
  };
  const group = (
    parts: readonly Condition[],
    operator: string,
    empty: string,
    depth: number,
  ): string =>
    parts.length === 0
      ? empty
      : parts.map((part) => `(${write(part, depth + 1)})`).join(` ${operator} `);
  return write(condition, 1);
}

/** The failure of a condition tree that is too deep or too big. */
export function tooDeep(): ExpressionFailure {
  return new ExpressionFailure(
    'limit',
    `A condition may be ${maxConditionDepth} levels deep and have ${maxConditionNodes} parts.`,
  );
}

function compare(node: Comparison, dictionary: Dictionary): string {
  const fact = nameInCel(node.fact);
  const type = dictionary.types.get(node.fact);
  switch (node.is) {
    case 'known':
    case 'unknown':
      return `${node.is}(${fact})`;
    case 'empty':
      return type?.kind === 'list' ? `size(${fact}) == 0` : `${fact} == ""`;
    case 'not-empty':
      return type?.kind === 'list' ? `size(${fact}) > 0` : `${fact} != ""`;
    case 'equal':
      return `${fact} == ${literal(node.value)}`;
    case 'not-equal':
      return `${fact} != ${literal(node.value)}`;
    case 'in':
      return `${fact} in ${literal(node.value)}`;
    case 'not-in':
      return `!(${fact} in ${literal(node.value)})`;
    case 'includes':
      return `${literal(node.value)} in ${fact}`;
    case 'at-least':
    case 'at-most':
    case 'above':
    case 'below':
      return order(fact, node, type?.kind === 'text' ? type.options : undefined);
  }
}

const orderOperator = { 'at-least': '>=', 'at-most': '<=', above: '>', below: '<' } as const;

/** Options of a choice are ordered as declared, so "at least limited" names the options above it. */
function order(fact: string, node: Comparison, options: readonly string[] | undefined): string {
  const is = node.is as keyof typeof orderOperator;
  return options === undefined
    ? `${fact} ${orderOperator[is]} ${literal(node.value)}`
    : `rank(${fact}) ${orderOperator[is]} ${options.indexOf(String(node.value))}`;
}

function nameInCel(name: string): string {
  return identifier.test(name) && !reserved.has(name) ? name : `fact(${literal(name)})`;
}

function literal(value: Comparison['value']): string {
  if (value === undefined) {
    throw new ExpressionFailure('type', 'This comparison needs a value to compare with.');
  }
  if (Array.isArray(value))
    return `[${value.map((item: string | number) => literal(item)).join(', ')}]`;
  if (typeof value === 'number') return number(value);
  return typeof value === 'string' ? text(value) : String(value);
}

function number(value: number): string {
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    throw new ExpressionFailure('type', 'A number in a condition must be finite and exact.');
  }
  const digits = String(value);
  // CEL writes 1e-7 as 1.0e-7; whole numbers are read as doubles by our compiler.
  return digits.includes('e') ? value.toFixed(20) : digits;
}

function text(value: string): string {
  return `"${value.replace(/[\\"\p{Cc}\u2028\u2029]/gu, (sign) =>
    sign === '\\' || sign === '"'
      ? `\\${sign}`
      : `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )}"`;
}
