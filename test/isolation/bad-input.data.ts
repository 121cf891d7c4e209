/** Text that no field may hold: it would break a statement, or come back as something else. */
export const NEVER_TEXT = ['a\u0000b', '\u0000', 'lone \ud800 half', '\udfff'] as const;

/** What a caller may put where text is expected; whether it is taken is the contract's business. */
export const ODD: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  1e308,
  2 ** 53,
  '',
  '   ',
  'x'.repeat(70_000),
  'é\u0301\u202e\u200b\ufeff\ufffe',
  '👩🏽‍⚖️'.repeat(300),
  "'; drop table app.person; --",
  '${7*7}{{7*7}}%00%0d%0a',
  '../../../../etc/passwd',
  'infinity',
  '2026-02-30',
  '0000-00-00',
  '+275760-09-14T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
  '00000000-0000-0000-0000-000000000000',
  [],
  {},
  [[[[[[]]]]]],
  [null],
  ['a\u0000b'],
  { toString: 'x', constructor: { prototype: {} }, __proto__: null },
  { $ne: null },
];

/** Bodies that are no JSON object, or one that cannot be kept. */
export const BROKEN_BODIES: readonly string[] = [
  '{',
  'null',
  '[]',
  '"text"',
  '1e999',
  `${'['.repeat(5000)}${']'.repeat(5000)}`,
  `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
  '{"a":"\\ud800"}',
  '{"\\u0000":1}',
];

/** Values of query parameters, as they stand in an address. */
export const BAD_QUERIES: readonly string[] = [
  '',
  '%00',
  'a%00b',
  '%FF%FE',
  '%',
  'x'.repeat(5000),
  '%F0%9F%91%A9',
  '-1',
  '0',
  '1e9',
  '99999999999999999999',
  'NaN',
  '2026-02-30',
  "'%3B--",
  '%25_%5C',
];

/** Cursors that look like ours and are none. */
export const BAD_CURSORS: readonly (readonly unknown[])[] = [
  [],
  [null],
  ['not a time', '019b0000-0000-7000-8000-000000000000'],
  ['2026-02-30 25:61:61+00', '019b0000-0000-7000-8000-000000000000'],
  ['2026-99-99T00:00:00.000000Z', '019b0000-0000-7000-8000-000000000000'],
  ['infinity', '019b0000-0000-7000-8000-000000000000'],
  ['a\u0000b', '019b0000-0000-7000-8000-000000000000'],
  ['2026-11-25 00:00:00+00', 'no id'],
  ['99999999999999999999'],
  [1e308, 1],
  [-1],
  ['999999999999999999999999', '999999999999999999999'],
  ['name', 'a\u0000b', '019b0000-0000-7000-8000-000000000000'],
  ['updatedAt', '2026-11-25 99:99:99+00', '019b0000-0000-7000-8000-000000000000'],
  ['019b0000-0000-7000-8000-000000000000'],
];

/** Headers that the API reads. */
export const BAD_HEADERS: readonly Readonly<Record<string, string>>[] = [
  { 'if-match': '"99999999999999999999"' },
  { 'if-match': '"-1"' },
  { 'if-match': '*' },
  { 'idempotency-key': 'short' },
  { 'idempotency-key': 'x'.repeat(5000) },
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/json; charset=utf-7' },
  { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-type': 'multipart/form-data' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-encoding': 'gzip' },
  { 'content-encoding': 'x-unknown' },
  { authorization: 'Bearer plt_' },
  { authorization: 'Basic \u00ff' },
  { cookie: 'plumbline=;;=;plumbline=%00' },
];

/** Parts of an address where an id or a short name is expected. */
export const BAD_PARTS: readonly string[] = [
  '%00',
  'a%00b',
  '%FF',
  '%2e%2e%2f',
  'null',
  '0',
  "'%3B--",
  'x'.repeat(3000),
  '%F0%9F%91%A9',
];
