import { Inject, Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Notifications } from '../notifications/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { recordEvent } from '../platform/record/record-writer.ts';

/** A change of the working calendar at work; `personId` is who changed it. */
export interface Change {
  readonly organisationId: string;
  readonly id: string;
  readonly version: number;
  readonly personId: string;
}

interface Counts {
  runs: number;
  tasks: number;
  timers: number;
  kept: number;
}

/** Ends the work on a change: notes it, and tells whom it concerns. */
@Injectable()
export class CalendarEnd {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Notifications) private readonly notifications: Notifications,
    @Inject(EventStream) private readonly stream: EventStream,
  ) {}

  /** Every run is through. */
  async done(change: Change): Promise<void> {
    await this.finish(change, 'done', async (tx, counts) => {
      await this.tellChanger(tx, change, counts);
      await this.tellHolders(tx, change);
    });
  }

  /** A later change lets all deadlines follow it; what this one moved is moved on. */
  async superseded(change: Change): Promise<void> {
    await this.finish(change, 'superseded', () => Promise.resolve());
  }

  private async finish(
    change: Change,
    state: 'done' | 'superseded',
    then: (tx: Tx, counts: Counts) => Promise<void>,
  ): Promise<void> {
    const { organisationId, id, version } = change;
    await this.database.transaction({ organisationId, personId: null }, async (tx) => {
      const ended = await tx.execute(sql`
        update app.working_calendar set state = ${state}, finished_at = now()
        where organisation_id = ${organisationId} and id = ${id} and state = 'running'`);
      if (ended === 0) return;
      const counts = await tx.one<Counts>(sql`
        select count(*)::int as runs, coalesce(sum(tasks_moved), 0)::int as tasks,
               coalesce(sum(timers_moved), 0)::int as timers,
               coalesce(sum(tasks_kept), 0)::int as kept
        from app.working_calendar_run
        where organisation_id = ${organisationId} and calendar_id = ${id}`);
      await recordEvent(
        tx,
        { organisationId, personId: null },
        {
          action: state === 'done' ? 'working-calendar.applied' : 'working-calendar.superseded',
          entity: 'working-calendar',
          entityId: id,
          payload: { version, ...counts },
        },
      );
      await then(tx, counts);
      this.stream.publish(tx, organisationId, { type: 'job-changed', id });
    });
  }

  private async tellChanger(
    tx: Tx,
    { organisationId, personId, id }: Change,
    { tasks, timers, kept }: Counts,
  ): Promise<void> {
    const said = [
      `${counted(tasks, 'deadline')} moved`,
      ...(timers > 0 ? [`${counted(timers, 'wait')} moved`] : []),
      ...(kept > 0 ? [`${counted(kept, 'deadline')} stayed`] : []),
    ];
    await this.notifications.notify(tx, {
      ...{ organisationId, personId, kind: 'job', key: `working-calendar:${id}` },
      subject: 'Open deadlines follow the working calendar',
      text: `Open deadlines follow the working calendar: ${said.join(', ')}.`,
      path: `${await this.home(tx, organisationId)}/settings/calendar/${id}`,
    });
  }

  /** Whoever has a task whose deadline moved is told once, of all of theirs. */
  private async tellHolders(tx: Tx, { organisationId, personId, id }: Change): Promise<void> {
    const holders = await tx.query<{ assignee: string; tasks: number }>(sql`
      select t.assignee, count(*)::int as tasks
      from app.working_calendar_run r
      cross join lateral jsonb_array_elements(r.moved) as d (one)
      join app.task t on t.organisation_id = r.organisation_id and t.run_id = r.run_id
        and t.key = d.one ->> 'key'
      where r.organisation_id = ${organisationId} and r.calendar_id = ${id}
        and t.status = 'open' and t.assignee is not null and t.assignee <> ${personId}
      group by t.assignee`);
    for (const { assignee, tasks } of holders) {
      await this.notifications.notify(tx, {
        ...{ organisationId, personId: assignee, kind: 'for-information' },
        key: `working-calendar:${id}`,
        subject: 'Deadlines of your tasks moved',
        text: `The working calendar changed: ${counted(tasks, 'deadline')} of your tasks moved.`,
        path: `${await this.home(tx, organisationId)}/tasks`,
      });
    }
  }

  private async home(tx: Tx, organisationId: string): Promise<string> {
    const { slug, kind } = await tx.one<{ slug: string; kind: 'firm' | 'client' }>(
      sql`select slug, kind from app.organisation where id = ${organisationId}`,
    );
    return `/${kind === 'firm' ? 'f' : 'c'}/${slug}`;
  }
}

const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;
