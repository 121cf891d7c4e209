import { Inject, Injectable } from '@nestjs/common';
import { metricCatalogue } from '@plumbline/frameworks';
import { move, type Command, type Facts } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { actorOf, Runs } from '../runs/index.ts';

/** Where the standard library asks for the measurements of a window. */
const STEP = { workflow: 'WF-MONITOR', step: 'measure' };

/** What a verdict is called in the analysis of a window. */
const LEVELS: Readonly<Record<string, string>> = {
  ok: 'ok',
  warning: 'warn',
  breach: 'breach',
  'too-few': 'insufficient-data',
};

interface OpenWindow {
  run_id: string;
  key: string;
  role: string;
  from: string | null;
  to: string | null;
}

interface MeasuredRow {
  metric: string;
  segment: string;
  value: number | null;
  sample: number | null;
  state: string | null;
  note: string | null;
}

/** The task "Record the measurements" of an open window, done by the measurements themselves. */
@Injectable()
export class WindowTasks {
  constructor(@Inject(Runs) private readonly runs: Runs) {}

  /**
   * Submits the window's task when every monitor of the system has a value for the window and the
   * person who brought the last one may do that task. Otherwise the task waits as it is.
   */
  async fulfil(tx: Tx, ctx: RequestContext, aiSystemId: string): Promise<void> {
    const [open] = await tx.query<OpenWindow>(sql`
      select t.run_id, t.key, t.role, r.state -> 'facts' ->> 'windowFrom' as from,
             r.state -> 'facts' ->> 'windowTo' as to
      from app.task t
      join app.run r on r.organisation_id = t.organisation_id and r.id = t.run_id
      where t.organisation_id = ${ctx.organisationId} and t.ai_system_id = ${aiSystemId}
        and t.status = 'open' and t.step = ${STEP.step} and r.workflow_key = ${STEP.workflow}
      order by t.opened_at limit 1`);
    if (!open) return;
    const answers = await this.answersFor(tx, ctx, aiSystemId, open);
    if (!answers) return;
    const command = { type: 'submit', task: open.key, answers } as const;
    if (!(await this.mayDo(tx, ctx, open, { ...command, by: actorOf(ctx, open.role) }))) return;
    await this.runs.command(tx, ctx, open.run_id, command, open.role);
  }

  /** The form's answers from what was measured; null while a monitor has no value yet. */
  private async answersFor(
    tx: Tx,
    ctx: RequestContext,
    aiSystemId: string,
    { from, to }: OpenWindow,
  ): Promise<Facts | null> {
    const rows = await tx.query<MeasuredRow>(sql`
      select m.metric, m.segment, e.value, e.sample, e.state, e.note
      from app.monitor m
      left join lateral (
        select value, sample, state, note from app.measurement e
        where e.organisation_id = m.organisation_id and e.monitor_id = m.id
          and (${from}::date is null or e.window_to >= ${from}::date)
          and (${to}::date is null or e.window_from <= ${to}::date)
        order by e.window_to desc, e.id desc limit 1) e on true
      where m.organisation_id = ${ctx.organisationId} and m.ai_system_id = ${aiSystemId}
      order by m.metric, m.segment`);
    if (rows.length === 0) return null;
    const measurements = [];
    for (const row of rows) {
      if (row.value === null || row.state === null) return null;
      const metric = metricCatalogue.find(({ key }) => key === row.metric);
      measurements.push({
        metric: row.metric,
        metricClass: metric?.metricClass ?? 'performance',
        ...(row.segment === '' ? {} : { segment: row.segment }),
        value: row.value,
        sample: row.sample ?? 0,
        level: LEVELS[row.state] ?? 'insufficient-data',
        method: row.note || 'As it came in from the monitor',
      });
    }
    return { measurements };
  }

  /** Asks the engine first: a measurement counts also when its bringer may not finish the task. */
  private async mayDo(
    tx: Tx,
    ctx: RequestContext,
    open: OpenWindow,
    command: Command,
  ): Promise<boolean> {
    const run = await this.runs.look(tx, ctx, open.run_id);
    return !move(run.definition, run.state, command, run.surroundings).refused;
  }
}
