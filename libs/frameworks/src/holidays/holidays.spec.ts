import { describe, expect, it } from '@jest/globals';
import { deadline } from '@plumbline/workflow-engine';
import { easterSunday } from './easter.ts';
import {
  type HolidayCalendar,
  holidayCalendars,
  holidayDates,
  holidaysOf,
  holidayYears,
} from './holidays.ts';
import { oneOffDays } from './one-off-days.data.ts';

const years = Array.from(
  { length: holidayYears.last - holidayYears.first + 1 },
  (_, at) => holidayYears.first + at,
);

describe('Easter Sunday', () => {
  it.each([
    ...['1961-04-02', '2000-04-23', '2008-03-23', '2020-04-12', '2021-04-04', '2022-04-17'],
    ...['2023-04-09', '2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28', '2028-04-16'],
    ...['2029-04-01', '2030-04-21', '2031-04-13', '2032-03-28', '2033-04-17', '2034-04-09'],
    ...['2035-03-25', '2036-04-13', '2037-04-05', '2038-04-25', '2039-04-10', '2040-04-01'],
  ])('is %s', (date) => {
    expect(easterSunday(Number(date.slice(0, 4)))).toBe(date);
  });
});

describe('the holidays', () => {
  // As published on www.gov.uk/bank-holidays, month and day.
  it.each<[HolidayCalendar, number, string]>([
    ['england-and-wales', 2020, '01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28'],
    ['england-and-wales', 2021, '01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28'],
    ['england-and-wales', 2022, '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27'],
    ['england-and-wales', 2023, '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26'],
    ['england-and-wales', 2024, '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26'],
    ['england-and-wales', 2025, '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26'],
    ['england-and-wales', 2026, '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28'],
    ['england-and-wales', 2027, '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28'],
    ['scotland', 2020, '01-01 01-02 04-10 05-08 05-25 08-03 11-30 12-25 12-28'],
    ['scotland', 2021, '01-01 01-04 04-02 05-03 05-31 08-02 11-30 12-27 12-28'],
    ['scotland', 2022, '01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27'],
    ['scotland', 2023, '01-02 01-03 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26'],
    ['scotland', 2024, '01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26'],
    ['scotland', 2025, '01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26'],
    ['scotland', 2026, '01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28'],
    ['northern-ireland', 2020, '01-01 03-17 04-10 04-13 05-08 05-25 07-13 08-31 12-25 12-28'],
    ['northern-ireland', 2021, '01-01 03-17 04-02 04-05 05-03 05-31 07-12 08-30 12-27 12-28'],
    [
      'northern-ireland',
      2022,
      '01-03 03-17 04-15 04-18 05-02 06-02 06-03 07-12 08-29 09-19 12-26 12-27',
    ],
    ['northern-ireland', 2023, '01-02 03-17 04-07 04-10 05-01 05-08 05-29 07-12 08-28 12-25 12-26'],
    ['northern-ireland', 2024, '01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26'],
    ['northern-ireland', 2025, '01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26'],
    ['northern-ireland', 2026, '01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28'],
  ])('of %s in %d', (calendar, year, days) => {
    const dates = days.split(' ').map((date) => `${year}-${date}`);
    expect(holidaysOf(calendar, year).map(({ date }) => date)).toEqual(dates);
  });

  it.each(years)('of %d are weekdays of that year, each once, in order', (year) => {
    for (const calendar of holidayCalendars) {
      const dates = holidaysOf(calendar, year).map(({ date }) => date);
      expect(dates).toEqual([...new Set(dates)].sort());
      for (const date of dates) {
        expect(date.startsWith(`${year}-`)).toBe(true);
        expect([0, 6]).not.toContain(new Date(date).getUTCDay());
      }
    }
  });

  it('are named, and say when they are a substitute', () => {
    expect(holidaysOf('england-and-wales', 2022).filter(({ substitute }) => substitute)).toEqual([
      { date: '2022-01-03', name: 'New Year’s Day', substitute: true },
      { date: '2022-12-27', name: 'Christmas Day', substitute: true },
    ]);
    expect(holidaysOf('scotland', 2022).slice(0, 2)).toEqual([
      { date: '2022-01-03', name: 'New Year’s Day', substitute: true },
      { date: '2022-01-04', name: '2nd January', substitute: true },
    ]);
  });

  it('of a custom calendar are the organisation’s own', () => {
    expect(holidaysOf('custom', 2026)).toEqual([]);
  });

  it.each([2019, 2041, 2026.5, Number.NaN])('are not known for %d', (year) => {
    expect(() => holidaysOf('scotland', year)).toThrow(RangeError);
    expect(() => holidaysOf('custom', year)).toThrow(RangeError);
  });

  it('of single years name where they were announced', () => {
    for (const { date, source } of oneOffDays) {
      expect(Number(date.slice(0, 4))).toBeGreaterThanOrEqual(holidayYears.first);
      expect(source).toMatch(/gov\.uk|Proclamation/);
    }
  });
});

describe('a deadline', () => {
  it.each<[HolidayCalendar, string, string]>([
    ['england-and-wales', '2026-12-24', '2026-12-29'],
    ['scotland', '2026-06-12', '2026-06-16'],
    ['northern-ireland', '2026-07-10', '2026-07-14'],
    ['england-and-wales', '2026-07-10', '2026-07-13'],
    ['scotland', '2027-12-31', '2028-01-05'],
  ])('of one business day in %s from %s', (calendar, from, expected) => {
    const week = { timeZone: 'Europe/London', workingDays: [1, 2, 3, 4, 5], dueFactor: 1 };
    const holidays = holidayDates(calendar, 2026, 2028);
    const due = { amount: 1, unit: 'business-days' } as const;
    const at = deadline(`${from}T12:00:00.000Z`, due, {
      ...{ ...week, startHour: 9, endHour: 17, holidays },
    });
    expect(at.slice(0, 10)).toBe(expected);
  });
});
