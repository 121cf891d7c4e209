import type { ASTNode } from '@marcbachmann/cel-js';
import { type Names, need, type Part, type Scope, spend } from './cel-part.ts';
import { ExpressionFailure } from './expression-failure.ts';
import type { Value, ValueType } from './value-type.ts';

type Compile = (node: ASTNode, names: Names) => Part;

const macros = ['all', 'exists', 'exists_one', 'map', 'filter'] as const;
type Macro = (typeof macros)[number];

/** The deepest nesting of macros. */
const maxNesting = 3;
const boolean: ValueType = { kind: 'boolean' };

/** Whether a method name is one of the list macros. */
export function isMacro(called: string): called is Macro {
  return (macros as readonly string[]).includes(called);
}

/** Compiles `list.macro(item, body)`. Every item costs what the body costs. */
export function compileMacro(
  macro: Macro,
  receiver: ASTNode,
  nodes: readonly ASTNode[],
  names: Names,
  compile: Compile,
): Part {
  const list = compile(receiver, names);
  if (list.type.kind !== 'list') {
    throw new ExpressionFailure('type', `“${macro}” works on a list.`);
  }
  const [variable, bodyNode] = nodes;
  if (nodes.length !== 2 || !bodyNode || variable?.op !== 'id') {
    throw new ExpressionFailure('type', `“${macro}” takes a name and an expression.`);
  }
  if (names.locals.length >= maxNesting) {
    throw new ExpressionFailure('limit', `List macros may be nested ${maxNesting} deep.`);
  }
  const item = list.type.of;
  const at = names.locals.length;
  const body = compile(bodyNode, {
    ...names,
    locals: [...names.locals, { name: variable.args, type: item }],
  });
  if (macro !== 'map') need(body, boolean, `The expression of “${macro}”`);

  const each = (scope: Scope, items: readonly Value[]): readonly Value[] =>
    items.map((value) => {
      spend(scope, body.cost + 1);
      scope.locals[at] = value;
      return body.run(scope);
    });
  return {
    type:
      macro === 'map' ? { kind: 'list', of: body.type } : macro === 'filter' ? list.type : boolean,
    cost: list.cost + 1,
    run: (scope) => {
      const items = list.run(scope) as readonly Value[] | null;
      return items === null ? null : results[macro](each(scope, items), items);
    },
  };
}

const results: Record<Macro, (held: readonly Value[], items: readonly Value[]) => Value> = {
  all: (held) => (held.includes(false) ? false : held.includes(null) ? null : true),
  exists: (held) => (held.includes(true) ? true : held.includes(null) ? null : false),
  exists_one: (held) =>
    held.includes(null) ? null : held.filter((value) => value === true).length === 1,
  map: (held) => held,
  filter: (held, items) => items.filter((_, at) => held[at] === true),
};
