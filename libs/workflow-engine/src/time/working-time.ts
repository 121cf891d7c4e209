import type { BusinessCalendar } from '../run/run.ts';
import { day, hour, instantOf, isoDate, startOfDay, wallClock, weekdayOf } from './wall-clock.ts';

/** The longest stretch of days that is looked at: more is a mistake in the definition. */
const maxDays = 20_000;

/** Whether people work on this day of the wall. */
export function isWorkingDay(wallDay: number, calendar: BusinessCalendar): boolean {
  return (
    calendar.workingDays.includes(weekdayOf(wallDay)) &&
    !calendar.holidays.includes(isoDate(wallDay))
  );
}

/** When work ends on a day of the wall: half-way through the working hours on half days. */
export function endOfWork(wallDay: number, calendar: BusinessCalendar): number {
  const { startHour, endHour, halfDays = [] } = calendar;
  const closes = halfDays.includes(isoDate(wallDay)) ? (startHour + endHour) / 2 : endHour;
  return wallDay + closes * hour;
}

/** The working days after a day of the wall, as far as deadlines reach. */
export function* workingDaysAfter(wallDay: number, calendar: BusinessCalendar): Generator<number> {
  for (let ahead = 1; ahead <= maxDays; ahead += 1) {
    if (isWorkingDay(wallDay + ahead * day, calendar)) yield wallDay + ahead * day;
  }
}

/** Working hours as instants, from the one that an instant lies in or before. */
function* windowsFrom(from: number, calendar: BusinessCalendar): Generator<[number, number]> {
  const { timeZone, startHour } = calendar;
  // The day before too: a working day may end after midnight.
  const yesterday = startOfDay(wallClock(from, timeZone)) - day;
  for (const wallDay of workingDaysAfter(yesterday - day, calendar)) {
    const opens = Math.max(from, instantOf(wallDay + startHour * hour, timeZone));
    const closes = instantOf(endOfWork(wallDay, calendar), timeZone);
    if (closes > opens) yield [opens, closes];
  }
}

/**
 * The instant after so many milliseconds of working time. Nothing at all leads to the next moment
 * of work. Throws a `RangeError` when the calendar has no working hours within reach.
 */
export function afterWorkingTime(
  from: number,
  milliseconds: number,
  calendar: BusinessCalendar,
): number {
  let left = milliseconds;
  for (const [opens, closes] of windowsFrom(from, calendar)) {
    if (left <= closes - opens) return opens + left;
    left -= closes - opens;
  }
  throw new RangeError('The business calendar has no working hours within reach.');
}

/** The working time between two instants in milliseconds; nothing when the second is not later. */
export function workingTimeBetween(from: number, to: number, calendar: BusinessCalendar): number {
  let sum = 0;
  if (to <= from) return sum;
  for (const [opens, closes] of windowsFrom(from, calendar)) {
    if (opens >= to) break;
    sum += Math.min(closes, to) - opens;
  }
  return sum;
}

/** What moves a deadline on: working time, plain time, or nothing when it is a fixed date. */
export type Clock = 'working' | 'calendar' | 'fixed';

/** A deadline with the clock that it was reckoned by. */
export interface ClockedDeadline {
  readonly dueAt: string;
  readonly clock: Clock;
}

/**
 * The instant at a percentage of the time from opening to deadline: 100 is the deadline itself,
 * and what is above runs on from there. Of working time; of plain time when the deadline was
 * reckoned in calendar days or no working time lies in between.
 */
export function atShare(
  percent: number,
  openedAt: string,
  { dueAt, clock }: ClockedDeadline,
  calendar: BusinessCalendar,
): string {
  const [opened, due] = [Date.parse(openedAt), Date.parse(dueAt)];
  if (percent === 100 || due <= opened) return new Date(due).toISOString();
  const [base, share] = percent < 100 ? [opened, percent / 100] : [due, percent / 100 - 1];
  const total = clock === 'calendar' ? 0 : workingTimeBetween(opened, due, calendar);
  const at =
    total > 0
      ? afterWorkingTime(base, Math.round(total * share), calendar)
      : base + Math.round((due - opened) * share);
  return new Date(percent < 100 ? Math.min(at, due) : at).toISOString();
}

/**
 * A deadline after its clock stood still from `stoppedAt` to `now`: the time that was left is left
 * again. A fixed date stays, and so does one that had passed before; none comes to lie earlier.
 */
export function keptDeadline(
  { dueAt, clock }: ClockedDeadline,
  stoppedAt: string,
  now: string,
  calendar: BusinessCalendar,
): string {
  const [due, stopped, goesOn] = [Date.parse(dueAt), Date.parse(stoppedAt), Date.parse(now)];
  if (clock === 'fixed' || stopped >= due || goesOn <= stopped) return dueAt;
  const left = clock === 'calendar' ? 0 : workingTimeBetween(stopped, due, calendar);
  const moved = left > 0 ? afterWorkingTime(goesOn, left, calendar) : due + (goesOn - stopped);
  return new Date(Math.max(due, moved)).toISOString();
}
