import type { ASTNode } from '@marcbachmann/cel-js';
import type { Facts } from './condition.ts';
import { compileCall } from './cel-functions.ts';
import { compileMacro, isMacro } from './cel-macros.ts';
import {
  factPart,
  maxTextLength,
  type Names,
  need,
  type Part,
  type Scope,
  spend,
} from './cel-part.ts';
import { readFact } from './dictionary.ts';
import { ExpressionFailure } from './expression-failure.ts';
import { comparable, describeType, fits, type Value, type ValueType } from './value-type.ts';

const boolean: ValueType = { kind: 'boolean' };
const number: ValueType = { kind: 'number' };
const text: ValueType = { kind: 'text' };

/**
 * Compiles a syntax tree to a function, checking names, types and what is allowed on the way.
 * Logic is three-valued: what is computed from an unknown is unknown (`null`), `false && unknown`
 * is false and `true || unknown` is true.
 */
export function compile(node: ASTNode, names: Names): Part {
  switch (node.op) {
    case 'value':
      return literal(node.args);
    case 'id':
      return name(node.args, names);
    case '.':
      return field(compile(node.args[0], names), node.args[1]);
    case 'list':
      return list(node.args.map((item) => compile(item, names)));
    case 'call':
      return compileCall(node.args[0], node.args[1], names, compile);
    case 'rcall':
      return isMacro(node.args[0])
        ? compileMacro(node.args[0], node.args[1], node.args[2], names, compile)
        : compileCall(node.args[0], [node.args[1], ...node.args[2]], names, compile);
    case '?:': {
      const [when, then, otherwise] = node.args;
      return ternary(compile(when, names), compile(then, names), compile(otherwise, names));
    }
    case '&&':
      return logic(compile(node.args[0], names), compile(node.args[1], names), false);
    case '||':
      return logic(compile(node.args[0], names), compile(node.args[1], names), true);
    case '!_':
      return not(compile(node.args, names));
    case '-_':
      return negative(compile(node.args, names));
    case '==':
    case '!=':
      return equality(compile(node.args[0], names), compile(node.args[1], names), node.op === '==');
    case '<':
    case '<=':
    case '>':
    case '>=':
      return order(compile(node.args[0], names), compile(node.args[1], names), node.op);
    case 'in':
      return membership(compile(node.args[0], names), compile(node.args[1], names));
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmetic(compile(node.args[0], names), compile(node.args[1], names), node.op);
    default:
      throw new ExpressionFailure(
        'not-allowed',
        'Maps, indexes and optional access are not allowed.',
      );
  }
}

function literal(value: unknown): Part {
  if (typeof value === 'bigint') {
    const exact = Number(value);
    if (!Number.isSafeInteger(exact)) {
      throw new ExpressionFailure('type', 'A whole number this large is not exact.');
    }
    return { type: number, cost: 0, run: () => exact, literal: exact };
  }
  if (typeof value === 'number') return { type: number, cost: 0, run: () => value, literal: value };
  if (typeof value === 'string') return { type: text, cost: 0, run: () => value, literal: value };
  if (typeof value === 'boolean') {
    return { type: boolean, cost: 0, run: () => value, literal: value };
  }
  if (value === null) {
    throw new ExpressionFailure('not-allowed', 'Use known(x) or unknown(x) in place of null.');
  }
  throw new ExpressionFailure('not-allowed', 'Bytes and unsigned numbers are not allowed.');
}

function name(wanted: string, names: Names): Part {
  const at = names.locals.findLastIndex((local) => local.name === wanted);
  const local = names.locals[at];
  return local
    ? { type: local.type, cost: 1, run: (scope) => scope.locals[at] ?? null }
    : factPart(wanted, names.dictionary);
}

function field(row: Part, key: string): Part {
  const type = row.type.kind === 'row' ? row.type.fields.get(key) : undefined;
  if (!type) throw new ExpressionFailure('unknown-fact', `There is no field “${key}” here.`);
  return {
    type,
    cost: row.cost + 1,
    run: (scope) => {
      const value = row.run(scope);
      return value === null ? null : readFact(value as Facts, key);
    },
  };
}

function list(items: readonly Part[]): Part {
  const first = items[0];
  if (!first) throw new ExpressionFailure('type', 'An empty list has nothing to compare with.');
  for (const item of items) {
    if (!comparable(item.type, first.type)) {
      throw new ExpressionFailure('type', 'The items of a list must be of one kind.');
    }
  }
  return {
    type: { kind: 'list', of: { kind: first.type.kind } as ValueType },
    cost: sum(items) + items.length,
    run: (scope) => items.map((item) => item.run(scope)),
    ...(items.every((item) => item.literal !== undefined) && { items }),
  };
}

function sum(parts: readonly Part[]): number {
  return parts.reduce((total, part) => total + part.cost, 0);
}

function ternary(when: Part, then: Part, otherwise: Part): Part {
  need(when, boolean, 'The condition before “?”');
  if (!fits(then.type, otherwise.type)) {
    throw new ExpressionFailure('type', 'Both results of “? :” must be of one kind.');
  }
  return {
    type: plain(then.type),
    cost: sum([when, then, otherwise]) + 1,
    run: (scope) => {
      const held = when.run(scope);
      return held === null ? null : held === true ? then.run(scope) : otherwise.run(scope);
    },
  };
}

/** A computed text may hold what no option list names. */
function plain(type: ValueType): ValueType {
  return type.kind === 'text' ? text : type;
}

function logic(left: Part, right: Part, decisive: boolean): Part {
  const operator = decisive ? '||' : '&&';
  need(left, boolean, `The left of “${operator}”`);
  need(right, boolean, `The right of “${operator}”`);
  return {
    type: boolean,
    cost: left.cost + right.cost + 1,
    run: (scope) => {
      const first = left.run(scope);
      if (first === decisive) return decisive;
      const second = right.run(scope);
      if (second === decisive) return decisive;
      return first === null || second === null ? null : !decisive;
    },
  };
}

function not(part: Part): Part {
  need(part, boolean, '“!”');
  return {
    type: boolean,
    cost: part.cost + 1,
    run: (scope) => {
      const value = part.run(scope);
      return value === null ? null : value !== true;
    },
  };
}

function negative(part: Part): Part {
  need(part, number, '“-”');
  const value = (scope: Scope) => {
    const result = part.run(scope);
    return result === null ? null : -(result as number);
  };
  return {
    type: number,
    cost: part.cost + 1,
    run: value,
    ...(typeof part.literal === 'number' && { literal: -part.literal }),
  };
}

/** Fails when text is compared with a value that its choice does not offer: it could never hold. */
export function checkOption(type: ValueType, other: Part): void {
  if (type.kind === 'text' && type.options && typeof other.literal === 'string') {
    if (!type.options.includes(other.literal)) {
      throw new ExpressionFailure(
        'unknown-option',
        `“${other.literal}” is not one of ${type.options.join(', ')}.`,
      );
    }
  }
  if (type.kind === 'date' && typeof other.literal === 'string') {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(other.literal)) {
      throw new ExpressionFailure('type', `“${other.literal}” is not a date like 2027-01-31.`);
    }
  }
}

function equality(left: Part, right: Part, same: boolean): Part {
  if (!comparable(left.type, right.type)) throw uncomparable(left, right);
  checkOption(left.type, right);
  checkOption(right.type, left);
  return compareWith(left, right, (a, b) => (a === b) === same);
}

function order(left: Part, right: Part, operator: '<' | '<=' | '>' | '>='): Part {
  if (!comparable(left.type, right.type) || left.type.kind === 'boolean') {
    throw uncomparable(left, right);
  }
  if (left.type.kind !== 'number' && left.type.kind !== 'date' && right.type.kind !== 'date') {
    throw new ExpressionFailure(
      'type',
      `Only numbers and dates have an order; use rank(x) for the order of a choice.`,
    );
  }
  checkOption(left.type, right);
  checkOption(right.type, left);
  const holds = orders[operator];
  return compareWith(left, right, (a, b) => holds(a as number, b as number));
}

const orders = {
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
};

function compareWith(left: Part, right: Part, holds: (a: Value, b: Value) => boolean): Part {
  return {
    type: boolean,
    cost: left.cost + right.cost + 1,
    run: (scope) => {
      const a = left.run(scope);
      const b = right.run(scope);
      return a === null || b === null ? null : holds(a, b);
    },
  };
}

function uncomparable(left: Part, right: Part): ExpressionFailure {
  return new ExpressionFailure(
    'type',
    `${describeType(left.type)} cannot be compared with ${describeType(right.type)}.`,
  );
}

function membership(item: Part, of: Part): Part {
  if (of.type.kind !== 'list' || !comparable(item.type, of.type.of)) throw uncomparable(item, of);
  checkOption(of.type.of, item);
  const items = (of as Part & { readonly items?: readonly Part[] }).items ?? [];
  for (const offered of items) checkOption(item.type, offered);
  return {
    type: boolean,
    cost: item.cost + of.cost + 1,
    run: (scope) => {
      const wanted = item.run(scope);
      const all = of.run(scope) as readonly Value[] | null;
      if (wanted === null || all === null) return null;
      spend(scope, all.length);
      if (all.includes(wanted)) return true;
      return all.includes(null) ? null : false;
    },
  };
}

function arithmetic(left: Part, right: Part, operator: '+' | '-' | '*' | '/' | '%'): Part {
  if (operator === '+' && left.type.kind === 'text' && right.type.kind === 'text') {
    return joined(left, right);
  }
  need(left, number, `The left of “${operator}”`);
  need(right, number, `The right of “${operator}”`);
  const compute = computations[operator];
  return {
    type: number,
    cost: left.cost + right.cost + 1,
    run: (scope) => {
      const a = left.run(scope);
      const b = right.run(scope);
      if (a === null || b === null) return null;
      const result = compute(a as number, b as number);
      if (!Number.isFinite(result)) {
        throw new ExpressionFailure('type', `“${operator}” has no finite result here.`);
      }
      return result;
    },
  };
}

const computations = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
  '%': (a: number, b: number) => a % b,
};

function joined(left: Part, right: Part): Part {
  return {
    type: text,
    cost: left.cost + right.cost + 1,
    run: (scope) => {
      const a = left.run(scope);
      const b = right.run(scope);
      if (a === null || b === null) return null;
      const result = `${a as string}${b as string}`;
      spend(scope, result.length / 16);
      if (result.length > maxTextLength) {
        throw new ExpressionFailure('limit', 'The expression builds too long a text.');
      }
      return result;
    },
  };
}
