/** Hour and day in milliseconds. */
export const hour = 3_600_000;
export const day = 24 * hour;

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
export function wallClock(instant: number, timeZone: string): number {
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
export function instantOf(wall: number, timeZone: string): number {
  const offsetAt = (instant: number) => wallClock(instant, timeZone) - instant;
  const [before, after] = [offsetAt(wall - day), offsetAt(wall + day)];
  const early = wall - before;
  if (before === after || wallClock(early, timeZone) === wall) return early;
  const late = wall - after;
  return wallClock(late, timeZone) === wall ? late : early;
}

/** The start of the wall's day at a time on the wall. */
export function startOfDay(wall: number): number {
  return wall - modulo(wall, day);
}

/** ISO weekday of a day on the wall: 1 is Monday, 7 is Sunday. */
export function weekdayOf(wallDay: number): number {
  return modulo(wallDay / day + 3, 7) + 1;
}

/** The ISO date of a day on the wall. */
export function isoDate(wallDay: number): string {
  return new Date(wallDay).toISOString().slice(0, 10);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
