import { Inject, Injectable } from '@nestjs/common';
import type {
  MoveJob,
  MoveJobDetail,
  MoveJobs,
  MovePreview,
  PreviewMove,
  StartMove,
} from '@plumbline/contracts';
import type { Facts } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { newId } from '../platform/ids.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { Conflict, NotFound } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { RunMigrations } from '../runs/index.ts';
import { Workflows } from '../workflows/index.ts';
import { MOVE_ROW, toMove, toRunRef, type MoveRow, type RunRef } from './move-row.ts';

/** Topic of the work that moves the runs of a batch. */
export const MOVE_WORK = 'workflow-migration';

/** Runs that one preview tries, and batches that are listed. */
const TRIED = 200;
const LISTED = 20;

/** Runs under way that are to go on by another version of their workflow: tried, asked for, followed. */
@Injectable()
export class MovingRuns {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Workflows) private readonly workflows: Workflows,
    @Inject(RunMigrations) private readonly migrations: RunMigrations,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(EventStream) private readonly stream: EventStream,
  ) {}

  /** What would become of each run at that version, without doing it. */
  preview(ctx: RequestContext, key: string, input: PreviewMove): Promise<MovePreview> {
    return this.database.transaction(ctx, async (tx) => {
      await this.workflows.versionOf(tx, ctx, key, input.from);
      const to = await this.workflows.versionOf(tx, ctx, key, input.to);
      const found = await tx.query<RunRef>(sql`
        select r.id, r.ai_system_id, s.number as system_number, s.name as system_name
        from app.run r
        join app.workflow_version v
          on v.organisation_id = r.organisation_id and v.id = r.workflow_version_id
        join app.ai_system s on s.organisation_id = r.organisation_id and s.id = r.ai_system_id
        where r.organisation_id = ${ctx.organisationId} and r.workflow_key = ${key}
          and v.version = ${input.from} and r.status = 'running'
        order by r.id`);
      const wish = { ...input, facts: input.facts as Facts, to, reason: 'Tried.' };
      const runs: MovePreview['runs'] = [];
      for (const row of found.slice(0, TRIED)) {
        const tried = await this.migrations.preview(tx, ctx, row.id, wish);
        runs.push({
          ...toRunRef(row),
          ok: !tried.refused,
          changed: tried.refused ? [] : [...tried.changed],
          reasons: tried.refused ? tried.reasons.map(({ step, reason }) => ({ step, reason })) : [],
        });
      }
      return { total: found.length, runs };
    });
  }

  /** Asks for the batch; the worker moves its runs one by one. */
  start(ctx: RequestContext, key: string, input: StartMove): Promise<MoveJob> {
    return this.database.transaction(ctx, async (tx) => {
      await this.workflows.versionOf(tx, ctx, key, input.from);
      await this.workflows.versionOf(tx, ctx, key, input.to);
      const { from, to, reason, mapping, facts } = input;
      const id = newId();
      await tx.execute(sql`
        insert into app.workflow_migration
          (organisation_id, id, key, from_version, to_version, mapping, reason, created_by)
        values (${ctx.organisationId}, ${id}, ${key}, ${from}, ${to},
                ${JSON.stringify({ mapping, facts })}::jsonb, ${reason}, ${ctx.personId})`);
      const chosen = await this.choose(tx, ctx, key, id, input);
      if (chosen === 0) {
        throw new Conflict(
          'nothing-to-move',
          `No run of this workflow is under way at version ${from}.`,
        );
      }
      await recordEvent(tx, ctx, {
        action: 'workflow-migration.started',
        entity: 'workflow-migration',
        entityId: id,
        payload: { key, from, to, mapping, facts, reason, runs: chosen },
      });
      const { organisationId } = ctx;
      await this.outbox.add(tx, {
        ...{ organisationId, topic: MOVE_WORK, key: id, payload: { migrationId: id } },
      });
      this.stream.publish(tx, organisationId, { type: 'job-changed', id });
      return toMove(await this.find(tx, ctx, key, id));
    });
  }

  /** The newest batches of a workflow. */
  list(ctx: RequestContext, key: string): Promise<MoveJobs> {
    return this.database.transaction(ctx, async (tx) => {
      // NotFound for a workflow that is none of ours.
      await this.workflows.versionOf(tx, ctx, key, 1);
      const rows = await tx.query<MoveRow>(sql`
        select ${MOVE_ROW} where m.organisation_id = ${ctx.organisationId} and m.key = ${key}
        order by m.id desc limit ${LISTED}`);
      return { migrations: rows.map(toMove) };
    });
  }

  /** How far a batch is, and what became of each run. */
  get(ctx: RequestContext, key: string, id: string): Promise<MoveJobDetail> {
    return this.database.transaction(ctx, async (tx) => {
      const row = await this.find(tx, ctx, key, id);
      const runs = await tx.query<
        RunRef & Pick<MoveJobDetail['runs'][number], 'status' | 'reason'>
      >(sql`
        select r.id, r.ai_system_id, s.number as system_number, s.name as system_name,
               x.status, x.reason
        from app.workflow_migration_run x
        join app.run r on r.organisation_id = x.organisation_id and r.id = x.run_id
        join app.ai_system s on s.organisation_id = r.organisation_id and s.id = r.ai_system_id
        where x.organisation_id = ${ctx.organisationId} and x.migration_id = ${id}
        order by x.status desc, r.id`);
      return {
        ...toMove(row),
        runs: runs.map((run) => ({ ...toRunRef(run), status: run.status, reason: run.reason })),
      };
    });
  }

  /** Notes the runs of a batch; NotFound for an id that is no run of this workflow here. */
  private async choose(
    tx: Tx,
    ctx: RequestContext,
    key: string,
    id: string,
    { from, runs }: StartMove,
  ): Promise<number> {
    const chosen = runs === 'all' ? null : [...new Set(runs)];
    const noted = await tx.execute(sql`
      insert into app.workflow_migration_run (organisation_id, migration_id, run_id)
      select r.organisation_id, ${id}, r.id
      from app.run r
      join app.workflow_version v
        on v.organisation_id = r.organisation_id and v.id = r.workflow_version_id
      where r.organisation_id = ${ctx.organisationId} and r.workflow_key = ${key}
        and case when ${chosen}::uuid[] is null
                 then v.version = ${from} and r.status = 'running'
                 else r.id = any (${chosen}::uuid[]) end`);
    if (chosen && noted < chosen.length) throw new NotFound();
    return noted;
  }

  private async find(tx: Tx, ctx: RequestContext, key: string, id: string): Promise<MoveRow> {
    return tx.one<MoveRow>(sql`
      select ${MOVE_ROW}
      where m.organisation_id = ${ctx.organisationId} and m.key = ${key} and m.id = ${id}`);
  }
}
