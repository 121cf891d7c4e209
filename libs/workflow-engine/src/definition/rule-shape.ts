import type { Condition, Expression } from '../expressions/condition.ts';
import {
  byField,
  either,
  list,
  name,
  named,
  number,
  object,
  oneOf,
  optional,
} from '../expressions/shape.ts';
import { type Shape, text, yesNo } from '../expressions/shape.ts';

/** A short text that people read, such as a title. */
export const label = text(300);
/** A longer text that people read. */
export const prose = text(4_000);
/** Names of things of the definition. */
export const names = list(name(), { most: 200 });

const anyNumber = number(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);

/** What a row of a table sets, or what a fact is compared with. */
export const scalar: Shape<string | number | boolean> = named('scalar', () =>
  either('text, a number, true or false', text(4_000), anyNumber, yesNo),
);

type Comparison = Extract<Condition, { readonly fact: string }>;

/** A condition; how deep it may be is a limit of the parser, which no schema can say. */
export const condition: Shape<Condition> = named('condition', () => {
  const parts = list(condition, { most: 500 });
  return byField<Condition>({
    all: object<Extract<Condition, { readonly all: unknown }>>({ all: parts }),
    any: object<Extract<Condition, { readonly any: unknown }>>({ any: parts }),
    not: object<Extract<Condition, { readonly not: unknown }>>({ not: condition }),
    cel: object<Expression>({ cel: text(4_000) }),
    fact: object<Comparison>({
      fact: name(),
      is: oneOf(
        ...(['equal', 'not-equal', 'in', 'not-in', 'includes', 'at-least', 'at-most'] as const),
        ...(['above', 'below', 'known', 'unknown', 'empty', 'not-empty'] as const),
      ),
      value: optional(
        either<Exclude<Comparison['value'], undefined>>(
          'text, a number, true, false or a list of texts or numbers',
          scalar,
          list(either<string | number>('text or a number', text(4_000), anyNumber), { most: 200 }),
        ),
      ),
    }),
  });
});

/** An expression: CEL text. */
export const expression: Shape<Expression> = named('expression', () =>
  object<Expression>({ cel: text(4_000) }),
);
