import type { ComingDayOff, WorkingTimes } from '@plumbline/contracts';
import { holidaysOf, holidayYears } from '@plumbline/frameworks';

/** The days off from a date on, for twelve months: those by rule and an organisation's own. */
export function comingDaysOff(
  { holidayCalendar, daysOff }: Pick<WorkingTimes, 'holidayCalendar' | 'daysOff'>,
  today: string,
): ComingDayOff[] {
  const year = Number(today.slice(0, 4));
  const until = `${year + 1}${today.slice(4)}`;
  const byRule = [year, year + 1]
    .filter((one) => one >= holidayYears.first && one <= holidayYears.last)
    .flatMap((one) => holidaysOf(holidayCalendar, one))
    .map(({ date, name, substitute }) => ({
      ...{ date, name: substitute ? `${name} (substitute day)` : name, own: false },
    }));
  const own = daysOff.map(({ date, name }) => ({ date, name, own: true }));
  return [...byRule, ...own]
    .filter(({ date }) => date >= today && date < until)
    .sort((one, other) => (one.date < other.date ? -1 : 1));
}
