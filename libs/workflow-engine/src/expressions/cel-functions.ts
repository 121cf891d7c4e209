import type { ASTNode } from '@marcbachmann/cel-js';
import { factPart, type Names, need, type Part, type Scope, spend } from './cel-part.ts';
import { ExpressionFailure } from './expression-failure.ts';
import { describeType, fits, type Value, type ValueType } from './value-type.ts';

type Compile = (node: ASTNode, names: Names) => Part;

const boolean: ValueType = { kind: 'boolean' };
const number: ValueType = { kind: 'number' };
const text: ValueType = { kind: 'text' };

/** Every function there is, with the number of its arguments. Nothing else can be called. */
const argumentCount: Readonly<Record<string, readonly [least: number, most: number]>> = {
  fact: [1, 1],
  known: [1, 1],
  unknown: [1, 1],
  has: [1, 1],
  orElse: [2, 2],
  size: [1, 1],
  rank: [1, 1],
  sum: [1, 1],
  highest: [1, 1],
  lowest: [1, 1],
  max: [1, 8],
  min: [1, 8],
  round: [1, 1],
  floor: [1, 1],
  ceil: [1, 1],
  double: [1, 1],
  string: [1, 1],
  contains: [2, 2],
  startsWith: [2, 2],
  endsWith: [2, 2],
};

/** Compiles a call of one of our functions; `x.size()` is `size(x)`. */
export function compileCall(
  called: string,
  nodes: readonly ASTNode[],
  names: Names,
  compile: Compile,
): Part {
  const count = Object.hasOwn(argumentCount, called) ? argumentCount[called] : undefined;
  if (!count) {
    throw new ExpressionFailure('not-allowed', `There is no function “${called}” here.`);
  }
  if (nodes.length < count[0] || nodes.length > count[1]) {
    throw new ExpressionFailure('type', `“${called}” takes ${count[0]} argument(s).`);
  }
  const parts = nodes.map((node) => compile(node, names));
  const [first, second] = parts as [Part, Part];
  switch (called) {
    case 'fact':
      if (typeof first.literal !== 'string') {
        throw new ExpressionFailure('type', 'fact("…") takes the name of a fact as written text.');
      }
      return factPart(first.literal, names.dictionary);
    case 'known':
    case 'has':
      return from(first, boolean, (value) => value !== null);
    case 'unknown':
      return from(first, boolean, (value) => value === null);
    case 'orElse':
      return orElse(first, second);
    case 'size':
      return size(first);
    case 'rank':
      return rank(first);
    case 'sum':
      need(first, { kind: 'list', of: number }, '“sum”');
      return fold(first, number, (items) => (items as number[]).reduce((a, b) => a + b, 0));
    case 'highest':
    case 'lowest':
      return extreme(first, called === 'highest');
    case 'max':
    case 'min':
      for (const part of parts) need(part, number, `“${called}”`);
      return together(parts, (values) =>
        called === 'max' ? Math.max(...values) : Math.min(...values),
      );
    case 'round':
    case 'floor':
    case 'ceil': {
      need(first, number, `“${called}”`);
      return from(first, number, (value) =>
        value === null ? null : Math[called](value as number),
      );
    }
    case 'double':
      need(first, number, '“double”');
      return first;
    case 'string':
      if (first.type.kind === 'list' || first.type.kind === 'row') {
        throw new ExpressionFailure('type', `“string” cannot take ${describeType(first.type)}.`);
      }
      return from(first, text, (value) => (typeof value === 'object' ? null : String(value)));
    default:
      return search(called as 'contains' | 'startsWith' | 'endsWith', first, second);
  }
}

function from(part: Part, type: ValueType, compute: (value: Value) => Value): Part {
  return { type, cost: part.cost + 1, run: (scope) => compute(part.run(scope)) };
}

function orElse(part: Part, fallback: Part): Part {
  if (!fits(part.type, fallback.type)) {
    throw new ExpressionFailure('type', 'Both arguments of “orElse” must be of one kind.');
  }
  return {
    type: part.type.kind === 'text' ? text : part.type,
    cost: part.cost + fallback.cost + 1,
    run: (scope) => part.run(scope) ?? fallback.run(scope),
  };
}

function size(part: Part): Part {
  if (part.type.kind !== 'list' && part.type.kind !== 'text') {
    throw new ExpressionFailure('type', `“size” cannot take ${describeType(part.type)}.`);
  }
  return from(part, number, (value) =>
    value === null ? null : (value as string | readonly Value[]).length,
  );
}

function rank(part: Part): Part {
  const options = part.type.kind === 'text' ? part.type.options : undefined;
  if (!options) throw new ExpressionFailure('type', '“rank” takes a choice with ordered options.');
  return from(part, number, (value) => {
    if (value === null) return null;
    const option = value as string;
    const at = options.indexOf(option);
    if (at < 0) {
      throw new ExpressionFailure(
        'unknown-option',
        `“${option}” is not one of ${options.join(', ')}.`,
      );
    }
    return at;
  });
}

/** Computes over a list; a list with an unknown item gives an unknown result. */
function fold(part: Part, type: ValueType, compute: (items: readonly Value[]) => Value): Part {
  return {
    type,
    cost: part.cost + 1,
    run: (scope: Scope) => {
      const items = part.run(scope) as readonly Value[] | null;
      if (items === null || items.includes(null)) return null;
      spend(scope, items.length);
      return compute(items);
    },
  };
}

/** The highest or lowest of numbers, dates or ordered options; unknown for an empty list. */
function extreme(part: Part, highest: boolean): Part {
  const of = part.type.kind === 'list' ? part.type.of : undefined;
  const options = of?.kind === 'text' ? of.options : undefined;
  if (!of || !(of.kind === 'number' || of.kind === 'date' || options)) {
    throw new ExpressionFailure('type', '“highest” and “lowest” take a list with an order.');
  }
  const key = (value: Value) => (options ? options.indexOf(value as string) : (value as number));
  return fold(part, of, (items) =>
    items.length === 0
      ? null
      : items.reduce((best, item) => (key(item) > key(best) === highest ? item : best)),
  );
}

function together(parts: readonly Part[], compute: (values: number[]) => number): Part {
  return {
    type: number,
    cost: parts.reduce((total, part) => total + part.cost, 1),
    run: (scope) => {
      const values = parts.map((part) => part.run(scope));
      return values.includes(null) ? null : compute(values as number[]);
    },
  };
}

function search(called: 'contains' | 'startsWith' | 'endsWith', within: Part, wanted: Part): Part {
  need(within, text, `“${called}”`);
  need(wanted, text, `“${called}”`);
  return {
    type: boolean,
    cost: within.cost + wanted.cost + 1,
    run: (scope) => {
      const [a, b] = [within.run(scope), wanted.run(scope)] as [string | null, string | null];
      if (a === null || b === null) return null;
      spend(scope, a.length / 16);
      return called === 'contains' ? a.includes(b) : a[called](b);
    },
  };
}
