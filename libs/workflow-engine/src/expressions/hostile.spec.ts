import fc from 'fast-check';
import type { Facts } from './condition.ts';
import { dictionaryOf } from './dictionary.ts';
import { ExpressionFailure } from './expression-failure.ts';
import { calculate, checkCondition, checkExpression, holds } from './expressions.ts';
import { fact } from '../testing/steps.ts';

const list = { kind: 'list', of: { n: { kind: 'number' }, t: { kind: 'text' } } } as const;
const dictionary = dictionaryOf([
  ...[fact('n', 'number'), fact('t'), fact('b', 'boolean'), fact('d', 'date'), fact('rows', list)],
  fact('team', 'people'),
]);
const rows = Array.from({ length: 500 }, (_, at) => ({ n: at, t: 'x'.repeat(40) }));
const facts: Facts = { n: 3, t: 'abc', b: true, d: '2027-01-31', rows, team: ['ana'] };
const nested = (open: string, inner: string, close: string, times: number): string =>
  open.repeat(times) + inner + close.repeat(times);
const macros = ['all', 'exists', 'exists_one', 'map', 'filter'];

/** Texts that try to block, to crash or to reach what is no fact. */
const hostile: readonly string[] = [
  // Depth and length
  ...[10, 99, 101, 1_000, 1_999].flatMap((times) => [
    nested('(', 'n', ')', times),
    nested('[', 'n', ']', times),
    nested('!', 'b', '', times),
    nested('-', 'n', '', times),
    nested('size(', 't', ')', times),
    nested('b ? ', 'n', ' : 0', times),
    nested('{"a": ', 'n', '}', times),
  ]),
  ...['+', '-', '*', '/', '%', '&&', '||', '==', '<', 'in', '.', '?', ':'].map((sign) =>
    `n ${sign} `.repeat(900),
  ),
  ...['n', '"x"', '1', '(', '[', '{', 'a.b.', 'rows[0]', '/', '\\', '"', "'", '`'].flatMap(
    (part) => [part.repeat(500), part.repeat(4_001)],
  ),
  `[${Array.from({ length: 2_000 }, () => '1').join(',')}]`,
  `max(${Array.from({ length: 500 }, () => '1').join(',')})`,
  // Work that multiplies
  ...macros.flatMap((outer) =>
    macros.map((inner) => `rows.${outer}(a, rows.${inner}(c, c.n > a.n).size() > 0)`),
  ),
  'rows.exists(a, rows.exists(c, rows.exists(e, a.n + c.n + e.n < 0.0)))',
  'rows.exists(a, rows.exists(c, rows.exists(e, rows.exists(f, f.n < 0.0))))',
  'rows.map(a, rows.map(c, rows.map(e, a.t + c.t + e.t)))',
  'rows.all(a, rows.all(c, rows.all(e, a.t + c.t != e.t)))',
  `rows.map(a, ${Array.from({ length: 200 }, () => 'a.t').join(' + ')})`,
  Array.from({ length: 1_000 }, () => 't').join(' + '),
  'rows.map(a, a.t).filter(x, x.contains(x + x + x))',
  // What is no fact
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'valueOf',
    'hasOwnProperty',
    'this',
  ].flatMap((name) => [
    name,
    `t.${name}`,
    `rows.${name}`,
    `rows[0].${name}`,
    `fact("${name}")`,
    `${name}()`,
    `t.${name}()`,
    `rows.map(a, a.${name})`,
    `rows.map(${name}, ${name}.n)`,
    `{"${name}": 1}`,
    `has(t.${name})`,
  ]),
  ...[
    'eval("1")',
    'require("fs")',
    'process.exit()',
    'globalThis',
    'import("x")',
    'new Date()',
    'Function("1")()',
    't["length"]',
    'async',
    'await n',
    'n = 1',
    'n; n',
    'n => n',
    '`${n}`',
    '/(a+)+$/',
    't.matches("(a+)+$")',
    'matches(t, "^(.*)*$")',
    't.replace("a", "b")',
    't.split("")',
    'duration("1h")',
    'timestamp("2027-01-01T00:00:00Z")',
    'type(n)',
    'dyn(n)',
    'bytes(t)',
    'b"x"',
    'null',
    '1u',
    'google.protobuf.Any{}',
    'rows.map(a, b, c)',
    'rows.reduce(a, b)',
    'cel.bind(x, n, x)',
    't.lowerAscii()',
    'has(rows)',
  ],
  // Numbers at their ends
  ...[
    '9007199254740993',
    '1e308 * 10.0',
    '1e999',
    '-1e999',
    '0.0 / 0.0',
    'n / 0',
    'n % 0',
    '1e-400',
    '9223372036854775807',
    '9223372036854775808',
    '-9223372036854775809',
    '0x7fffffffffffffff',
    '1.0e',
    '..1',
    '1..2',
    '1_000',
    '00012',
    'NaN',
    'Infinity',
    '-0.0',
    'round(1e308) * 1e308',
    'floor(0.1 + 0.2)',
    'double("x")',
    'max()',
    'min(n, t)',
  ],
  // Signs
  ...[
    '𝕟',
    'ｎ',
    'n\u200b',
    '\u202en',
    '\ufeffn',
    '"\\ud800"',
    '"\ud800"',
    '"\u0000"',
    '"\\x00"',
    '"\\U0010FFFF"',
    '"\\U00110000"',
    '"\\777"',
    '"""n"""',
    'r"\\"',
    '// n',
    'n // x',
    'n /* x */',
    '\u2028n',
    'n\u2029',
    'é',
    '"é" == "e\u0301"',
    '🙂',
    't == "🙂".size()',
    '\t\n\r n',
    ' ',
    '',
    '\u0000',
  ],
];

/** What comes of a text: its value, or the failure in words. Anything else is thrown. */
function outcome(cel: string): unknown {
  const problems = checkExpression({ cel }, dictionary);
  checkCondition({ cel }, dictionary);
  try {
    const value = calculate({ cel }, dictionary, facts);
    // What runs was found well before.
    expect(problems).toEqual([]);
    return value;
  } catch (error) {
    if (!(error instanceof ExpressionFailure)) throw error;
    expect(error.message.length).toBeLessThan(8_500);
    return error.code;
  }
}

describe('hostile expressions', () => {
  it.each(hostile.map((cel) => [cel.slice(0, 60), cel] as const))('do no harm: %s', (_, cel) => {
    const result = outcome(cel);
    if (typeof result === 'number') expect(Number.isFinite(result)).toBe(true);
    expect(['function', 'symbol', 'bigint', 'undefined']).not.toContain(typeof result);
    expect(outcome(cel)).toEqual(result);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it.each([
    'rows.exists(a, rows.exists(c, rows.exists(e, a.n + c.n + e.n < 0.0)))',
    'rows.all(a, rows.all(c, rows.all(e, a.t + c.t != e.t)))',
    'rows.map(a, rows.map(c, rows.map(e, a.t + c.t + e.t))).size() > 0',
  ])('are stopped by the count of their steps: %s', (cel) => {
    expect(outcome(cel)).toBe('limit');
    expect(() => holds({ cel }, dictionary, facts)).toThrow('The expression takes too many steps.');
  });

  it('made of random signs and words never crash', () => {
    const word = fc.constantFrom(
      ...[
        'n',
        't',
        'b',
        'd',
        'rows',
        'team',
        'a',
        '(',
        ')',
        '[',
        ']',
        '{',
        '}',
        '.',
        ',',
        '"',
        "'",
      ],
      ...[
        '+',
        '-',
        '*',
        '/',
        '%',
        '!',
        '&&',
        '||',
        '==',
        '<',
        '?',
        ':',
        ' ',
        '1',
        '2.5',
        '"x"',
        'in',
      ],
      ...[
        'size',
        'map',
        'filter',
        'all',
        'fact',
        '__proto__',
        'constructor',
        '\\',
        '\n',
        '🙂',
        '\ud800',
      ],
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        outcome(words.join(''));
      }),
      { seed: 20261125, numRuns: 3_000 },
    );
  });

  it('are many', () => {
    process.stdout.write(`Hostile expressions: ${hostile.length}.\n`);
    expect(hostile.length).toBeGreaterThan(250);
  });
});
