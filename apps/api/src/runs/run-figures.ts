import { Inject, Injectable } from '@nestjs/common';
import type { RunFigures, RunFiguresQuery, StepFigures } from '@plumbline/contracts';
import sql, { type Sql } from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Workflows } from '../workflows/index.ts';

/** A period longer than this is told by weeks. */
const BY_DAY = 62;

interface Totals {
  started: number;
  ended: number;
  cancelled: number;
  running: number;
  median: number | null;
  p90: number | null;
  reworked: number;
  outcomes: RunFigures['outcomes'];
}

interface StepRow {
  step: string;
  finished: number;
  reworked: number;
  median: number | null;
  p90: number | null;
  total: number;
}

/** How workflows went: counted in the database from the events of their runs, in one look. */
@Injectable()
export class RunFiguresPages {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Workflows) private readonly workflows: Workflows,
  ) {}

  /** The figures of a workflow in a period; NotFound for one that the organisation does not have. */
  of(ctx: RequestContext, query: RunFiguresQuery): Promise<RunFigures> {
    return this.database.transaction(ctx, async (tx) => {
      const { definition } = await this.workflows.latest(tx, ctx, query.workflow);
      const chosen = chosenRuns(ctx, query);
      const totals = await totalsOf(tx, chosen);
      const visits = new Map((await visitsOf(tx, ctx, chosen)).map((row) => [row.step, row]));
      const overdue = new Map((await overdueOf(tx, ctx, chosen)).map((row) => [row.step, row]));
      const here = new Map((await runningAt(tx, ctx, chosen)).map((row) => [row.step, row]));
      const known = new Map(definition.steps.map((step) => [step.id, step]));
      const ids = [...known.keys(), ...visits.keys(), ...here.keys()];
      const steps = [...new Set(ids)].map((id): StepFigures => {
        const visit = visits.get(id);
        const at = here.get(id);
        return {
          // A step of an older version that the newest does not have is told by its id.
          ...{ step: id, name: known.get(id)?.name ?? id, type: known.get(id)?.type ?? 'gone' },
          took: tookOf(visit?.finished ?? 0, visit ?? null),
          totalSeconds: visit?.total ?? 0,
          rework: { count: visit?.reworked ?? 0, of: visit?.finished ?? 0 },
          overdue: { count: overdue.get(id)?.overdue ?? 0, of: overdue.get(id)?.dated ?? 0 },
          running: at?.running ?? 0,
          longestSince: at?.since.toISOString() ?? null,
        };
      });
      const sum = (pick: (step: StepFigures) => number) =>
        steps.reduce((total, step) => total + pick(step), 0);
      return {
        workflow: { key: definition.key, name: definition.name },
        ...{ from: query.from, to: query.to },
        ...{ started: totals.started, ended: totals.ended, cancelled: totals.cancelled },
        ...{ running: totals.running, outcomes: totals.outcomes },
        took: tookOf(totals.ended, totals),
        rework: { count: totals.reworked, of: totals.ended },
        overdue: { count: sum((step) => step.overdue.count), of: sum((step) => step.overdue.of) },
        bottleneck: bottleneckOf(steps),
        throughput: await throughputOf(tx, chosen, query),
        steps,
      };
    });
  }
}

const tookOf = (
  count: number,
  row: { readonly median: number | null; readonly p90: number | null } | null,
): StepFigures['took'] =>
  row === null || row.median === null || row.p90 === null
    ? null
    : { count, medianSeconds: row.median, p90Seconds: row.p90 };

/** Where most of the time goes. A join only waits for others, whose time it is. */
export function bottleneckOf(figures: readonly StepFigures[]): RunFigures['bottleneck'] {
  const steps = figures.filter(({ type }) => type !== 'join');
  const all = steps.reduce((total, { totalSeconds }) => total + totalSeconds, 0);
  const worst = steps.toSorted((a, b) => b.totalSeconds - a.totalSeconds)[0];
  if (!worst || worst.totalSeconds <= 0) return null;
  return { step: worst.step, name: worst.name, share: worst.totalSeconds / all };
}

/** The period as instants, and the runs that were under way in it, as `edge` and `chosen`. */
export function chosenRuns(
  { organisationId }: RequestContext,
  { workflow, version, from, to }: RunFiguresQuery,
): Sql {
  return sql`
    edge as (
      select (${from}::date)::timestamp at time zone time_zone as first,
             (${to}::date + 1)::timestamp at time zone time_zone as last, time_zone
      from app.organisation where id = ${organisationId}
    ), chosen as (
      select r.id, r.organisation_id, r.status, r.outcome, r.started_at, r.ended_at, r.state
      from edge, app.run r
      join app.workflow_version v
        on v.organisation_id = r.organisation_id and v.id = r.workflow_version_id
      where r.organisation_id = ${organisationId} and r.workflow_key = ${workflow}
        and (${version ?? null}::int is null or v.version = ${version ?? null})
        and r.started_at < edge.last and coalesce(r.ended_at, 'infinity') >= edge.first
    )`;
}

async function totalsOf(tx: Tx, chosen: Sql): Promise<Totals> {
  const ended = sql`(c.status = 'ended' and c.ended_at < edge.last)`;
  return tx.one<Totals>(sql`
    with ${chosen}, outcome as (
      select c.outcome, count(*)::int as count from chosen c, edge where ${ended} group by c.outcome
    )
    select count(*) filter (where c.started_at >= edge.first)::int as started,
           count(*) filter (where ${ended})::int as ended,
           count(*) filter (where c.status = 'cancelled' and c.ended_at < edge.last)::int as cancelled,
           count(*) filter (where c.status = 'running')::int as running,
           percentile_cont(0.5) within group (order by extract(epoch from c.ended_at - c.started_at))
             filter (where ${ended}) as median,
           percentile_cont(0.9) within group (order by extract(epoch from c.ended_at - c.started_at))
             filter (where ${ended}) as p90,
           count(*) filter (where ${ended} and exists (
             select 1 from jsonb_each(c.state -> 'visits') v where v.value::int > 1))::int as reworked,
           coalesce((select jsonb_agg(jsonb_build_object('outcome', coalesce(o.outcome, ''), 'count', o.count)
             order by o.count desc, o.outcome) from outcome o), '[]') as outcomes
    from edge left join chosen c on true`);
}

async function visitsOf(tx: Tx, ctx: RequestContext, chosen: Sql): Promise<StepRow[]> {
  return tx.query<StepRow>(sql`
    with ${chosen}, visit as (
      select e.run_id, e.step, (e.event ->> 'visit')::int as visit,
             min(e.at) filter (where e.type = 'step-entered') as entered,
             max(e.at) filter (where e.type = 'step-left') as finished
      from chosen c
      join app.run_event e on e.organisation_id = ${ctx.organisationId} and e.run_id = c.id
      where e.type in ('step-entered', 'step-left') and e.step is not null
      group by e.run_id, e.step, (e.event ->> 'visit')::int
    )
    select v.step, count(*)::int as finished, count(*) filter (where v.visit > 1)::int as reworked,
           percentile_cont(0.5) within group (order by extract(epoch from v.finished - v.entered)) as median,
           percentile_cont(0.9) within group (order by extract(epoch from v.finished - v.entered)) as p90,
           sum(extract(epoch from v.finished - v.entered))::float8 as total
    from visit v, edge
    where v.entered is not null and v.finished >= edge.first and v.finished < edge.last
    group by v.step`);
}

async function overdueOf(
  tx: Tx,
  ctx: RequestContext,
  chosen: Sql,
): Promise<{ step: string; dated: number; overdue: number }[]> {
  return tx.query(sql`
    with ${chosen}
    select t.step, count(*)::int as dated,
           count(*) filter (where coalesce(t.closed_at, now()) > t.due_at)::int as overdue
    from chosen c
    join edge on true
    join app.task t on t.organisation_id = ${ctx.organisationId} and t.run_id = c.id
    where t.due_at is not null and t.status <> 'cancelled' and t.opened_at < edge.last
      and coalesce(t.closed_at, 'infinity') >= edge.first
    group by t.step`);
}

async function runningAt(
  tx: Tx,
  ctx: RequestContext,
  chosen: Sql,
): Promise<{ step: string; running: number; since: Date }[]> {
  return tx.query(sql`
    with ${chosen}, place as (
      select c.id, t ->> 'step' as step, (t ->> 'visit')::int as visit
      from chosen c, jsonb_array_elements(c.state -> 'tokens') t
      where c.status = 'running'
    )
    select p.step, count(distinct p.id)::int as running, min(e.at) as since
    from place p
    join app.run_event e on e.organisation_id = ${ctx.organisationId} and e.run_id = p.id
      and e.type = 'step-entered' and e.step = p.step and (e.event ->> 'visit')::int = p.visit
    group by p.step`);
}

async function throughputOf(
  tx: Tx,
  chosen: Sql,
  { from, to }: RunFiguresQuery,
): Promise<RunFigures['throughput']> {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  const unit = days > BY_DAY ? 'week' : 'day';
  return tx.query(sql`
    with ${chosen}, happened as (
      select date_trunc(${unit}, c.started_at at time zone edge.time_zone)::date as day, 1 as started, 0 as ended
      from chosen c, edge where c.started_at >= edge.first
      union all
      select date_trunc(${unit}, c.ended_at at time zone edge.time_zone)::date, 0, 1
      from chosen c, edge where c.status = 'ended' and c.ended_at < edge.last
    )
    select d.day::date::text as "from", coalesce(sum(h.started), 0)::int as started,
           coalesce(sum(h.ended), 0)::int as ended
    from generate_series(date_trunc(${unit}, ${from}::date::timestamp), ${to}::date::timestamp,
                         ${`1 ${unit}`}::interval) as d (day)
    left join happened h on h.day = d.day::date
    group by d.day order by d.day`);
}
