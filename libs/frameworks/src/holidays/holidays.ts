import { HOLIDAY_CALENDARS } from '@plumbline/contracts';
import { easterSunday } from './easter.ts';
import { oneOffDays } from './one-off-days.data.ts';

/** Calendars of public holidays. `custom` has no day by rule: the organisation names its own. */
export const holidayCalendars = HOLIDAY_CALENDARS;

export type HolidayCalendar = (typeof holidayCalendars)[number];

/** A day off work. */
export interface Holiday {
  /** ISO date. */
  readonly date: string;
  readonly name: string;
  /** Given on a weekday because the day itself falls on a weekend. */
  readonly substitute: boolean;
}

/** The first and last year that the rules are known to hold for. */
export const holidayYears = { first: 2020, last: 2040 } as const;

type Country = Exclude<HolidayCalendar, 'custom'>;
interface Rule {
  readonly name: string;
  readonly in: readonly Country[];
  readonly day: (year: number) => string;
  readonly moves?: 'early-may' | 'spring';
}

const [england, scotland, ulster] = holidayCalendars;
const all: readonly Country[] = [england, scotland, ulster];
const [saturday, sunday, monday] = [6, 0, 1];

/** In the order in which substitute days are given out: the earlier day first. */
const rules: readonly Rule[] = [
  { name: 'New Year’s Day', in: all, day: on(1, 1) },
  { name: '2nd January', in: [scotland], day: on(1, 2) },
  { name: 'St Patrick’s Day', in: [ulster], day: on(3, 17) },
  { name: 'Good Friday', in: all, day: (year) => plus(easterSunday(year), -2) },
  { name: 'Easter Monday', in: [england, ulster], day: (year) => plus(easterSunday(year), 1) },
  { name: 'Early May bank holiday', in: all, day: firstMonday(5), moves: 'early-may' },
  { name: 'Spring bank holiday', in: all, day: lastMonday(5), moves: 'spring' },
  { name: 'Battle of the Boyne (Orangemen’s Day)', in: [ulster], day: on(7, 12) },
  { name: 'Summer bank holiday', in: [scotland], day: firstMonday(8) },
  { name: 'Summer bank holiday', in: [england, ulster], day: lastMonday(8) },
  { name: 'St Andrew’s Day', in: [scotland], day: on(11, 30) },
  { name: 'Christmas Day', in: all, day: on(12, 25) },
  { name: 'Boxing Day', in: all, day: on(12, 26) },
];

/**
 * The public holidays of a year, in order of their dates, each a weekday: a day that falls on a
 * weekend is given on the next weekday that is not one itself. Throws a `RangeError` for a year
 * outside {@link holidayYears}.
 */
export function holidaysOf(calendar: HolidayCalendar, year: number): readonly Holiday[] {
  if (!Number.isInteger(year) || year < holidayYears.first || year > holidayYears.last) {
    throw new RangeError(
      `Holidays are known from ${holidayYears.first} to ${holidayYears.last}, not for ${year}.`,
    );
  }
  if (calendar === 'custom') return [];
  const special = oneOffDays.filter(
    ({ date, calendars }) => calendars.includes(calendar) && date.startsWith(`${year}-`),
  );
  const moved = special.map(({ insteadOf }) => insteadOf);
  const regular = rules
    .filter((rule) => rule.in.includes(calendar) && !(rule.moves && moved.includes(rule.moves)))
    .map(({ name, day }) => ({ name, date: day(year) }));
  const found: Holiday[] = [
    ...special.map(({ date, name }) => ({ date, name, substitute: false })),
    ...regular.filter(({ date }) => !isWeekend(date)).map((day) => ({ ...day, substitute: false })),
  ];
  for (const { name, date } of regular.filter((day) => isWeekend(day.date))) {
    found.push({ name, date: nextFree(date, found), substitute: true });
  }
  return found.sort((one, other) => (one.date < other.date ? -1 : 1));
}

/** The dates of the public holidays of all years from one to another, as a calendar takes them. */
export function holidayDates(
  calendar: HolidayCalendar,
  from: number,
  to: number,
): readonly string[] {
  const dates: string[] = [];
  for (let year = from; year <= to; year += 1) {
    dates.push(...holidaysOf(calendar, year).map(({ date }) => date));
  }
  return dates;
}

function nextFree(date: string, taken: readonly Holiday[]): string {
  let next = plus(date, 1);
  while (isWeekend(next) || taken.some((day) => day.date === next)) next = plus(next, 1);
  return next;
}

function isWeekend(date: string): boolean {
  const weekday = weekdayOf(date);
  return weekday === saturday || weekday === sunday;
}

function weekdayOf(date: string): number {
  return new Date(date).getUTCDay();
}

function on(month: number, date: number): (year: number) => string {
  return (year) => iso(year, month, date);
}

function firstMonday(month: number): (year: number) => string {
  return (year) => {
    const first = iso(year, month, 1);
    return plus(first, (monday - weekdayOf(first) + 7) % 7);
  };
}

/** Of a month with 31 days. */
function lastMonday(month: number): (year: number) => string {
  return (year) => {
    const last = iso(year, month, 31);
    return plus(last, -((weekdayOf(last) - monday + 7) % 7));
  };
}

function iso(year: number, month: number, date: number): string {
  return new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10);
}

function plus(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}
