import type { Facts } from '../expressions/condition.ts';
import type { DecisionTable } from './definition.ts';
import { dictionaryOf } from '../expressions/dictionary.ts';
import { durationInDays, evaluateTable } from './table.ts';

const dictionary = dictionaryOf([
  {
    name: 'tier',
    type: { kind: 'choice', options: ['minimal', 'limited', 'high'] },
    source: 'run',
  },
  { name: 'severe', type: { kind: 'boolean' }, source: 'run' },
]);
const text = (name: string) => ({ name, type: { kind: 'text' }, source: 'table' }) as const;

const path: DecisionTable = {
  ...{ key: 'DT-PATH', name: 'Path', hit: 'first', inputs: ['tier'] },
  outputs: [text('path'), text('note')],
  rules: [
    { when: { fact: 'tier', is: 'equal', value: 'minimal' }, then: { path: 'light' } },
    { when: { fact: 'tier', is: 'at-least', value: 'limited' }, then: { path: 'full', note: 'x' } },
    { when: { fact: 'tier', is: 'equal', value: 'high' }, then: { path: 'never' } },
  ],
};

const interval: DecisionTable = {
  ...{ key: 'DT-REVIEW', name: 'Next review', hit: 'shortest', inputs: ['tier', 'severe'] },
  outputs: [text('delta'), text('full')],
  rules: [
    { when: { fact: 'tier', is: 'equal', value: 'high' }, then: { delta: 'P6M', full: 'P12M' } },
    { when: { fact: 'tier', is: 'equal', value: 'limited' }, then: { delta: 'P12M', full: 'P2Y' } },
    { when: { fact: 'severe', is: 'equal', value: true }, then: { delta: 'P3M' } },
  ],
};

describe('a decision table', () => {
  it.each([
    ['the first row that holds', { tier: 'minimal' }, 1, { path: 'light', note: null }],
    ['later rows not', { tier: 'high' }, 2, { path: 'full', note: 'x' }],
  ])('takes %s', (_, facts, row, outputs) => {
    expect(evaluateTable(path, dictionary, facts)).toEqual({ row, inputs: facts, outputs });
  });

  it.each([[{}], [{ tier: null }]])('answers nothing when no row holds (%j)', (facts) => {
    expect(evaluateTable(path, dictionary, facts)).toBeNull();
  });

  it.each([
    [{ tier: 'high', severe: false }, 1, { delta: 'P6M', full: 'P12M' }],
    [{ tier: 'high', severe: true }, 3, { delta: 'P3M', full: 'P12M' }],
    [{ tier: 'minimal', severe: true }, 3, { delta: 'P3M', full: null }],
  ])('takes the shortest duration of all rows that hold (%j)', (inputs, row, outputs) => {
    expect(evaluateTable(interval, dictionary, inputs)).toEqual({ row, inputs, outputs });
  });

  const levels = { kind: 'choice', options: ['low', 'mid', 'high'] } as const;
  const several = (hit: DecisionTable['hit']): DecisionTable => ({
    ...{ key: 'DT-X', name: 'Several', hit, inputs: ['tier', 'severe'] },
    outputs: [
      { name: 'level', type: levels, source: 'table' },
      { name: 'points', type: { kind: 'number' }, source: 'table' },
    ],
    rules: [
      { when: { fact: 'tier', is: 'equal', value: 'high' }, then: { level: 'mid', points: 2 } },
      { when: { fact: 'severe', is: 'equal', value: true }, then: { level: 'high', points: 2.5 } },
      {
        when: { fact: 'tier', is: 'at-least', value: 'limited' },
        then: { level: 'mid', points: 2 },
      },
    ],
  });
  const inHit = (hit: DecisionTable['hit'], facts: Facts) =>
    evaluateTable(several(hit), dictionary, facts);

  it('takes the option that stands last, and the greatest number', () => {
    expect(inHit('highest', { tier: 'high', severe: true })).toMatchObject({
      ...{ row: 2, outputs: { level: 'high', points: 2.5 } },
    });
    expect(inHit('highest', { tier: 'minimal', severe: false })).toBeNull();
  });

  it('adds up the numbers of all rows that hold, or counts them; none give nothing', () => {
    expect(inHit('sum', { tier: 'high', severe: true })?.outputs).toEqual({
      level: 0,
      points: 6.5,
    });
    expect(inHit('count', { tier: 'high', severe: null })?.outputs).toMatchObject({ points: 2 });
    for (const hit of ['sum', 'count'] as const) {
      expect(inHit(hit, {})).toMatchObject({ row: 0, outputs: { points: 0 } });
    }
  });

  it('fails when rows hold together that may not', () => {
    expect(inHit('unique', { tier: 'limited', severe: false })).toMatchObject({ row: 3 });
    expect(() => inHit('unique', { tier: 'high', severe: false })).toThrow(
      'In “Several” rows 1 and 3 hold at once.',
    );
    expect(inHit('any', { tier: 'high', severe: false })).toMatchObject({ row: 1 });
    expect(() => inHit('any', { tier: 'limited', severe: true })).toThrow(
      'In “Several” rows 2 and 3 hold at once.',
    );
  });

  it.each([
    ['P1Y', 365.2425],
    ['P3M', 91.310625],
    ['P2W', 14],
    ['P1Y2D', 367.2425],
    ['P', null],
    ['PT1H', null],
    ['6 months', null],
    [6, null],
  ])('reads %s as a duration of %s days', (value, expected) => {
    expect(durationInDays(value)).toBe(expected);
  });
});
