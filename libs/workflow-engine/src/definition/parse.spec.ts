import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { definitionSchema, parseDefinition } from './parse.ts';
import { alsoSaid, everything } from '../testing/everything.data.ts';
import { approval, parallel, task } from '../testing/samples.data.ts';

const schema = definitionSchema();
const accepts = new Ajv2020({ strict: true, strictTypes: false }).compile(schema);
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const problemsOf = (value: unknown) => parseDefinition(value).problems;
const places = (value: unknown) => problemsOf(value).map(({ place }) => place);

type Path = readonly (string | number)[];

/** Every place in a document, parents before what is in them. */
function* pathsIn(value: unknown, path: Path = []): Generator<Path> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield* pathsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

/** A copy of the document with the value at a path changed; `undefined` takes it away. */
function changed(document: unknown, path: Path, change: (value: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(document);
  const copy = (Array.isArray(document) ? [...document] : { ...(document as object) }) as Record<
    string | number,
    unknown
  >;
  const value = changed(copy[key], rest, change);
  if (value !== undefined) copy[key] = value;
  else if (Array.isArray(copy)) copy.splice(Number(key), 1);
  else Reflect.deleteProperty(copy, key);
  return copy;
}

const good = [everything, ...alsoSaid, approval, parallel].map(plain);

/** What a value may be changed to; some changes are no mistakes. */
const slips: readonly ((value: unknown) => unknown)[] = [
  () => undefined,
  () => null,
  () => 'x',
  () => '',
  () => 'constructor',
  () => 'x'.repeat(4_001),
  () => '😀'.repeat(80),
  () => 3,
  () => -1,
  () => 0.5,
  () => 1e9,
  () => true,
  () => [],
  () => ({}),
  (value) => [value],
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value, surplus: 1 }
      : { value },
  (value) => (Array.isArray(value) ? Array.from({ length: 501 }, () => value[0] as unknown) : 'y'),
  (value) => (Array.isArray(value) ? value.slice(0, -1) : [1, 2]),
];

describe('a definition from outside', () => {
  it.each([...good.entries()])('is taken over when it is well formed: %d', (_, document) => {
    const parsed = parseDefinition(document);
    expect(parsed.problems).toEqual([]);
    expect(plain(parsed.definition)).toEqual(document);
    expect(accepts(document)).toBe(true);
  });

  it('shows every word of the language in what is taken over', () => {
    const said = new Set(good.flatMap((one) => [...pathsIn(one)].map((path) => path.at(-1))));
    const known = new Set<string>();
    const collect = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('properties' in node) Object.keys(node.properties as object).forEach((k) => known.add(k));
      Object.values(node).forEach(collect);
    };
    collect(schema);
    expect([...known].filter((word) => !said.has(word))).toEqual([]);
  });

  it('is judged by the parser as by the schema, whatever slip is made where', () => {
    let [refused, taken] = [0, 0];
    for (const [nth, document] of good.slice(0, 2).entries()) {
      for (const [at, path] of [...pathsIn(document)].entries()) {
        // Three slips at each place, others at the next.
        for (const slip of [...slips, ...slips].slice((at * 3 + nth) % slips.length).slice(0, 3)) {
          const slipped = changed(document, path, slip);
          const { definition, problems } = parseDefinition(slipped);
          // That a name occurs twice is for the parser alone to see.
          if (problems.some(({ message }) => message.includes('occurs twice'))) continue;
          const said = { path, slipped: slip.toString(), taken: definition !== null };
          expect(said).toEqual({ ...said, taken: accepts(slipped) });
          if (definition) taken += 1;
          else refused += 1;
        }
      }
    }
    expect(taken).toBeGreaterThan(250);
    expect(refused).toBeGreaterThan(2_500);
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, ''],
    ['text', 'x', ''],
    ['a list', [], ''],
    ['a function', () => 1, ''],
    ['a date', new Date(0), ''],
    ['a map', new Map(), ''],
    ['a number that is not', { ...everything, repairNeedsTwo: NaN }, 'repairNeedsTwo'],
    ['a big whole number', { ...everything, repairNeedsTwo: 1n }, 'repairNeedsTwo'],
    ['a key that reaches the prototype', JSON.parse('{"__proto__":{}}'), 'key'],
    ['a getter', Object.defineProperty({}, 'key', { enumerable: true, get: () => 1 }), 'key'],
  ])('is refused when it is %s', (_, value, place) => {
    expect(places(value)).toContain(place);
  });

  it('is refused, not thrown, when reading it throws or never comes to an end', () => {
    const hostile = new Proxy({}, { ownKeys: () => { throw new Error('No.'); } }); // prettier-ignore
    expect(problemsOf(hostile)).toEqual([
      { code: 'bad-shape', severity: 'error', place: '', message: 'This cannot be read as data.' },
    ]);
    const round: Record<string, unknown> = {};
    round['facts'] = round;
    expect(problemsOf(round)[0]?.message).toBe('This is nested too deep. Make it flatter.');
  });

  it('says what is wrong in words, by the names of steps, with the likely slip', () => {
    const typo = changed(plain(approval), ['steps', 0, 'assingee'], () => 'owner');
    expect(problemsOf(typo)).toEqual([
      expect.objectContaining({
        place: 'steps.describe.assingee',
        message: 'There is no “assingee” here. Remove it. Did you mean “assignee”?',
      }),
    ]);
    const kind = changed(plain(approval), ['steps', 0, 'type'], () => 'frm');
    expect(problemsOf(kind)[0]?.message).toMatch(/one of form, task.*Did you mean “form”\?$/);
    const missing = changed(plain(approval), ['steps', 0, 'role'], () => undefined);
    expect(problemsOf(missing)[0]).toMatchObject({
      place: 'steps.describe.role',
      message: '“role” is missing. Add it.',
    });
  });

  it('keeps its limits, and looks no further at what is beyond them', () => {
    const many = (count: number) => ({
      ...approval,
      steps: Array.from({ length: count }, (_, at) => task(`s${at}`, 'x')),
    });
    expect(problemsOf(many(300))).toEqual([]);
    expect(problemsOf(many(5_000))).toEqual([
      expect.objectContaining({
        place: 'steps',
        message: 'This may have 300 items and has 5000. Split the workflow.',
      }),
    ]);
    expect(problemsOf({ ...approval, name: 'x'.repeat(6_000_000) })).toHaveLength(1);
    expect(problemsOf(Array.from({ length: 300_000 }, () => 1))).toHaveLength(1);
    const deep = (levels: number): unknown =>
      levels === 0 ? { fact: 'tier', is: 'known' } : { not: deep(levels - 1) };
    const conditional = (levels: number) =>
      changed(plain(approval), ['steps', 0, 'when'], () => deep(levels));
    expect(places(conditional(19))).toEqual([]);
    expect(places(conditional(20))).toEqual(['steps.describe.when']);
    expect(problemsOf(conditional(5_000))).toHaveLength(1);
    const wrong = { ...approval, facts: Array.from({ length: 1_000 }, () => 1) };
    expect(problemsOf(wrong)).toHaveLength(100);
  });

  it.each([
    ['steps', { ...approval, steps: [...approval.steps, task('describe', 'tier')] }],
    ['facts', { ...approval, facts: [...approval.facts, ...approval.facts] }],
    ['stages', { ...approval, stages: [...approval.stages, ...approval.stages] }],
  ])('is refused when %s have the same name twice', (list, document) => {
    expect(places(document)[0]).toMatch(new RegExp(`^${list}\\.`));
  });

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }),
        (value) => {
          expect(parseDefinition(value).problems.length).toBeGreaterThan(0);
        },
      ),
      { seed: 42, numRuns: 1_000 },
    );
  });
});

describe('the schema of the language', () => {
  it('is the one in the guide', () => {
    const file = new URL('../../../../docs/guide/workflow-definition.schema.json', import.meta.url);
    // To bring it up to date: node libs/workflow-engine/write-schema.mjs
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(plain(schema));
  });
});
