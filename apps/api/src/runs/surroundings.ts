import { riskCriteriaVersion, sizeProfileOf } from '@plumbline/frameworks';
import type { BusinessCalendar, Facts, Surroundings } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';

/** What an organisation's own settings say, as they are read with a run. */
export interface OrganisationSettings {
  readonly headcount: number | null;
  readonly time_zone: string;
  readonly holidays: readonly string[];
  /** Whether a firm may work here now. */
  readonly has_adviser: boolean;
  /** Rules of separation of duties with a declared exception in force. */
  readonly exceptions: readonly string[];
}

/** Monday to Friday, nine to five: what a deadline in working time means. */
const WORKING_WEEK = { workingDays: [1, 2, 3, 4, 5], startHour: 9, endHour: 17 } as const;

/** Deadlines of an organisation: its time zone, its holidays, stretched by its size. */
export function calendarOf(organisation: OrganisationSettings): BusinessCalendar {
  return {
    timeZone: organisation.time_zone,
    ...WORKING_WEEK,
    holidays: organisation.holidays,
    dueFactor: sizeProfileOf(organisation.headcount).dueFactor,
  };
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
  o.headcount, o.time_zone, o.holidays::text[] as holidays, app.has_adviser(o) as has_adviser,
  app.exceptions_in_force(o) as exceptions`;
