import { Inject, Injectable } from '@nestjs/common';
import type { CancelRun, Page, Run, RunRow, RunsQuery, StartRun } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { Members } from '../members/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { pageOf, readCursor } from '../platform/paging.ts';
import { Conflict } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Lifecycle } from './lifecycle.ts';
import { entriesOf, eventsOf, peopleInEvents } from './run-history.ts';
import { Runs, type RunCommand } from './runs.ts';
import type { OpenTaskRow } from './sentence.ts';
import { peopleIn } from './entry-words.ts';
import { runFilter } from './run-filter.ts';
import { factsInWords, factsNow, hiddenIn } from './run-moments.ts';
import { ROW_COLUMNS, rolesHeld, toRow, type RunRecord } from './run-rows.ts';
import { stepsOf, tokensOf, waitsOf } from './run-view.ts';
import { evidenceByStep } from './step-evidence.ts';
import { Stuck } from './stuck.ts';
import { roleInWords } from './plain-words.ts';

/** Runs as people see them. */
@Injectable()
export class RunPages {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(Members) private readonly members: Members,
    @Inject(Lifecycle) private readonly lifecycle: Lifecycle,
    @Inject(Stuck) private readonly stuck: Stuck,
  ) {}

  /** Runs, those first that need somebody: in trouble, late, due soonest; then the finished ones. */
  list(ctx: RequestContext, query: RunsQuery): Promise<Page<RunRow>> {
    const after = readCursor(query.cursor, z.tuple([z.number(), z.uuid()]));
    return this.database.transaction(ctx, async (tx) => {
      const found = await tx.query<RunRecord>(sql`
        select ${ROW_COLUMNS}
        where r.organisation_id = ${ctx.organisationId}
          ${query.status ? sql`and r.status = ${query.status}` : sql``}
          ${query.workflow ? sql`and r.workflow_key = ${query.workflow}` : sql``}
          ${query.aiSystem ? sql`and r.ai_system_id = ${query.aiSystem}` : sql``}
          ${runFilter(query)}
          ${after ? sql`and (r.attention, r.id) > (${after[0]}, ${after[1]})` : sql``}
        order by r.attention, r.id limit ${query.limit + 1}`);
      const { rows, nextCursor } = pageOf(found, query.limit, (row) => [row.attention, row.id]);
      const tasks = await this.openTasks(
        tx,
        ctx,
        rows.map(({ id }) => id),
      );
      const held = rows.length > 0 ? await rolesHeld(tx) : new Set<string>();
      return { items: rows.map((row) => toRow(row, tasks.get(row.id) ?? [], held)), nextCursor };
    });
  }

  /** One run with its steps, history, facts and tasks. */
  get(ctx: RequestContext, id: string): Promise<Run> {
    return this.database.transaction(ctx, (tx) => this.page(tx, ctx, id));
  }

  /** Starts a workflow by hand, when the lifecycle of the AI system allows it now. */
  start(ctx: RequestContext, { workflow, aiSystemId }: StartRun): Promise<Run> {
    return this.database.transaction(ctx, async (tx) => {
      await this.lifecycle.requireStart(tx, ctx, workflow, aiSystemId);
      const started = await this.runs.start(tx, ctx, {
        workflow,
        aiSystemId,
        cause: `manual:${ctx.requestId}`,
      });
      if (!started) {
        throw new Conflict(
          'already-running',
          'This workflow is running for this AI system already. Open that run instead.',
        );
      }
      return this.page(tx, ctx, started.run.id);
    });
  }

  /** Cancels a run for good, with the reason. What it wrote before stays. */
  cancel(ctx: RequestContext, id: string, { reason }: CancelRun): Promise<Run> {
    return this.command(ctx, id, { type: 'cancel', reason });
  }

  /** Carries out a command on a run, and shows the run as it is then. */
  command(ctx: RequestContext, id: string, command: RunCommand): Promise<Run> {
    return this.database.transaction(ctx, async (tx) => {
      await this.runs.command(tx, ctx, id, command);
      return this.page(tx, ctx, id);
    });
  }

  /** Has the work of a run that was set aside tried again. */
  retry(ctx: RequestContext, id: string): Promise<Run> {
    return this.database.transaction(ctx, async (tx) => {
      await tx.one(sql`
        select 1 from app.run where organisation_id = ${ctx.organisationId} and id = ${id}`);
      await this.stuck.retry(tx, ctx, id);
      return this.page(tx, ctx, id);
    });
  }

  private async page(tx: Tx, ctx: RequestContext, id: string): Promise<Run> {
    const row = await tx.one<RunRecord>(sql`
      select ${ROW_COLUMNS} where r.organisation_id = ${ctx.organisationId} and r.id = ${id}`);
    const run = await this.runs.look(tx, ctx, id);
    const { definition, state } = run;
    const stored = await eventsOf(tx, ctx, id);
    const events = stored.map(({ event }) => event);
    const tasks = (await this.openTasks(tx, ctx, [id])).get(id) ?? [];
    const children = await tx.query<{ id: string; workflow: string; status: string }>(sql`
      select r.id, v.name as workflow, r.status from app.run r
      join app.workflow_version v
        on v.organisation_id = r.organisation_id and v.id = r.workflow_version_id
      where r.organisation_id = ${ctx.organisationId} and r.parent_id = ${id} order by r.id`);
    const { asked } = await tx.one<{ asked: number }>(sql`
      select count(*)::int as asked from app.repair
      where organisation_id = ${ctx.organisationId} and run_id = ${id} and status = 'asked'`);
    const facts = factsNow(run);
    const names = await this.members.peopleOf(tx, [
      ...peopleInEvents(events),
      ...peopleIn(definition, facts),
    ]);
    return {
      ...toRow(row, tasks, await rolesHeld(tx)),
      hash: row.hash,
      steps: stepsOf(definition, state, events, names, await evidenceByStep(tx, ctx, id)),
      entries: entriesOf(stored, definition, names, hiddenIn(state, ctx.personId)),
      facts: factsInWords(definition, facts, names),
      tokens: tokensOf(definition, state, events),
      waits: waitsOf(definition, state, tasks),
      repairsAsked: asked,
      tasks: tasks.map((task) => ({
        id: task.id,
        title: task.title,
        waitingFor: task.assignee_name ?? roleInWords(task.role),
        dueAt: task.due_at?.toISOString() ?? null,
      })),
      children,
      stuck: await this.stuck.of(tx, ctx, id),
      parent:
        row.parent_id === null
          ? null
          : { id: row.parent_id, workflow: row.parent_workflow ?? row.workflow_name },
    };
  }

  private async openTasks(
    tx: Tx,
    ctx: RequestContext,
    runIds: readonly string[],
  ): Promise<Map<string, OpenTaskRow[]>> {
    const rows = await tx.query<OpenTaskRow>(sql`
      select t.id, t.run_id, t.key, t.step, t.type, t.title, t.role, t.roles, t.assignee,
             p.name as assignee_name, t.opened_at, t.due_at, t.held_at
      from app.task t left join app.person p on p.id = t.assignee
      where t.organisation_id = ${ctx.organisationId} and t.status = 'open'
        and t.run_id = any (${runIds}::uuid[])
      order by t.due_key, t.id`);
    return Map.groupBy(rows, (row) => row.run_id);
  }
}
