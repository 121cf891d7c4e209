import { Inject, Injectable } from '@nestjs/common';
import type { StartTaskBulk, TaskBulk, TaskBulkAction } from '@plumbline/contracts';
import sql, { type Sql } from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { Conflict, Invalid } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { visibleTo } from './task-access.ts';
import { filterOf, viewOf } from './task-list.ts';

/** Topic of the message that carries a choice of tasks out. */
export const TASK_BULK_WORK = 'task-bulk-work';

/** What is kept with a choice: for an assignment also who had each task, so that it can be undone. */
export type KeptAction =
  | TaskBulkAction
  | { readonly kind: 'undo'; readonly of: string }
  | (TaskBulkAction & { readonly before: Readonly<Record<string, string | null>> });

interface Row {
  id: string;
  action: KeptAction;
  status: 'chosen' | 'running' | 'done' | 'stopped';
  total: number;
  done: number;
  refused: number;
  asked_by: string;
  asked_by_name: string;
  asked_at: Date;
}

interface Chosen {
  id: string;
  run_id: string;
  label: string;
  assignee: string | null;
}

/** At most so many at once; nobody means more by one press. */
const MOST = 1000;

/** One thing done to many tasks: chosen once on the server, carried out one by one by the worker. */
@Injectable()
export class TaskBulks {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Outbox) private readonly outbox: Outbox,
  ) {}

  /** Chooses, once and for all, and begins. Recorded. */
  start(ctx: RequestContext, { action, tasks }: StartTaskBulk): Promise<TaskBulk> {
    const which: Sql =
      'ids' in tasks
        ? sql`t.id = any (${tasks.ids}::uuid[])`
        : sql`${filterOf(ctx, tasks.matching)} and ${viewOf(ctx, tasks.matching.view)}`;
    return this.database.transaction(ctx, async (tx) => {
      const chosen = await tx.query<Chosen>(sql`
        select t.id, t.run_id, t.reference || ' ' || t.title as label, t.assignee
        from app.task t
        where t.organisation_id = ${ctx.organisationId} and t.status = 'open' and ${visibleTo(ctx)}
          and ${which}
        order by t.due_key, t.id limit ${MOST + 1}`);
      if (chosen.length > MOST) {
        throw new Invalid('Too many tasks at once.', [
          { field: 'tasks', message: `Choose ${MOST} tasks at most.` },
        ]);
      }
      const before = Object.fromEntries(chosen.map(({ id, assignee }) => [id, assignee]));
      const kept = action.kind === 'assign' ? { ...action, before } : action;
      return this.begin(tx, ctx, kept, chosen);
    });
  }

  /** Gives tasks back to whom had them before an assignment, where nobody changed that meanwhile. */
  undo(ctx: RequestContext, id: string): Promise<TaskBulk> {
    return this.database.transaction(ctx, async (tx) => {
      const row = await this.row(tx, ctx, id, sql`for update of b`);
      if (!mayUndo(ctx, row)) {
        throw new Conflict(
          'cannot-undo',
          'Only an assignment of your own that is done can be undone.',
        );
      }
      const again = await tx.maybe(sql`
        select 1 as found from app.bulk
        where organisation_id = ${ctx.organisationId} and action @> ${JSON.stringify({ kind: 'undo', of: id })}::jsonb`);
      if (again) throw new Conflict('cannot-undo', 'This has been undone already.');
      const chosen = await tx.query<Chosen>(sql`
        select i.task_id as id, i.run_id, i.label, null as assignee from app.bulk_item i
        where i.organisation_id = ${ctx.organisationId} and i.bulk_id = ${id}
          and i.status = 'done' order by i.n`);
      return this.begin(tx, ctx, { kind: 'undo', of: id }, chosen);
    });
  }

  /** How far it is, with what was refused. Those who may change tasks see it. */
  get(ctx: RequestContext, id: string): Promise<TaskBulk> {
    return this.database.transaction(ctx, (tx) => this.read(tx, ctx, id));
  }

  private async begin(
    tx: Tx,
    ctx: RequestContext,
    action: KeptAction,
    chosen: readonly Chosen[],
  ): Promise<TaskBulk> {
    const id = newId();
    const reason = action.kind === 'due' ? action.reason : '';
    await tx.execute(sql`
      insert into app.bulk (organisation_id, id, action, filter, reason, status, total, asked_by,
                            started_at, ended_at)
      values (${ctx.organisationId}, ${id}, ${JSON.stringify(action)}::jsonb, '{"tasks": true}',
              ${reason}, ${chosen.length > 0 ? 'running' : 'done'}, ${chosen.length},
              ${ctx.personId}, now(), ${chosen.length > 0 ? null : sql`now()`})`);
    await tx.execute(sql`
      insert into app.bulk_item (organisation_id, bulk_id, n, run_id, task_id, label)
      select ${ctx.organisationId}::uuid, ${id}::uuid, c.n, c.run_id, c.task_id, c.label
      from unnest(${chosen.map(({ run_id }) => run_id)}::uuid[], ${chosen.map((one) => one.id)}::uuid[],
                  ${chosen.map(({ label }) => label)}::text[])
        with ordinality as c (run_id, task_id, label, n)`);
    await recordEvent(tx, ctx, {
      action: 'tasks.changed-in-bulk',
      entity: 'bulk',
      entityId: id,
      payload: { action: action.kind, tasks: chosen.map((one) => one.id) },
    });
    if (chosen.length > 0) {
      await this.outbox.add(tx, {
        organisationId: ctx.organisationId,
        topic: TASK_BULK_WORK,
        key: id,
        payload: { bulkId: id },
      });
    }
    return this.read(tx, ctx, id);
  }

  private async read(tx: Tx, ctx: RequestContext, id: string): Promise<TaskBulk> {
    const row = await this.row(tx, ctx, id);
    const problems = await tx.query<{ taskId: string; label: string; message: string }>(sql`
      select task_id as "taskId", label, message from app.bulk_item
      where organisation_id = ${ctx.organisationId} and bulk_id = ${id} and status = 'refused'
      order by n limit 200`);
    return {
      id: row.id,
      kind: row.action.kind,
      status: row.status === 'done' || row.status === 'stopped' ? 'done' : 'running',
      total: row.total,
      done: row.done,
      refused: row.refused,
      askedBy: { id: row.asked_by, name: row.asked_by_name },
      askedAt: row.asked_at.toISOString(),
      mayUndo: mayUndo(ctx, row),
      problems,
    };
  }

  private row(tx: Tx, ctx: RequestContext, id: string, lock: Sql = sql``): Promise<Row> {
    return tx.one<Row>(sql`
      select b.id, b.action, b.status, b.total, b.asked_by, p.name as asked_by_name, b.asked_at,
             (select count(*)::int from app.bulk_item i where i.organisation_id = b.organisation_id
               and i.bulk_id = b.id and i.status = 'done') as done,
             (select count(*)::int from app.bulk_item i where i.organisation_id = b.organisation_id
               and i.bulk_id = b.id and i.status = 'refused') as refused
      from app.bulk b join app.person p on p.id = b.asked_by
      where b.organisation_id = ${ctx.organisationId} and b.id = ${id}
        and b.filter @> '{"tasks": true}' ${lock}`);
  }
}

const mayUndo = (ctx: RequestContext, { action, status, done, asked_by }: Row): boolean =>
  action.kind === 'assign' && status === 'done' && done > 0 && asked_by === ctx.personId;
