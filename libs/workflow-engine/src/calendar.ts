import type { Due } from './definition.ts';
import type { BusinessCalendar } from './run.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** The longest deadline that is computed: more is a mistake in the definition. */
const maxDays = 20_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** The wall clock of the zone at an instant, written as if it were UTC. */
function wallClock(instant: number, timeZone: string): number {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) {
    part[type] = Number(value);
  }
  const { year = 0, month = 1, day: date = 1, hour: hours = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, date, hours, minute, second) + modulo(instant, 1000);
}

/**
 * The instant at which the zone's wall clock shows this time. A time that the clock skips in
 * spring is taken as much later as the clock jumps; of a time that it shows twice, the first.
 */
function instantOf(wall: number, timeZone: string): number {
  const offsetAt = (instant: number) => wallClock(instant, timeZone) - instant;
  const [before, after] = [offsetAt(wall - day), offsetAt(wall + day)];
  const early = wall - before;
  if (before === after || wallClock(early, timeZone) === wall) return early;
  const late = wall - after;
  return wallClock(late, timeZone) === wall ? late : early;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

function isoDate(wallDay: number): string {
  return new Date(wallDay).toISOString().slice(0, 10);
}

/** The ISO date that a calendar on the wall shows in this zone at an instant. */
export function localDate(instant: string, timeZone: string): string {
  return isoDate(wallClock(Date.parse(instant), timeZone));
}

function isWorkingDay(wallDay: number, calendar: BusinessCalendar): boolean {
  const weekday = modulo(wallDay / day + 3, 7) + 1;
  return calendar.workingDays.includes(weekday) && !calendar.holidays.includes(isoDate(wallDay));
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
  const { timeZone } = calendar;
  const amount = Math.max(0, due.amount * factor);
  const now = wallClock(Date.parse(from), timeZone);
  const wall =
    due.unit === 'calendar-days'
      ? now + Math.ceil(amount) * day
      : due.unit === 'business-days'
        ? endOfBusinessDay(now, Math.ceil(amount), calendar)
        : afterBusinessHours(now, amount, calendar);
  return new Date(instantOf(wall, timeZone)).toISOString();
}

/** The end of the working time on an ISO date, also one without work; null for what is no date. */
export function endOfDate(date: unknown, { timeZone, endHour }: BusinessCalendar): string | null {
  if (typeof date !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const wallDay = Date.parse(date);
  // A day that its month does not have is no date.
  if (Number.isNaN(wallDay) || isoDate(wallDay) !== date) return null;
  return new Date(instantOf(wallDay + endHour * hour, timeZone)).toISOString();
}

function endOfBusinessDay(now: number, amount: number, calendar: BusinessCalendar): number {
  const today = now - modulo(now, day);
  const end = calendar.endHour * hour;
  if (amount === 0 && isWorkingDay(today, calendar) && now <= today + end) return today + end;
  let left = Math.max(1, amount);
  for (const wallDay of workingDaysAfter(today, calendar)) {
    left -= 1;
    if (left === 0) return wallDay + end;
  }
  throw new RangeError('The business calendar has no working day within reach.');
}

function afterBusinessHours(now: number, amount: number, calendar: BusinessCalendar): number {
  const [opens, closes] = [calendar.startHour * hour, calendar.endHour * hour];
  const today = now - modulo(now, day);
  let left = amount * hour;
  const spend = (from: number, to: number): number | null => {
    if (to <= from) return null;
    if (left <= to - from) return from + left;
    left -= to - from;
    return null;
  };
  if (isWorkingDay(today, calendar)) {
    const reached = spend(Math.max(now, today + opens), today + closes);
    if (reached !== null) return reached;
  }
  for (const wallDay of workingDaysAfter(today, calendar)) {
    const reached = spend(wallDay + opens, wallDay + closes);
    if (reached !== null) return reached;
  }
  throw new RangeError('The business calendar has no working hours within reach.');
}

function* workingDaysAfter(today: number, calendar: BusinessCalendar): Generator<number> {
  for (let ahead = 1; ahead <= maxDays; ahead += 1) {
    const wallDay = today + ahead * day;
    if (isWorkingDay(wallDay, calendar)) yield wallDay;
  }
}
