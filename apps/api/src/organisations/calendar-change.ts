import { Inject, Injectable } from '@nestjs/common';
import type { Organisation } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';

/** Topic of the work that lets open deadlines follow a changed working calendar. */
export const CALENDAR_CHANGED = 'working-calendar';

/** Keeps each version of a working calendar, and promises that open deadlines follow it. */
@Injectable()
export class CalendarChange {
  constructor(@Inject(Outbox) private readonly outbox: Outbox) {}

  /** Within the change of the organisation, whose row `tx` holds. */
  async keep(
    tx: Tx,
    ctx: RequestContext,
    before: Organisation,
    after: Organisation,
  ): Promise<void> {
    const { organisationId, personId } = ctx;
    const id = newId();
    const version = before.calendarVersion + 1;
    const [was, is] = [settingsIn(before), settingsIn(after)];
    await tx.execute(sql`
      insert into app.working_calendar (organisation_id, id, version, before, after, changed_by)
      values (${organisationId}, ${id}, ${version}, ${JSON.stringify(was)}::jsonb,
              ${JSON.stringify(is)}::jsonb, ${personId})`);
    await recordEvent(tx, ctx, {
      action: 'working-calendar.changed',
      entity: 'working-calendar',
      entityId: id,
      payload: { version, before: was, after: is },
    });
    await this.outbox.add(tx, {
      ...{ organisationId, topic: CALENDAR_CHANGED, key: id, payload: { calendarId: id } },
    });
  }
}

function settingsIn(it: Organisation) {
  const { timeZone, workingDays, worksFrom, worksUntil, holidayCalendar, daysOff, headcount } = it;
  return { timeZone, workingDays, worksFrom, worksUntil, holidayCalendar, daysOff, headcount };
}
