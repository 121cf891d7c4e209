import { Inject, Injectable, Logger } from '@nestjs/common';
import type { CalendarFollowed } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import { CALENDAR_CHANGED } from '../organisations/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { RunCalendar } from '../runs/index.ts';
import { CalendarEnd, type Change } from './calendar-end.ts';

/** Runs after which the screen is told how far it is. */
const TOLD_EVERY = 20;
/** Seconds until the second look, which finds what was under way during the change. */
const SECOND_LOOK = 60;

/**
 * Lets open deadlines follow a changed working calendar: each run in a transaction of its own,
 * together with the note of what became of it. Whoever comes after a worker that died goes on with
 * what is left. A second look a minute later takes the runs that moved by the old calendar while it
 * changed.
 */
@Injectable()
@OutboxHandler(CALENDAR_CHANGED, 'long')
export class CalendarWork implements OutboxHandling {
  private readonly logger = new Logger(CalendarWork.name);

  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(RunCalendar) private readonly calendars: RunCalendar,
    @Inject(CalendarEnd) private readonly end: CalendarEnd,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(EventStream) private readonly stream: EventStream,
  ) {}

  async handle({ organisationId, payload, signal }: DeliveredMessage): Promise<void> {
    const again = payload['again'] === true;
    const change = await this.begin(organisationId, String(payload['calendarId']), again);
    if (!change) return;
    let failure: Error | null = null;
    for (const [at, runId] of (await this.waiting(change)).entries()) {
      if (signal.aborted) throw new Error('The worker stops; the work goes on elsewhere.');
      try {
        if (!(await this.followOne(change, runId, at))) {
          await this.end.superseded(change);
          return;
        }
      } catch (error) {
        // The others do not wait for this one: it is tried again when the message comes again.
        this.logger.warn({
          ...{ message: 'deadlines not moved', id: change.id, runId, cause: String(error) },
        });
        failure ??= error instanceof Error ? error : new Error(String(error));
      }
    }
    if (failure !== null) throw failure;
    if (!again) await this.end.done(change);
  }

  /** Null when a later change has taken over, or this one is through. */
  private begin(organisationId: string, id: string, again: boolean): Promise<Change | null> {
    return this.database.transaction({ organisationId, personId: null }, async (tx) => {
      const change = await tx.maybe<Change>(sql`
        update app.working_calendar set state = case state when 'waiting' then 'running' else state end
        where organisation_id = ${organisationId} and id = ${id}
          and state = any (${again ? ['done'] : ['waiting', 'running']})
        returning organisation_id as "organisationId", id, version, changed_by as "personId"`);
      if (!change) return null;
      if (again) await this.lookAgain(tx, change);
      else await this.choose(tx, change);
      return change;
    });
  }

  private async choose(tx: Tx, { organisationId, id }: Change): Promise<void> {
    await tx.execute(sql`
      insert into app.working_calendar_run (organisation_id, calendar_id, run_id)
      select organisation_id, ${id}, id from app.run
      where organisation_id = ${organisationId} and status = 'running'
      on conflict do nothing`);
    await this.outbox.add(tx, {
      ...{ organisationId, topic: CALENDAR_CHANGED, key: `${id}:again` },
      ...{ payload: { calendarId: id, again: true }, delay: SECOND_LOOK },
    });
  }

  /** Runs that moved, or began, while the calendar changed: their moves may have known the old one. */
  private async lookAgain(tx: Tx, { organisationId, id }: Change): Promise<void> {
    await tx.execute(sql`
      insert into app.working_calendar_run (organisation_id, calendar_id, run_id)
      select r.organisation_id, c.id, r.id
      from app.working_calendar c
      join app.run r on r.organisation_id = c.organisation_id and r.status = 'running'
      join app.run_event e on e.organisation_id = r.organisation_id and e.run_id = r.id
        and e.seq = r.version
      where c.organisation_id = ${organisationId} and c.id = ${id}
        and e.at between c.changed_at - interval '5 minutes' and c.changed_at + interval '5 minutes'
      on conflict (organisation_id, calendar_id, run_id) do update set done_at = null`);
  }

  private async waiting({ organisationId, id }: Change): Promise<string[]> {
    const rows = await this.database.transaction({ organisationId, personId: null }, (tx) =>
      tx.query<{ run_id: string }>(sql`
        select run_id from app.working_calendar_run
        where organisation_id = ${organisationId} and calendar_id = ${id} and done_at is null
        order by run_id`),
    );
    return rows.map(({ run_id }) => run_id);
  }

  /** False when a later change has taken over. */
  private followOne(change: Change, runId: string, at: number): Promise<boolean> {
    const { organisationId, id, version } = change;
    const scope = { organisationId, personId: null };
    return this.database.transaction(scope, async (tx) => {
      const mine = await tx.maybe(sql`
        select 1 as found from app.working_calendar_run
        where organisation_id = ${organisationId} and calendar_id = ${id} and run_id = ${runId}
          and done_at is null
        for update`);
      // Somebody else has done it while this one waited.
      if (!mine) return true;
      const { calendar_version } = await tx.one<{ calendar_version: number }>(
        sql`select calendar_version from app.organisation where id = ${organisationId}`,
      );
      if (calendar_version !== version) return false;
      await this.note(tx, change, runId, await this.calendars.follow(tx, scope, runId));
      if (at % TOLD_EVERY === 0)
        this.stream.publish(tx, organisationId, { type: 'job-changed', id });
      return true;
    });
  }

  private async note(
    tx: Tx,
    { organisationId, id }: Change,
    runId: string,
    { moved, kept }: CalendarFollowed,
  ): Promise<void> {
    const count = (all: readonly { readonly kind: string }[], kind: string) =>
      all.filter((one) => one.kind === kind).length;
    // A second look adds what it moved, and says anew what stays.
    await tx.execute(sql`
      update app.working_calendar_run
      set done_at = now(), moved = moved || ${JSON.stringify(moved)}::jsonb,
          kept = ${JSON.stringify(kept)}::jsonb,
          tasks_moved = tasks_moved + ${count(moved, 'task')},
          timers_moved = timers_moved + ${count(moved, 'timer')},
          tasks_kept = ${count(kept, 'task')}
      where organisation_id = ${organisationId} and calendar_id = ${id} and run_id = ${runId}`);
  }
}
