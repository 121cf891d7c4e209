import { parseCases } from './parse-cases.ts';
import type { SavedCase } from './saved-case.ts';
import { calendar } from '../testing/samples.data.ts';

const whole: SavedCase = {
  ...{ name: 'All', facts: { a: 1, b: ['x'], c: [{ d: null, e: true }] } },
  around: { now: '2026-11-24T10:00:00.000Z', facts: {}, calendar },
  stubs: { call: { outcome: 'done', facts: {} } },
  steps: [
    { step: 'a', item: 1, by: 'client.staff', person: 'ana', answers: { a: 'b' } },
    {
      ...{ step: 'b', outcome: 'yes', reason: 'Because.' },
      conditions: [{ text: 'Train', owner: 'ana', due: '2027-01-31' }],
      refused: 'gate-not-met',
    },
    { step: 'c', sendBackTo: 'a' },
    { step: 'd', action: 'hold' },
    { skipTime: 'next' },
    { skipTime: { amount: 3, unit: 'business-days' } },
    { signal: 's', facts: {} },
    { child: 'call', item: 2, outcome: 'done', facts: {} },
    { child: 'call', outcome: null },
    { around: { trained: true } },
    { cancel: 'Over.' },
  ],
  expects: { ending: null, facts: { a: 1 }, waitsAt: ['a'] },
};

describe('cases from outside', () => {
  it('are taken over as copies, every part of them', () => {
    const { cases, problems } = parseCases([whole]);
    expect(problems).toEqual([]);
    expect(cases).toEqual([whole]);
    expect(cases?.[0]).not.toBe(whole);
  });

  it.each<[string, unknown, string, RegExp]>([
    ['no list', {}, 'cases', /must be a list/],
    ['no name', [{ ...whole, name: undefined }], 'cases', /is missing/],
    ['one name twice', [whole, whole], 'cases.All', /occurs twice/],
    ['an unknown part', [{ ...whole, extra: 1 }], 'cases.All.extra', /There is no “extra”/],
    [
      'an unknown kind of step',
      [{ ...whole, steps: [{ jump: 1 }] }],
      'cases.All.steps.0',
      /needs one/,
    ],
    [
      'a strange fact',
      [{ ...whole, facts: { a: { b: 1 } } }],
      'cases.All.facts.a',
      /fact can hold/,
    ],
    ['no instant', [{ ...whole, around: { now: 'soon' } }], 'cases.All.around.now', /ISO instant/],
    [
      'no working time',
      [{ ...whole, around: { calendar: { ...calendar, workingDays: [] } } }],
      'cases.All.around.calendar',
      /no time to work in/,
    ],
    [
      'no time zone',
      [{ ...whole, around: { calendar: { ...calendar, timeZone: 'Moon/Sea' } } }],
      'cases.All.around.calendar.timeZone',
      /no such time zone/,
    ],
    ['too many', Array.from({ length: 201 }, () => whole), 'cases', /may have 200/],
  ])('are refused with %s', (_, value, place, message) => {
    const { cases, problems } = parseCases(value);
    expect(cases).toBeNull();
    expect(problems[0]?.place.startsWith(place)).toBe(true);
    expect(problems[0]?.message).toMatch(message);
  });
});
