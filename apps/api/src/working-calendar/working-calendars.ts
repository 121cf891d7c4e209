import { Inject, Injectable } from '@nestjs/common';
import type {
  CalendarChangeDetail,
  CalendarPreview,
  Organisation,
  PreviewCalendar,
  WorkingCalendar,
} from '@plumbline/contracts';
import { localDate, type CalendarFollowed } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import {
  minutesOf,
  Organisations,
  reckonsOtherwise,
  refuseUnknownTimeZone,
  tidied,
} from '../organisations/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { Invalid } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { RunCalendar, type OtherCalendar } from '../runs/index.ts';
import {
  CHANGE_ROW,
  toChange,
  toMoved,
  toStaying,
  type ChangeRow,
  type DeadlineRow,
} from './calendar-rows.ts';
import { comingDaysOff } from './coming-days.ts';

/** Runs that a preview tries, changes that are listed, and deadlines that one shows of each kind. */
const TRIED = 200;
const LISTED = 20;
const SHOWN = 200;
const FURTHEST = 10;

/** When an organisation works: what is ahead, what a change would do, what became of it. */
@Injectable()
export class WorkingCalendars {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(RunCalendar) private readonly calendars: RunCalendar,
  ) {}

  /** The days off ahead and the newest changes. */
  async get(ctx: RequestContext): Promise<WorkingCalendar> {
    const organisation = await this.organisations.get(ctx);
    return this.database.transaction(ctx, async (tx) => {
      const rows = await tx.query<ChangeRow>(sql`
        select ${CHANGE_ROW} where c.organisation_id = ${ctx.organisationId}
        order by c.version desc limit ${LISTED}`);
      const today = await this.today(tx, organisation.timeZone);
      return {
        comingDaysOff: comingDaysOff(organisation, today),
        changes: rows.map(toChange),
      };
    });
  }

  /** What would become of open deadlines; nothing is changed. */
  async preview(ctx: RequestContext, input: PreviewCalendar): Promise<CalendarPreview> {
    const before = await this.organisations.get(ctx);
    const after = tidied({ ...before, ...input });
    refuseUnknownTimeZone(after.timeZone);
    const changes = reckonsOtherwise(before, after);
    return this.database.transaction(ctx, async (tx) => {
      const today = await this.today(tx, after.timeZone);
      const { total, tried, followed } = await this.tryRuns(tx, ctx, changes ? after : null);
      const moved = followed.flatMap(([run, { moved: all }]) =>
        all.map((one) => ({
          run,
          ...one,
          far: Math.abs(Date.parse(one.to) - Date.parse(one.from)),
        })),
      );
      const kept = followed.flatMap(([run, { kept: all }]) => all.map((one) => ({ run, ...one })));
      const isTask = ({ kind }: { readonly kind: string }) => kind === 'task';
      const tasks = moved.filter(isTask).sort((one, other) => other.far - one.far);
      const staying = kept.filter(isTask);
      return {
        ...{ changes, comingDaysOff: comingDaysOff(after, today), runs: total, tried },
        tasks: followed.reduce((sum, [, { state }]) => sum + withDeadline(state), 0),
        ...{ tasksMoved: tasks.length, timersMoved: moved.length - tasks.length },
        furthest: (
          await this.named(
            tx,
            ctx,
            tasks.slice(0, FURTHEST).map(({ run, key, from: at, to }) => ({ run, key, at, to })),
          )
        ).map(toMoved),
        tasksKept: staying.length,
        kept: (
          await this.named(
            tx,
            ctx,
            staying
              .slice(0, FURTHEST)
              .map(({ run, key, dueAt: at, why }) => ({ run, key, at, why })),
          )
        ).map(toStaying),
      };
    });
  }

  /** A change, and what became of open deadlines. */
  async detail(ctx: RequestContext, id: string): Promise<CalendarChangeDetail> {
    return this.database.transaction(ctx, async (tx) => {
      const row = await tx.one<ChangeRow>(sql`
        select ${CHANGE_ROW} where c.organisation_id = ${ctx.organisationId} and c.id = ${id}`);
      const of = (part: 'moved' | 'kept') =>
        tx.query<DeadlineRow>(sql`
          select t.id, t.title, t.reference, s.name as system_name,
                 coalesce(d.one ->> 'from', d.one ->> 'dueAt') as at, d.one ->> 'to' as "to",
                 d.one ->> 'why' as why
          from app.working_calendar_run r
          cross join lateral jsonb_array_elements(
            case ${part} when 'moved' then r.moved else r.kept end) as d (one)
          join app.task t on t.organisation_id = r.organisation_id and t.run_id = r.run_id
            and t.key = d.one ->> 'key'
          join app.ai_system s on s.organisation_id = t.organisation_id and s.id = t.ai_system_id
          where r.organisation_id = ${ctx.organisationId} and r.calendar_id = ${id}
            and d.one ->> 'kind' = 'task'
          order by at, t.id limit ${SHOWN}`);
      const { before, after } = row;
      return {
        ...toChange(row),
        ...{ before, after, moved: (await of('moved')).map(toMoved) },
        kept: (await of('kept')).map(toStaying),
      };
    });
  }

  /** Tries the running cases with the nearest deadlines; none when nothing changes. */
  private async tryRuns(tx: Tx, ctx: RequestContext, after: Organisation | null) {
    const { total } = await tx.one<{ total: number }>(sql`
      select count(*)::int as total from app.run
      where organisation_id = ${ctx.organisationId} and status = 'running'`);
    const followed: [string, CalendarFollowed][] = [];
    if (!after) return { total, tried: 0, followed };
    const rows = await tx.query<{ id: string }>(sql`
      select id from app.run where organisation_id = ${ctx.organisationId} and status = 'running'
      order by attention, id limit ${TRIED}`);
    const other = settingsOf(after);
    for (const { id } of rows) {
      followed.push([id, await this.calendars.preview(tx, ctx, id, other)]);
    }
    return { total, tried: rows.length, followed };
  }

  private async named(
    tx: Tx,
    ctx: RequestContext,
    deadlines: readonly { readonly run: string; readonly key: string }[],
  ): Promise<DeadlineRow[]> {
    return tx.query<DeadlineRow>(sql`
      select t.id, t.title, t.reference, s.name as system_name, d.at, d."to", d.why
      from rows from (jsonb_to_recordset(${JSON.stringify(deadlines)}::jsonb)
                        as (run uuid, key text, at text, "to" text, why text))
           with ordinality as d (run, key, at, "to", why, place)
      join app.task t on t.organisation_id = ${ctx.organisationId} and t.run_id = d.run
        and t.key = d.key
      join app.ai_system s on s.organisation_id = t.organisation_id and s.id = t.ai_system_id
      order by d.place`);
  }

  private async today(tx: Tx, timeZone: string): Promise<string> {
    const { now } = await tx.one<{ now: Date }>(sql`select now() as now`);
    return localDate(now.toISOString(), timeZone);
  }
}

/** Open tasks with a deadline. */
const withDeadline = ({ tasks }: CalendarFollowed['state']): number =>
  tasks.filter(({ dueAt }) => dueAt !== null).length;

/** The settings of a change under the names that a run knows them by. */
function settingsOf(it: Organisation): OtherCalendar {
  const [works_from, works_until] = [minutesOf(it.worksFrom), minutesOf(it.worksUntil)];
  if (works_from >= works_until) {
    throw new Invalid('These working hours leave no time to work in.', [
      { field: 'worksUntil', message: 'Work ends after it begins, on the same day.' },
    ]);
  }
  return {
    ...{ time_zone: it.timeZone, working_days: it.workingDays, works_from, works_until },
    ...{ holiday_calendar: it.holidayCalendar, holidays: it.daysOff.map(({ date }) => date) },
    headcount: it.headcount,
  };
}
