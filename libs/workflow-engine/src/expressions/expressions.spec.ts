import type { Condition, FactDeclaration, Facts } from './condition.ts';
import { dictionaryOf } from './dictionary.ts';
import { ExpressionFailure } from './expression-failure.ts';
import {
  calculate,
  checkCondition,
  checkExpression,
  factsIn,
  factsInExpression,
  holds,
  mayHold,
} from './expressions.ts';

const declarations: readonly FactDeclaration[] = [
  {
    name: 'tier',
    type: { kind: 'choice', options: ['minimal', 'limited', 'high'] },
    source: 'run',
  },
  { name: 'data', type: { kind: 'choices', options: ['health', 'none'] }, source: 'run' },
  { name: 'score', type: { kind: 'number' }, source: 'run' },
  { name: 'title', type: { kind: 'text' }, source: 'run' },
  { name: 'trained', type: { kind: 'boolean' }, source: 'run' },
  { name: 'due', type: { kind: 'date' }, source: 'run' },
  { name: 'odd-name.here', type: { kind: 'number' }, source: 'run' },
  {
    name: 'risks',
    type: { kind: 'list', of: { title: { kind: 'text' }, level: { kind: 'number' } } },
    source: 'run',
  },
];
const dictionary = dictionaryOf(declarations);

describe('a condition', () => {
  it.each<[Condition, Facts, boolean, boolean]>([
    [{ fact: 'tier', is: 'equal', value: 'high' }, { tier: 'high' }, true, true],
    [{ fact: 'tier', is: 'equal', value: 'high' }, { tier: 'limited' }, false, false],
    [{ fact: 'tier', is: 'equal', value: 'high' }, {}, false, true],
    [{ not: { fact: 'tier', is: 'equal', value: 'high' } }, {}, false, true],
    [{ fact: 'tier', is: 'not-equal', value: 'high' }, { tier: null }, false, true],
    [{ fact: 'tier', is: 'in', value: ['limited', 'high'] }, { tier: 'limited' }, true, true],
    [{ fact: 'tier', is: 'not-in', value: ['limited', 'high'] }, { tier: 'minimal' }, true, true],
    [{ fact: 'tier', is: 'at-least', value: 'limited' }, { tier: 'high' }, true, true],
    [{ fact: 'tier', is: 'below', value: 'limited' }, { tier: 'minimal' }, true, true],
    [{ fact: 'tier', is: 'known' }, {}, false, false],
    [{ fact: 'tier', is: 'unknown' }, {}, true, true],
    [{ fact: 'data', is: 'includes', value: 'health' }, { data: ['health'] }, true, true],
    [{ fact: 'data', is: 'empty' }, { data: [] }, true, true],
    [{ fact: 'data', is: 'not-empty' }, { data: [] }, false, false],
    [{ fact: 'score', is: 'above', value: 5 }, { score: 6 }, true, true],
    [{ fact: 'score', is: 'at-most', value: 5 }, { score: 6 }, false, false],
    [{ fact: 'odd-name.here', is: 'equal', value: 1 }, { 'odd-name.here': 1 }, true, true],
    [{ fact: 'due', is: 'below', value: '2027-01-01' }, { due: '2026-12-31' }, true, true],
    [{ fact: 'title', is: 'equal', value: '" || true || "' }, { title: 'x' }, false, false],
    [{ all: [] }, {}, true, true],
    [{ any: [] }, {}, false, false],
    [{ all: [{ cel: 'score > 1' }, { cel: 'trained' }] }, { score: 2 }, false, true],
    [{ any: [{ cel: 'score > 1' }, { cel: 'trained' }] }, { score: 2 }, true, true],
    [{ all: [{ cel: 'score > 1' }, { cel: 'trained' }] }, { score: 1 }, false, false],
    [{ cel: 'risks.exists(r, r.level > 3)' }, { risks: [{ title: 'x', level: 4 }] }, true, true],
    [{ cel: 'risks.all(r, known(r.title))' }, { risks: [{ title: null, level: 4 }] }, false, false],
  ])('%j on %j', (condition, facts, does, may) => {
    expect(checkCondition(condition, dictionary)).toEqual([]);
    expect(holds(condition, dictionary, facts)).toBe(does);
    expect(mayHold(condition, dictionary, facts)).toBe(may);
  });

  it.each<[string, Condition, string]>([
    ['an undeclared fact', { fact: 'colour', is: 'known' }, 'unknown-fact'],
    ['an undeclared fact in CEL', { cel: 'colour == 1' }, 'unknown-fact'],
    [
      'an option that is not offered',
      { fact: 'tier', is: 'equal', value: 'huge' },
      'unknown-option',
    ],
    [
      'an order by an unknown option',
      { fact: 'tier', is: 'above', value: 'huge' },
      'unknown-option',
    ],
    ['a number as text', { fact: 'score', is: 'equal', value: 'x' }, 'type'],
    ['text with an order', { fact: 'title', is: 'above', value: 'x' }, 'type'],
    ['a list where one value is', { fact: 'tier', is: 'equal', value: ['high'] }, 'type'],
    ['no value', { fact: 'tier', is: 'equal' }, 'type'],
    ['something that is not yes or no', { cel: 'score + 1' }, 'type'],
    ['broken text', { cel: 'score >' }, 'syntax'],
    ['text that escapes from its place', { all: [{ cel: 'false) || (true' }] }, 'syntax'],
    ['an unknown function', { cel: 'matches(title, "x")' }, 'not-allowed'],
    ['a map', { cel: '{"a": 1}.a == 1' }, 'not-allowed'],
    ['null', { cel: 'score == null' }, 'not-allowed'],
  ])('with %s is refused', (_, condition, code) => {
    expect(checkCondition(condition, dictionary).map((problem) => problem.code)).toEqual([code]);
  });
});

describe('an expression', () => {
  it.each<[string, Facts, unknown]>([
    ['score + 1', { score: 2 }, 3],
    ['score + 1', {}, null],
    ['trained ? "yes" : "no"', { trained: false }, 'no'],
    ['title + "!"', { title: 'Hi' }, 'Hi!'],
    ['max(score, 3)', { score: 2 }, 3],
    ['orElse(score, 9)', {}, 9],
    ['size(risks)', { risks: [] }, 0],
    ['sum(risks.map(r, r.level))', { risks: [{ level: 2 }, { level: 3 }] }, 5],
    ['highest(data)', { data: ['health', 'none'] }, 'none'],
    ['fact("odd-name.here") * 2', { 'odd-name.here': 2 }, 4],
  ])('%s on %j', (cel, facts, value) => {
    expect(calculate({ cel }, dictionary, facts)).toEqual(value);
  });

  it('must fit the fact that it sets', () => {
    const tier = declarations[0]!.type;
    expect(checkExpression({ cel: '"high"' }, dictionary, tier)).toEqual([]);
    expect(checkExpression({ cel: '"huge"' }, dictionary, tier)[0]?.code).toBe('unknown-option');
    expect(checkExpression({ cel: 'score' }, dictionary, tier)[0]?.code).toBe('type');
    const built = { cel: 'title + "x"' };
    expect(() => calculate(built, dictionary, { title: 'y' }, tier)).toThrow(ExpressionFailure);
  });

  it('names the facts that it reads, without its own variables', () => {
    expect([...factsInExpression({ cel: 'risks.exists(r, r.level > score)' })]).toEqual([
      ...['risks', 'score'],
    ]);
    const { read, tested } = factsIn({ all: [{ fact: 'tier', is: 'known' }, { cel: 'trained' }] });
    expect([[...read], [...tested]]).toEqual([['tier', 'trained'], ['tier']]);
  });
});

describe('a hostile expression', () => {
  const nested = (depth: number): Condition => {
    let tree: Condition = { all: [] };
    for (let level = 0; level < depth; level += 1) tree = { not: tree };
    return tree;
  };
  const wide: Condition = { all: Array.from({ length: 600 }, () => ({ cel: 'trained' })) };

  it.each<[string, Condition, string]>([
    ['deep parentheses', { cel: `${'('.repeat(1000)}true${')'.repeat(1000)}` }, 'limit'],
    ['long text', { cel: `title == "${'x'.repeat(5000)}"` }, 'limit'],
    ['a deep tree', nested(30), 'limit'],
    ['a bottomless tree', nested(50_000), 'limit'],
    ['a wide tree', wide, 'limit'],
    [
      'a long list',
      { cel: `score in [${Array.from({ length: 300 }, (_, n) => n).join()}]` },
      'limit',
    ],
    [
      'deep macros',
      { cel: 'risks.all(a, risks.all(b, risks.all(c, risks.all(d, true))))' },
      'limit',
    ],
    ['a prototype’s name', { cel: 'constructor == 1' }, 'unknown-fact'],
    ['a prototype', { fact: '__proto__', is: 'known' }, 'unknown-fact'],
    ['a prototype’s function', { cel: 'title.constructor("x")' }, 'not-allowed'],
    ['a row’s prototype', { cel: 'risks.all(r, r.constructor == 1)' }, 'unknown-fact'],
    ['a huge number', { cel: 'score == 99999999999999999999' }, 'type'],
  ])('with %s is refused before it runs', (_, condition, code) => {
    expect(checkCondition(condition, dictionary).map((problem) => problem.code)).toEqual([code]);
  });

  it.each<[string, Condition, Facts]>([
    [
      'much work',
      { cel: 'risks.all(a, risks.all(b, risks.all(c, a.level + b.level + c.level > 0)))' },
      { risks: Array.from({ length: 500 }, () => ({ title: 'x', level: 1 })) },
    ],
    [
      'a list too long',
      { cel: 'size(risks) > 0' },
      { risks: Array.from({ length: 501 }, () => ({})) },
    ],
    ['text too long', { cel: 'title == "x"' }, { title: 'x'.repeat(30_000) }],
    ['a value of another kind', { cel: 'title == "x"' }, { title: 7 }],
  ])('with %s is stopped while it runs', (_, condition, facts) => {
    expect(checkCondition(condition, dictionary)).toEqual([]);
    expect(() => holds(condition, dictionary, facts)).toThrow(ExpressionFailure);
  });

  it('is not searched for facts without end either', () => {
    expect(() => factsIn(nested(50_000))).toThrow(ExpressionFailure);
  });

  it('never sees inherited properties of facts', () => {
    const inherited = Object.create({ score: 7 }) as Facts;
    expect(holds({ fact: 'score', is: 'known' }, dictionary, inherited)).toBe(false);
  });
});
