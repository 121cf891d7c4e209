import type { Facts } from './condition.ts';
import { type Dictionary, readFact } from './dictionary.ts';
import { ExpressionFailure } from './expression-failure.ts';
import { describeType, fits, maxListLength, type Value, type ValueType } from './value-type.ts';

/** The most elementary steps that one evaluation may take, and the longest text it may build. */
export const maxWork = 100_000;
export const maxTextLength = 20_000;

/** What a compiled expression runs on. `work` counts down to the refusal of a runaway expression. */
export interface Scope {
  readonly facts: Facts;
  readonly locals: Value[];
  work: number;
}

/** A compiled part: its type (`null` for a list without items), its cost and how to run it. */
export interface Part {
  readonly type: ValueType;
  readonly cost: number;
  readonly run: (scope: Scope) => Value;
  /** The value itself, when it is written in the text. */
  readonly literal?: string | number | boolean;
}

/** Names that can be used at a place: declared facts, and the variables of enclosing macros. */
export interface Names {
  readonly dictionary: Dictionary;
  readonly locals: readonly { readonly name: string; readonly type: ValueType }[];
}

/** Fails unless the part has the type; `where` names the place in the message. */
export function need(part: Part, type: ValueType, where: string): void {
  if (!fits(part.type, type)) {
    throw new ExpressionFailure(
      'type',
      `${where} needs ${describeType(type)}, not ${describeType(part.type)}.`,
    );
  }
}

/** Takes work off the budget; fails when it is used up. */
export function spend(scope: Scope, work: number): void {
  scope.work -= work;
  if (scope.work < 0) throw new ExpressionFailure('limit', 'The expression takes too many steps.');
}

/** Reads a declared fact, checking at run time that its value has the declared shape. */
export function factPart(wanted: string, dictionary: Dictionary): Part {
  const type = dictionary.types.get(wanted);
  if (!type) throw new ExpressionFailure('unknown-fact', `There is no fact called “${wanted}”.`);
  return {
    type,
    cost: 1,
    run: ({ facts }) => {
      const value = readFact(facts, wanted);
      if (value !== null) admit(value, type, wanted);
      return value;
    },
  };
}

function admit(value: Value, type: ValueType, fact: string): void {
  if (type.kind === 'list') {
    if (!Array.isArray(value)) throw misfit(fact, type);
    if (value.length > maxListLength) {
      throw new ExpressionFailure('limit', `“${fact}” has more than ${maxListLength} items.`);
    }
    for (const item of value as readonly Value[]) admit(item, type.of, fact);
  } else if (type.kind === 'row') {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw misfit(fact, type);
    for (const [key, of] of type.fields) {
      const inner = readFact(value as Facts, key);
      if (inner !== null) admit(inner, of, `${fact}.${key}`);
    }
  } else {
    const wanted = type.kind === 'date' ? 'string' : type.kind === 'text' ? 'string' : type.kind;
    if (typeof value !== wanted) throw misfit(fact, type);
    if (typeof value === 'string' && value.length > maxTextLength) {
      throw new ExpressionFailure('limit', `“${fact}” is too long to compute with.`);
    }
  }
}

function misfit(fact: string, type: ValueType): ExpressionFailure {
  return new ExpressionFailure('type', `The value of “${fact}” is not ${describeType(type)}.`);
}
