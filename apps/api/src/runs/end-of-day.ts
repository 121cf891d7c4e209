import { endOfDate, localDate } from '@plumbline/workflow-engine';
import { Invalid } from '../platform/problems.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import type { Acting } from './acting.ts';
import { settingsOf } from './organisation-settings.ts';
import { calendarOf } from './surroundings.ts';

/** The end of the working time of a day that is not over, as an ISO instant. */
export async function endOfDay(tx: Tx, ctx: Acting, day: string): Promise<string> {
  const { now, organisation } = await settingsOf(tx, ctx);
  const at = endOfDate(day, calendarOf(organisation));
  if (at === null || day < localDate(now.toISOString(), organisation.time_zone)) {
    throw new Invalid('This day cannot be used.', [
      { field: 'dueOn', message: 'Choose a day from today on.' },
    ]);
  }
  return at;
}
