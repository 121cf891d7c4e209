import type { DayOff, Organisation, WorkingTimes } from '@plumbline/contracts';
import { sizeProfileOf } from '@plumbline/frameworks';
import sql from 'sql-template-tag';

/** The working times of an organisation as its row holds them. */
export interface WorkingTimesRow {
  time_zone: string;
  working_days: number[];
  /** Minutes from midnight. */
  works_from: number;
  works_until: number;
  holiday_calendar: Organisation['holidayCalendar'];
  holidays: string[];
  holiday_names: string[];
}

/** The columns of that row, from `app.organisation`. */
export const WORKING_TIMES = sql`
  time_zone, working_days, works_from, works_until, holiday_calendar, holidays::text[] as holidays,
  holiday_names`;

/** Working times as the contract says. */
export const toWorkingTimes = (row: WorkingTimesRow): WorkingTimes => ({
  timeZone: row.time_zone,
  workingDays: row.working_days,
  worksFrom: clockOf(row.works_from),
  worksUntil: clockOf(row.works_until),
  holidayCalendar: row.holiday_calendar,
  daysOff: row.holidays.map((date, at) => ({ date, name: row.holiday_names[at] ?? '' })),
});

/** Working times in order: each day once, a date once with its last name. */
export function tidied<Of extends WorkingTimes>(times: Of): Of {
  const names = new Map(times.daysOff.map(({ date, name }) => [date, name]));
  const daysOff = [...names]
    .map(([date, name]): DayOff => ({ date, name }))
    .sort((one, other) => (one.date < other.date ? -1 : 1));
  return { ...times, daysOff, workingDays: [...times.workingDays].sort((a, b) => a - b) };
}

/** What deadlines are reckoned by: working times without names, and how large the organisation is. */
type Reckoned = WorkingTimes & Pick<Organisation, 'headcount'>;

/** Whether deadlines come out otherwise by the one than by the other. */
export function reckonsOtherwise(one: Reckoned, other: Reckoned): boolean {
  return keyOf(one) !== keyOf(other);
}

function keyOf(it: Reckoned): string {
  const { timeZone, workingDays, worksFrom, worksUntil, holidayCalendar } = it;
  const dates = it.daysOff.map(({ date }) => date);
  const { dueFactor } = sizeProfileOf(it.headcount);
  return JSON.stringify([
    ...[timeZone, workingDays, worksFrom, worksUntil, holidayCalendar, dates, dueFactor],
  ]);
}

/** Minutes from midnight of a time like 09:00. */
export function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

function clockOf(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
