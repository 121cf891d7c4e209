import fc from 'fast-check';
import { deadline } from './calendar.ts';
import type { Due } from '../definition/definition.ts';
import type { BusinessCalendar } from '../run/run.ts';
import { afterWorkingTime, atShare, keptDeadline, workingTimeBetween } from './working-time.ts';

const hour = 3_600_000;
const week: BusinessCalendar = {
  timeZone: 'Europe/London',
  workingDays: [1, 2, 3, 4, 5],
  startHour: 9,
  endHour: 17,
  holidays: ['2026-12-25', '2026-12-28'],
  dueFactor: 1,
};
const zones = ['Europe/London', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'];
const whole = (instant: string) => instant.replace('Z', ':00.000Z');
const days = (amount: number): Due => ({ amount, unit: 'business-days' });
const hours = (amount: number): Due => ({ amount, unit: 'business-hours' });
const plain = (amount: number): Due => ({ amount, unit: 'calendar-days' });

describe('a deadline over a change of the clocks', () => {
  it.each<[string, string, Due, string]>([
    // Summer time: 29 March to 25 October 2026 in London and Berlin.
    ['Europe/London', '2026-03-27T16:00Z', hours(2), '2026-03-30T09:00Z'],
    ['Europe/London', '2026-03-27T16:00Z', days(1), '2026-03-30T16:00Z'],
    ['Europe/London', '2026-03-28T12:00Z', plain(2), '2026-03-30T11:00Z'],
    ['Europe/London', '2026-10-23T15:00Z', hours(2), '2026-10-26T10:00Z'],
    ['Europe/London', '2026-10-23T15:00Z', days(1), '2026-10-26T17:00Z'],
    ['Europe/London', '2026-10-24T12:00Z', plain(2), '2026-10-26T13:00Z'],
    ['Europe/Berlin', '2026-03-27T15:00Z', hours(2), '2026-03-30T08:00Z'],
    ['Europe/Berlin', '2026-03-27T15:00Z', days(1), '2026-03-30T15:00Z'],
    ['Europe/Berlin', '2026-10-23T14:00Z', hours(2), '2026-10-26T09:00Z'],
    ['Europe/Berlin', '2026-10-23T14:00Z', days(1), '2026-10-26T16:00Z'],
    // 8 March to 1 November 2026.
    ['America/New_York', '2026-03-06T21:00Z', hours(2), '2026-03-09T14:00Z'],
    ['America/New_York', '2026-03-06T21:00Z', days(1), '2026-03-09T21:00Z'],
    ['America/New_York', '2026-10-30T20:00Z', hours(2), '2026-11-02T15:00Z'],
    ['America/New_York', '2026-10-30T20:00Z', days(1), '2026-11-02T22:00Z'],
    // Lord Howe moves by half an hour: summer ends on 5 April and begins on 4 October 2026.
    ['Australia/Lord_Howe', '2026-04-03T05:00Z', hours(2), '2026-04-05T23:30Z'],
    ['Australia/Lord_Howe', '2026-04-03T05:00Z', days(1), '2026-04-06T06:30Z'],
    ['Australia/Lord_Howe', '2026-10-02T05:30Z', hours(2), '2026-10-04T23:00Z'],
    ['Australia/Lord_Howe', '2026-10-02T05:30Z', days(1), '2026-10-05T06:00Z'],
  ])('in %s from %s, %j: %s', (timeZone, from, due, expected) => {
    expect(deadline(from, due, { ...week, timeZone })).toBe(whole(expected));
  });

  it.each([
    // Work around the clock: the day of the change has 23, 25, 23½ or 24½ hours.
    ['Europe/London', '2026-03-29T00:00Z', '2026-03-29T23:00Z', 23],
    ['Europe/Berlin', '2026-10-24T22:00Z', '2026-10-25T23:00Z', 25],
    ['America/New_York', '2026-11-01T04:00Z', '2026-11-02T05:00Z', 25],
    ['Australia/Lord_Howe', '2026-10-03T13:30Z', '2026-10-04T13:00Z', 23.5],
    ['Australia/Lord_Howe', '2026-04-04T13:00Z', '2026-04-05T13:30Z', 24.5],
  ])('counts real hours where work goes on by night: %s', (timeZone, from, to, expected) => {
    const always = { ...week, timeZone, workingDays: [1, 2, 3, 4, 5, 6, 7] };
    const calendar = { ...always, startHour: 0, endHour: 24 };
    expect(workingTimeBetween(Date.parse(from), Date.parse(to), calendar) / hour).toBe(expected);
  });
});

describe('half days', () => {
  const calendar = { ...week, halfDays: ['2026-12-24'] };

  it.each<[string, string, Due, string]>([
    ['end at one o’clock', '2026-12-23T10:00Z', days(1), '2026-12-24T13:00Z'],
    ['have four hours', '2026-12-24T08:00Z', hours(5), '2026-12-29T10:00Z'],
    ['are over in the afternoon', '2026-12-24T14:00Z', days(0), '2026-12-29T17:00Z'],
  ])('%s', (_, from, due, expected) => {
    expect(deadline(from, due, calendar)).toBe(whole(expected));
  });
});

describe('working time between two instants', () => {
  it.each([
    ['inside one day', '2026-11-24T10:00Z', '2026-11-24T12:30Z', 2.5],
    ['over a night', '2026-11-24T16:00Z', '2026-11-25T10:00Z', 2],
    ['over a weekend', '2026-11-27T16:00Z', '2026-11-30T10:00Z', 2],
    ['over holidays', '2026-12-24T16:00Z', '2026-12-29T10:00Z', 2],
    ['by night', '2026-11-24T20:00Z', '2026-11-25T06:00Z', 0],
    ['backwards', '2026-11-25T10:00Z', '2026-11-24T10:00Z', 0],
    ['none', '2026-11-24T10:00Z', '2026-11-24T10:00Z', 0],
  ])('%s', (_, from, to, expected) => {
    expect(workingTimeBetween(Date.parse(from), Date.parse(to), week) / hour).toBe(expected);
  });

  const instant = fc
    .integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') })
    .map((at) => at - (at % 1000));
  const amount = fc.integer({ min: 1, max: 200 * hour });
  const calendarOf = fc.record({
    ...{ timeZone: fc.constantFrom(...zones), startHour: fc.constantFrom(0, 8, 9) },
    ...{ endHour: fc.constantFrom(13, 17, 24), workingDays: fc.constant([1, 2, 3, 4, 5]) },
    holidays: fc.constantFrom([], week.holidays),
    halfDays: fc.constantFrom(undefined, ['2026-12-24', '2027-03-26']),
    dueFactor: fc.constant(1),
  });

  it('adds up, never runs backwards, and is what was added', () => {
    fc.assert(
      fc.property(calendarOf, instant, amount, amount, ({ halfDays, ...rest }, from, one, two) => {
        const calendar = { ...rest, ...(halfDays && { halfDays }) };
        const at = (start: number, length: number) => afterWorkingTime(start, length, calendar);
        expect(at(at(from, one), two)).toBe(at(from, one + two));
        expect(at(from, one)).toBeGreaterThan(from);
        expect(at(from, one + two)).toBeGreaterThan(at(from, one));
        expect(at(from + two, one)).toBeGreaterThanOrEqual(at(from, one));
        expect(workingTimeBetween(from, at(from, one), calendar)).toBe(one);
      }),
      { numRuns: 400 },
    );
  });
});

describe('a share of the time up to a deadline', () => {
  const [opened, due] = ['2026-11-24T09:00Z', '2026-11-25T17:00Z'] as const;

  it.each([
    ['the first quarter', 25, opened, due, '2026-11-24T13:00Z'],
    ['half', 50, opened, due, '2026-11-24T17:00Z'],
    ['three quarters', 75, opened, due, '2026-11-25T13:00Z'],
    ['the whole', 100, opened, due, '2026-11-25T17:00Z'],
    ['half as long again', 150, opened, due, '2026-11-26T17:00Z'],
    ['up to a deadline on a Sunday', 100, opened, '2026-11-29T12:00Z', '2026-11-29T12:00Z'],
    ['half of a weekend', 50, '2026-11-28T10:00Z', '2026-11-28T14:00Z', '2026-11-28T12:00Z'],
    ['twice a weekend', 200, '2026-11-28T10:00Z', '2026-11-28T14:00Z', '2026-11-28T18:00Z'],
    ['of a deadline that was never ahead', 50, due, opened, '2026-11-24T09:00Z'],
  ])('%s', (_, percent, from, to, expected) => {
    const deadline = { dueAt: to, clock: 'working' } as const;
    expect(atShare(percent, from, deadline, week)).toBe(whole(expected));
  });

  it('in plain time when the deadline is reckoned in calendar days', () => {
    const deadline = { dueAt: '2026-11-28T09:00Z', clock: 'calendar' } as const;
    expect(atShare(50, opened, deadline, week)).toBe(whole('2026-11-26T09:00Z'));
    expect(atShare(150, opened, deadline, week)).toBe(whole('2026-11-30T09:00Z'));
  });
});

describe('a deadline whose clock stood still', () => {
  it.each([
    [
      'has as much working time left',
      '2026-11-25T17:00Z',
      '2026-11-24T15:00Z',
      '2026-12-01T12:00Z',
      '2026-12-02T14:00Z',
    ],
    [
      'stays when nothing was lost',
      '2026-11-25T17:00Z',
      '2026-11-24T20:00Z',
      '2026-11-25T07:00Z',
      '2026-11-25T17:00Z',
    ],
    [
      'stays when it had passed',
      '2026-11-24T12:00Z',
      '2026-11-24T15:00Z',
      '2026-12-01T12:00Z',
      '2026-11-24T12:00Z',
    ],
    [
      'is not earlier than before, when it lies outside working time',
      '2026-11-29T12:00Z',
      '2026-11-24T20:00Z',
      '2026-11-24T21:00Z',
      '2026-11-29T12:00Z',
    ],
    [
      'is never earlier than before',
      '2026-11-29T12:00Z',
      '2026-11-24T15:00Z',
      '2026-11-24T15:00Z',
      '2026-11-29T12:00Z',
    ],
    [
      'moves in plain time outside working time',
      '2026-11-29T12:00Z',
      '2026-11-28T12:00Z',
      '2026-11-29T00:00Z',
      '2026-11-30T00:00Z',
    ],
  ])('%s', (_, dueAt, stoppedAt, now, expected) => {
    const deadline = { dueAt: whole(dueAt), clock: 'working' } as const;
    expect(keptDeadline(deadline, whole(stoppedAt), whole(now), week)).toBe(whole(expected));
  });

  it.each([
    ['calendar', '2026-12-02T14:00Z'],
    ['fixed', '2026-11-25T17:00Z'],
  ] as const)('moves on by the %s clock', (clock, expected) => {
    const deadline = { dueAt: whole('2026-11-25T17:00Z'), clock };
    const [from, to] = [whole('2026-11-24T15:00Z'), whole('2026-12-01T12:00Z')];
    expect(keptDeadline(deadline, from, to, week)).toBe(whole(expected));
  });
});
