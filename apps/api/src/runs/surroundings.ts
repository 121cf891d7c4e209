import {
  type HolidayCalendar,
  holidayDates,
  holidayYears,
  riskCriteriaVersion,
  sizeProfileOf,
} from '@plumbline/frameworks';
import type { BusinessCalendar, Facts, Surroundings } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';

/** When an organisation works. */
export interface WorkingHours {
  readonly time_zone: string;
  /** Monday is 1. */
  readonly working_days: readonly number[];
  /** Minutes from midnight. */
  readonly works_from: number;
  readonly works_until: number;
  /** Bank holidays by rule. */
  readonly holiday_calendar: HolidayCalendar;
  /** Days off beside them. */
  readonly holidays: readonly string[];
}

/** What an organisation's own settings say, as they are read with a run. */
export interface OrganisationSettings extends WorkingHours {
  readonly headcount: number | null;
  /** Whether a firm may work here now. */
  readonly has_adviser: boolean;
  /** Rules of separation of duties with a declared exception in force. */
  readonly exceptions: readonly string[];
}

/** Deadlines of an organisation: when it works, its holidays, stretched by its size. */
export function calendarOf(
  organisation: WorkingHours & Pick<OrganisationSettings, 'headcount'>,
): BusinessCalendar {
  return {
    timeZone: organisation.time_zone,
    workingDays: organisation.working_days,
    startHour: organisation.works_from / 60,
    endHour: organisation.works_until / 60,
    holidays: [...daysByRule(organisation.holiday_calendar), ...organisation.holidays],
    dueFactor: sizeProfileOf(organisation.headcount).dueFactor,
  };
}

const byRule = new Map<HolidayCalendar, readonly string[]>();

/** The bank holidays of all years that are known. */
function daysByRule(calendar: HolidayCalendar): readonly string[] {
  let days = byRule.get(calendar);
  if (!days) {
    days = holidayDates(calendar, holidayYears.first, holidayYears.last);
    byRule.set(calendar, days);
  }
  return days;
}

/** What a move may look at besides the run, on the facts of this moment. */
export function surroundingsOf(
  now: Date,
  organisation: OrganisationSettings,
  subject: Facts,
): Surroundings {
  return {
    now: now.toISOString(),
    facts: { ...subject, ...organisationFacts(organisation) },
    calendar: calendarOf(organisation),
  };
}

function organisationFacts({ headcount, has_adviser, exceptions }: OrganisationSettings): Facts {
  return {
    headcount,
    orgSize: sizeProfileOf(headcount).size,
    criteriaVersion: riskCriteriaVersion,
    hasAdviser: has_adviser,
    exceptions,
  };
}

/** The columns of an organisation's settings, from `app.organisation o`. */
export const SETTINGS_COLUMNS = sql`
  o.headcount, o.time_zone, o.working_days, o.works_from, o.works_until, o.holiday_calendar,
  o.holidays::text[] as holidays,
  app.has_adviser(o) as has_adviser,
  app.exceptions_in_force(o) as exceptions`;
