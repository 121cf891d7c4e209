import type { ASTNode } from '@marcbachmann/cel-js';
import { compile } from './cel-compile.ts';
import { parseCel } from './cel-parse.ts';
import { maxWork, type Part } from './cel-part.ts';
import { conditionToCel, maxConditionDepth, tooDeep } from './cel-text.ts';
import type { Condition, Expression, Facts, FactType, FactValue } from './condition.ts';
import type { Dictionary } from './dictionary.ts';
import { ExpressionFailure, type ExpressionProblem } from './expression-failure.ts';
import { describeType, fits, hasShape, type Value, valueTypeOf } from './value-type.ts';

/**
 * Expressions over facts. Logic is three-valued, as in SQL: a comparison with an unknown fact
 * (`null` or absent) is neither true nor false, its negation too; only `known` and `unknown` look
 * at unknown facts. A condition holds when it is true, so a comparison with an unknown never holds.
 */

interface Program extends Part {
  readonly source: string;
}

const programs = new WeakMap<Dictionary, Map<string, Program>>();
const conditions = new WeakMap<Dictionary, WeakMap<Condition, Program>>();

/** Programs kept per dictionary; definitions are finite, so this is only reached by misuse. */
const maxPrograms = 5_000;

function programOf(source: string, dictionary: Dictionary, generated: boolean): Program {
  let cache = programs.get(dictionary);
  if (!cache) {
    cache = new Map<string, Program>();
    programs.set(dictionary, cache);
  }
  let program = cache.get(source);
  if (!program) {
    const part = compile(parseCel(source, generated), { dictionary, locals: [] });
    program = { ...part, source };
    if (cache.size >= maxPrograms) cache.clear();
    cache.set(source, program);
  }
  return program;
}

function programOfCondition(condition: Condition, dictionary: Dictionary): Program {
  let cache = conditions.get(dictionary);
  if (!cache) conditions.set(dictionary, (cache = new WeakMap()));
  let program = cache.get(condition);
  if (!program) {
    // First the text: writing it stops at a tree too deep to be looked at in other ways.
    const source = conditionToCel(condition, dictionary);
    checkValues(condition, dictionary);
    program = programOf(source, dictionary, true);
    if (program.type.kind !== 'boolean') {
      throw new ExpressionFailure(
        'type',
        `A condition must be yes or no, not ${describeType(program.type)}.`,
      );
    }
    cache.set(condition, program);
  }
  return program;
}

/** What the text cannot show: the order of a choice needs an option that exists. */
function checkValues(condition: Condition, dictionary: Dictionary): void {
  for (const node of comparisonsIn(condition)) {
    const type = dictionary.types.get(node.fact);
    if (!type) {
      throw new ExpressionFailure('unknown-fact', `There is no fact called “${node.fact}”.`);
    }
    const ordered = ['at-least', 'at-most', 'above', 'below'].includes(node.is);
    if (ordered && type.kind === 'text' && type.options) {
      if (!type.options.includes(String(node.value))) {
        throw new ExpressionFailure(
          'unknown-option',
          `“${String(node.value)}” is not one of ${type.options.join(', ')}.`,
        );
      }
    }
    if ((node.is === 'in' || node.is === 'not-in') !== Array.isArray(node.value)) {
      throw new ExpressionFailure(
        'type',
        `“${node.fact} ${node.is}” ${Array.isArray(node.value) ? 'takes one value' : 'takes a list'}.`,
      );
    }
  }
}

function* comparisonsIn(condition: Condition): Generator<Extract<Condition, { fact: string }>> {
  if ('all' in condition) for (const part of condition.all) yield* comparisonsIn(part);
  else if ('any' in condition) for (const part of condition.any) yield* comparisonsIn(part);
  else if ('not' in condition) yield* comparisonsIn(condition.not);
  else if ('fact' in condition) yield condition;
}

function run(program: Program, facts: Facts): Value {
  const scope = { facts, locals: [], work: maxWork - program.cost };
  return program.run(scope);
}

/** Whether the condition is true. False for unknown. Throws {@link ExpressionFailure}. */
export function holds(condition: Condition, dictionary: Dictionary, facts: Facts): boolean {
  return run(programOfCondition(condition, dictionary), facts) === true;
}

/** Whether the condition is true or cannot be told: for guards, which must not fall open. */
export function mayHold(condition: Condition, dictionary: Dictionary, facts: Facts): boolean {
  return run(programOfCondition(condition, dictionary), facts) !== false;
}

/** The value of an expression; `null` when it rests on an unknown fact. Throws {@link ExpressionFailure}. */
export function calculate(
  expression: Expression,
  dictionary: Dictionary,
  facts: Facts,
  expected?: FactType,
): FactValue {
  const program = programOf(expression.cel, dictionary, false);
  const value = run(program, facts) as FactValue;
  if (!expected) return value;
  if (!fits(program.type, valueTypeOf(expected)) && !textualChoice(program, expected)) {
    throw new ExpressionFailure('type', `“${expression.cel}” gives ${describeType(program.type)}.`);
  }
  const offered = 'options' in expected ? expected.options : undefined;
  const chosen = typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];
  if (
    !hasShape(value, expected) ||
    (offered && !chosen.every((one) => offered.includes(one as string)))
  ) {
    throw new ExpressionFailure(
      'unknown-option',
      `“${expression.cel}” gives a value that the fact cannot hold.`,
    );
  }
  return value;
}

/** Text may be computed for a date; that it is one is checked on the value. */
function textualChoice(program: Program, expected: FactType): boolean {
  return program.type.kind === 'text' && expected.kind === 'date';
}

/** What is wrong with a condition, or nothing. */
export function checkCondition(
  condition: Condition,
  dictionary: Dictionary,
): readonly ExpressionProblem[] {
  return problemsOf(() => programOfCondition(condition, dictionary));
}

/** What is wrong with an expression, or with setting a fact of type `expected` by it, or nothing. */
export function checkExpression(
  expression: Expression,
  dictionary: Dictionary,
  expected?: FactType,
): readonly ExpressionProblem[] {
  return problemsOf(() => {
    const program = programOf(expression.cel, dictionary, false);
    if (
      expected &&
      !fits(program.type, valueTypeOf(expected)) &&
      !textualChoice(program, expected)
    ) {
      throw new ExpressionFailure(
        'type',
        `This gives ${describeType(program.type)}; the fact holds ${describeType(valueTypeOf(expected))}.`,
      );
    }
    checkLiterals(parseCel(expression.cel), expected);
  });
}

/** Written results, also behind `? :`, must be among the options of the choice they set. */
function checkLiterals(node: ASTNode, expected: FactType | undefined): void {
  if (expected?.kind !== 'choice') return;
  if (node.op === '?:') {
    checkLiterals(node.args[1], expected);
    checkLiterals(node.args[2], expected);
  } else if (node.op === 'value' && !expected.options.includes(String(node.args))) {
    throw new ExpressionFailure(
      'unknown-option',
      `“${String(node.args)}” is not one of ${expected.options.join(', ')}.`,
    );
  }
}

function problemsOf(check: () => void): readonly ExpressionProblem[] {
  try {
    check();
    return [];
  } catch (error) {
    // The compiler reports its one finding by exception; anything else is a fault and passes.
    if (error instanceof ExpressionFailure) return [{ code: error.code, message: error.message }];
    throw error;
  }
}

/**
 * Names of the facts that a condition reads, and of those it asks `known` or `unknown` about.
 * Throws {@link ExpressionFailure} on broken text and on a tree too deep.
 */
export function factsIn(condition: Condition): {
  readonly read: ReadonlySet<string>;
  readonly tested: ReadonlySet<string>;
} {
  const read = new Set<string>();
  const tested = new Set<string>();
  const visit = (node: Condition, depth: number): void => {
    if (depth > maxConditionDepth) throw tooDeep();
    if ('all' in node) for (const part of node.all) visit(part, depth + 1);
    else if ('any' in node) for (const part of node.any) visit(part, depth + 1);
    else if ('not' in node) visit(node.not, depth + 1);
    else if ('cel' in node) visitTree(parseCel(node.cel), read, tested, new Set());
    else {
      read.add(node.fact);
      if (node.is === 'known' || node.is === 'unknown') tested.add(node.fact);
    }
  };
  visit(condition, 1);
  return { read, tested };
}

/** Names of the facts that an expression reads. Throws {@link ExpressionFailure} on bad text. */
export function factsInExpression(expression: Expression): ReadonlySet<string> {
  const read = new Set<string>();
  visitTree(parseCel(expression.cel), read, new Set(), new Set());
  return read;
}

function visitTree(
  node: ASTNode,
  read: Set<string>,
  tested: Set<string>,
  locals: ReadonlySet<string>,
): void {
  const visit = (part: ASTNode, inner = locals): void => visitTree(part, read, tested, inner);
  if (node.op === 'id') {
    if (!locals.has(node.args)) read.add(node.args);
  } else if (node.op === 'value') {
    return;
  } else if (node.op === '.' || node.op === '.?') {
    visit(node.args[0]);
  } else if (node.op === 'call' || node.op === 'rcall') {
    visitCall(node, read, tested, locals, visit);
  } else if (node.op === '!_' || node.op === '-_') {
    visit(node.args);
  } else if (node.op === 'map') {
    node.args.flat().forEach((part) => visit(part));
  } else {
    node.args.forEach((part: ASTNode) => visit(part));
  }
}

function visitCall(
  node: Extract<ASTNode, { op: 'call' | 'rcall' }>,
  read: Set<string>,
  tested: Set<string>,
  locals: ReadonlySet<string>,
  visit: (part: ASTNode, inner?: ReadonlySet<string>) => void,
): void {
  if (node.op === 'call') {
    const [called, [first, ...rest]] = node.args;
    const inside = first?.op === 'call' ? first.args[1][0] : first;
    const named = inside?.op === 'id' || inside?.op === 'value' ? String(inside.args) : undefined;
    if (called === 'fact' && first?.op === 'value') read.add(String(first.args));
    else if (first) visit(first);
    if (
      ['known', 'unknown', 'orElse'].includes(called) &&
      named !== undefined &&
      !locals.has(named)
    ) {
      tested.add(named);
    }
    rest.forEach((part) => visit(part));
  } else {
    const [, receiver, [variable, ...body]] = node.args;
    visit(receiver);
    const inner = variable?.op === 'id' ? new Set([...locals, variable.args]) : locals;
    if (variable && variable.op !== 'id') visit(variable);
    body.forEach((part) => visit(part, inner));
  }
}
