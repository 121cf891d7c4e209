import { Inject, Injectable } from '@nestjs/common';
import type { CancelRun, Page, Run, RunRow, RunsQuery, StartRun } from '@plumbline/contracts';
import { compiledOf, factsAtHand } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { referenceOf } from '../ai-systems/index.ts';
import { Members } from '../members/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { pageOf, readCursor } from '../platform/paging.ts';
import { Conflict } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Lifecycle } from './lifecycle.ts';
import { entriesOf, eventsOf, peopleInEvents } from './run-history.ts';
import { storyOf } from './run-story.ts';
import { Runs, type RunCommand } from './runs.ts';
import { sentenceOf, type OpenTaskRow } from './sentence.ts';
import { peopleIn } from './entry-words.ts';
import { factInWords, factLabel } from './fact-words.ts';
import { Stuck } from './stuck.ts';
import { dateInWords, roleInWords } from './plain-words.ts';

interface Row {
  id: string;
  workflow_key: string;
  workflow_name: string;
  workflow_version: number;
  hash: string;
  ai_system_id: string;
  system_number: number;
  system_name: string;
  status: RunRow['status'];
  outcome: string | null;
  started_at: Date;
  ended_at: Date | null;
  version: number;
  trouble: string | null;
  late: boolean;
  attention: number;
  parent_id: string | null;
  parent_workflow: string | null;
  time_zone: string;
}

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
      const found = await tx.query<Row>(sql`
        select ${ROW_COLUMNS}
        where r.organisation_id = ${ctx.organisationId}
          ${query.status ? sql`and r.status = ${query.status}` : sql``}
          ${query.workflow ? sql`and r.workflow_key = ${query.workflow}` : sql``}
          ${query.aiSystem ? sql`and r.ai_system_id = ${query.aiSystem}` : sql``}
          ${after ? sql`and (r.attention, r.id) > (${after[0]}, ${after[1]})` : sql``}
        order by r.attention, r.id limit ${query.limit + 1}`);
      const { rows, nextCursor } = pageOf(found, query.limit, (row) => [row.attention, row.id]);
      const tasks = await this.openTasks(
        tx,
        ctx,
        rows.map(({ id }) => id),
      );
      return { items: rows.map((row) => toRow(row, tasks.get(row.id) ?? [])), nextCursor };
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
    const row = await tx.one<Row>(sql`
      select ${ROW_COLUMNS} where r.organisation_id = ${ctx.organisationId} and r.id = ${id}`);
    const { definition, state, surroundings } = await this.runs.look(tx, ctx, id);
    const stored = await eventsOf(tx, ctx, id);
    const events = stored.map(({ event }) => event);
    const tasks = (await this.openTasks(tx, ctx, [id])).get(id) ?? [];
    const children = await tx.query<{ id: string; workflow: string; status: string }>(sql`
      select r.id, v.name as workflow, r.status from app.run r
      join app.workflow_version v
        on v.organisation_id = r.organisation_id and v.id = r.workflow_version_id
      where r.organisation_id = ${ctx.organisationId} and r.parent_id = ${id} order by r.id`);
    const facts =
      state.status === 'running'
        ? factsAtHand(compiledOf(definition), state.facts, surroundings)
        : state.facts;
    const names = await this.members.peopleOf(tx, [
      ...peopleInEvents(events),
      ...peopleIn(definition, facts),
    ]);
    const steps = storyOf(definition, state, events).map(({ step, since, ways, ...story }) => {
      const waiting = tasks.filter((task) => task.step === step.id);
      return {
        id: step.id,
        name: step.name,
        stage: step.stage,
        type: step.type,
        ...story,
        since,
        dueAt: waiting[0]?.due_at?.toISOString() ?? null,
        who: (story.state === 'waiting'
          ? waiting.map(({ assignee }) => assignee)
          : (state.performers[step.id] ?? [])
        ).flatMap((person) => {
          const known = person === null ? undefined : names.get(person);
          return known ? [{ id: known.id, name: known.name }] : [];
        }),
        next: [...ways],
      };
    });
    return {
      ...toRow(row, tasks),
      hash: row.hash,
      steps,
      entries: entriesOf(stored, definition, names),
      facts: definition.facts
        .filter(({ name }) => facts[name] !== undefined && facts[name] !== null)
        .map(({ name }) => ({
          name,
          label: factLabel(definition, name),
          value: factInWords(definition, name, facts[name], names),
        })),
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
      select t.id, t.run_id, t.step, t.type, t.title, t.role, t.assignee, p.name as assignee_name,
             t.opened_at, t.due_at
      from app.task t left join app.person p on p.id = t.assignee
      where t.organisation_id = ${ctx.organisationId} and t.status = 'open'
        and t.run_id = any (${runIds}::uuid[])
      order by t.due_key, t.id`);
    return Map.groupBy(rows, (row) => row.run_id);
  }
}

const ROW_COLUMNS = sql`
  r.id, r.workflow_key, v.name as workflow_name, v.version as workflow_version, v.hash,
  r.ai_system_id, s.number as system_number, s.name as system_name, r.status, r.outcome,
  r.started_at, r.ended_at, r.version, r.trouble, r.attention, r.parent_id,
  pv.name as parent_workflow, o.time_zone,
  (r.status = 'running' and coalesce(r.due_at < now(), false)) as late
  from app.run r
  join app.organisation o on o.id = r.organisation_id
  join app.ai_system s on s.organisation_id = r.organisation_id and s.id = r.ai_system_id
  join app.workflow_version v
    on v.organisation_id = r.organisation_id and v.id = r.workflow_version_id
  left join app.run pr on pr.organisation_id = r.organisation_id and pr.id = r.parent_id
  left join app.workflow_version pv
    on pv.organisation_id = r.organisation_id and pv.id = pr.workflow_version_id`;

const toRow = (row: Row, tasks: readonly OpenTaskRow[]): RunRow => ({
  id: row.id,
  workflow: { key: row.workflow_key, name: row.workflow_name, version: row.workflow_version },
  aiSystem: {
    id: row.ai_system_id,
    reference: referenceOf(row.system_number),
    name: row.system_name,
  },
  status: row.status,
  outcome: row.outcome,
  startedAt: row.started_at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
  sentence: sentenceOf(
    { ...row, endedOn: row.ended_at && dateInWords(row.ended_at.toISOString(), row.time_zone) },
    tasks,
  ),
  late: row.late,
  version: row.version,
});
