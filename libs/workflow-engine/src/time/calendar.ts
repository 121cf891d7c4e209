import type { Due } from '../definition/definition.ts';
import type { BusinessCalendar } from '../run/run.ts';
import { day, hour, instantOf, isoDate, startOfDay, wallClock } from './wall-clock.ts';
import { afterWorkingTime, endOfWork, isWorkingDay, workingDaysAfter } from './working-time.ts';

/** The ISO date that a calendar on the wall shows in this zone at an instant. */
export function localDate(instant: string, timeZone: string): string {
  return isoDate(wallClock(Date.parse(instant), timeZone));
}

/**
 * The instant of a deadline, as ISO text. Business days end at the end of the working day and are
 * counted from the next one; business hours run only inside working hours; calendar days keep the
 * time of day. `factor` stretches the amount (days are rounded up). Throws a `RangeError` when the
 * calendar leaves no time to work in.
 */
export function deadline(
  from: string,
  due: Due,
  calendar: BusinessCalendar,
  factor = calendar.dueFactor,
): string {
  const amount = Math.max(0, due.amount * factor);
  return new Date(instantAfter(Date.parse(from), { ...due, amount }, calendar)).toISOString();
}

function instantAfter(from: number, { amount, unit }: Due, calendar: BusinessCalendar): number {
  const { timeZone } = calendar;
  if (unit === 'business-hours') return afterWorkingTime(from, amount * hour, calendar);
  const now = wallClock(from, timeZone);
  const wall =
    unit === 'calendar-days'
      ? now + Math.ceil(amount) * day
      : endOfBusinessDay(now, Math.ceil(amount), calendar);
  return instantOf(wall, timeZone);
}

function endOfBusinessDay(now: number, amount: number, calendar: BusinessCalendar): number {
  const today = startOfDay(now);
  const end = endOfWork(today, calendar);
  if (amount === 0 && isWorkingDay(today, calendar) && now <= end) return end;
  let left = Math.max(1, amount);
  for (const wallDay of workingDaysAfter(today, calendar)) {
    left -= 1;
    if (left === 0) return endOfWork(wallDay, calendar);
  }
  throw new RangeError('The business calendar has no working day within reach.');
}

/** The end of the working time on an ISO date, also one without work; null for what is no date. */
export function endOfDate(date: unknown, calendar: BusinessCalendar): string | null {
  if (typeof date !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const wallDay = Date.parse(date);
  // A day that its month does not have is no date.
  if (Number.isNaN(wallDay) || isoDate(wallDay) !== date) return null;
  return new Date(instantOf(endOfWork(wallDay, calendar), calendar.timeZone)).toISOString();
}
