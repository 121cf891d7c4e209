import { deadline, endOfDate, localDate } from './calendar.ts';
import type { Due } from '../definition/definition.ts';
import type { BusinessCalendar } from '../run/run.ts';
import fc from 'fast-check';

const week: BusinessCalendar = {
  timeZone: 'Europe/London',
  workingDays: [1, 2, 3, 4, 5],
  startHour: 9,
  endHour: 17,
  holidays: [],
  dueFactor: 1,
};
const days = (amount: number): Due => ({ amount, unit: 'business-days' });
const hours = (amount: number): Due => ({ amount, unit: 'business-hours' });
const calendarDays = (amount: number): Due => ({ amount, unit: 'calendar-days' });

describe('the end of a date', () => {
  it.each([
    ['in winter', '2027-01-31', 'Europe/London', '2027-01-31T17:00:00.000Z'],
    ['in summer', '2027-06-30', 'Europe/London', '2027-06-30T16:00:00.000Z'],
    ['far west', '2027-01-31', 'America/Los_Angeles', '2027-02-01T01:00:00.000Z'],
    ['no such day', '2027-02-31', 'Europe/London', null],
    ['no date', 'soon', 'Europe/London', null],
    ['unknown', null, 'Europe/London', null],
  ])('%s', (_, date, timeZone, expected) => {
    expect(endOfDate(date, { ...week, timeZone })).toBe(expected);
  });
});

describe('a deadline', () => {
  it.each<[string, string, Due, Partial<BusinessCalendar>, string]>([
    // London: summer time ends on 25 October 2026 and begins on 28 March 2027.
    ['next day', '2026-11-24T10:00Z', days(1), {}, '2026-11-25T17:00Z'],
    ['over the weekend', '2026-11-27T10:00Z', days(1), {}, '2026-11-30T17:00Z'],
    ['asked on a Saturday', '2026-11-28T10:00Z', days(1), {}, '2026-11-30T17:00Z'],
    ['asked after hours', '2026-11-24T22:00Z', days(1), {}, '2026-11-25T17:00Z'],
    ['today', '2026-11-24T10:00Z', days(0), {}, '2026-11-24T17:00Z'],
    ['today, after hours', '2026-11-24T17:30Z', days(0), {}, '2026-11-25T17:00Z'],
    ['out of summer time', '2026-10-23T10:00Z', days(1), {}, '2026-10-26T17:00Z'],
    ['into summer time', '2027-03-26T10:00Z', days(1), {}, '2027-03-29T16:00Z'],
    [
      'over Christmas',
      '2026-12-24T10:00Z',
      days(2),
      { holidays: ['2026-12-25', '2026-12-28', '2027-01-01'] },
      '2026-12-30T17:00Z',
    ],
    [
      'for a micro organisation',
      '2026-11-24T10:00Z',
      days(3),
      { dueFactor: 1.5 },
      '2026-12-01T17:00Z',
    ],
    ['in hours', '2026-11-24T10:00Z', hours(3), {}, '2026-11-24T13:00Z'],
    ['in hours up to closing', '2026-11-24T10:00Z', hours(7), {}, '2026-11-24T17:00Z'],
    ['in hours over night', '2026-11-24T15:30Z', hours(3), {}, '2026-11-25T10:30Z'],
    ['in hours before opening', '2026-11-24T06:00Z', hours(1), {}, '2026-11-24T10:00Z'],
    ['in hours over the change', '2027-03-26T16:00Z', hours(2), {}, '2027-03-29T09:00Z'],
    ['in stretched hours', '2026-11-24T10:00Z', hours(1), { dueFactor: 1.25 }, '2026-11-24T11:15Z'],
    ['in calendar days', '2026-11-27T10:00Z', calendarDays(2), {}, '2026-11-29T10:00Z'],
    [
      'in calendar days over the change',
      '2027-03-27T10:00Z',
      calendarDays(1),
      {},
      '2027-03-28T09:00Z',
    ],
    // New York: 8 March and 1 November 2026.
    [
      'New York, into',
      '2026-03-06T15:00Z',
      days(1),
      { timeZone: 'America/New_York' },
      '2026-03-09T21:00Z',
    ],
    [
      'New York, out of',
      '2026-10-30T15:00Z',
      days(1),
      { timeZone: 'America/New_York' },
      '2026-11-02T22:00Z',
    ],
    [
      'New York, late evening is still that day',
      '2026-11-25T03:00Z',
      days(1),
      { timeZone: 'America/New_York', holidays: ['2026-11-26'] },
      '2026-11-25T22:00Z',
    ],
    // Auckland: 27 September 2026 and 4 April 2027, in the other season.
    [
      'Auckland, into',
      '2026-09-24T22:00Z',
      days(1),
      { timeZone: 'Pacific/Auckland' },
      '2026-09-28T04:00Z',
    ],
    [
      'Auckland, out of',
      '2027-04-01T22:00Z',
      days(1),
      { timeZone: 'Pacific/Auckland' },
      '2027-04-05T05:00Z',
    ],
    [
      'Auckland, early next day',
      '2026-11-24T11:30Z',
      days(0),
      { timeZone: 'Pacific/Auckland' },
      '2026-11-25T04:00Z',
    ],
    // Lord Howe moves by half an hour; the week there runs from Sunday to Thursday in this case.
    [
      'Lord Howe, into',
      '2026-09-30T22:00Z',
      days(1),
      { timeZone: 'Australia/Lord_Howe', workingDays: [7, 1, 2, 3, 4] },
      '2026-10-04T06:00Z',
    ],
    [
      'Lord Howe, out of',
      '2027-03-31T22:00Z',
      days(1),
      { timeZone: 'Australia/Lord_Howe', workingDays: [7, 1, 2, 3, 4] },
      '2027-04-04T06:30Z',
    ],
    // A wall clock time that does not exist, and one that exists twice.
    [
      'at a skipped time',
      '2026-03-27T01:30Z',
      calendarDays(2),
      { timeZone: 'Europe/London' },
      '2026-03-29T01:30Z',
    ],
    [
      'at a repeated time',
      '2026-10-23T00:30Z',
      calendarDays(2),
      { timeZone: 'Europe/London' },
      '2026-10-25T00:30Z',
    ],
  ])('%s', (_, from, due, change, expected) => {
    const instant = deadline(from, due, { ...week, ...change });
    expect(instant).toBe(expected.replace('Z', ':00.000Z'));
  });

  it.each([
    ['no working day', { workingDays: [] }, days(1)],
    ['no working hours', { startHour: 9, endHour: 9 }, hours(1)],
  ])('cannot be found with %s', (_, change, due) => {
    expect(() => deadline('2026-11-24T10:00Z', due, { ...week, ...change })).toThrow(RangeError);
  });

  it('is never earlier for a larger amount or a later start', () => {
    const zones = ['Europe/London', 'America/New_York', 'Pacific/Auckland', 'Australia/Lord_Howe'];
    const instant = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2027-12-31'),
      noInvalidDate: true,
    });
    const unit = fc.constantFrom<Due['unit']>('business-days', 'business-hours', 'calendar-days');
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        unit,
        fc.tuple(fc.nat(60), fc.nat(60)),
        fc.tuple(instant, instant),
        (timeZone, kind, amounts, instants) => {
          const [less, more] = [Math.min(...amounts), Math.max(...amounts)];
          const [early, late] = instants.map((at) => at.toISOString()).sort() as [string, string];
          const calendar = { ...week, timeZone, holidays: ['2026-12-25', '2027-04-05'] };
          const at = (from: string, amount: number) =>
            deadline(from, { amount, unit: kind }, calendar);
          expect(at(early, less) <= at(early, more)).toBe(true);
          // The clock shows an hour twice in autumn: of it, the first counts.
          const spare = 3_600_000;
          expect(Date.parse(at(early, more)) <= Date.parse(at(late, more)) + spare).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the local date', () => {
  it.each([
    ['2026-11-24T11:30:00.000Z', 'Pacific/Auckland', '2026-11-25'],
    ['2026-11-24T04:30:00.000Z', 'America/New_York', '2026-11-23'],
    ['2026-12-31T23:59:59.999Z', 'Europe/London', '2026-12-31'],
  ])('of %s in %s is %s', (instant, zone, date) => {
    expect(localDate(instant, zone)).toBe(date);
  });
});
