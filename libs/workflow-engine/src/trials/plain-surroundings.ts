import type { BusinessCalendar } from '../run/run.ts';

/** When cases begin that do not say so: Tuesday 24 November 2026, ten o’clock in London. */
export const plainNow = '2026-11-24T10:00:00.000Z';

/** The calendar of cases that do not have one: nine to five, Monday to Friday, no holidays. */
export const plainCalendar: BusinessCalendar = {
  timeZone: 'Europe/London',
  workingDays: [1, 2, 3, 4, 5],
  startHour: 9,
  endHour: 17,
  holidays: [],
  dueFactor: 1,
};
