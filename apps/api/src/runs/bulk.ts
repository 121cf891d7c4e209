import { Inject, Injectable } from '@nestjs/common';
import type {
  Bulk,
  BulkAction,
  BulkFilter,
  BulkItem,
  BulkItemsQuery,
  ChooseBulk,
  Page,
  PageQuery,
} from '@plumbline/contracts';
import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { pageOf, readCursor } from '../platform/paging.ts';
import { Conflict } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { endOfDay } from './end-of-day.ts';
import { runFilter, taskFilter } from './run-filter.ts';

/** Topic of the message that carries a bulk operation out. */
export const BULK_RUN = 'bulk-run';

/** More than anybody means: then the filter is wrong. */
const AT_MOST = 20_000;

interface Row {
  id: string;
  action: BulkAction;
  reason: string;
  status: Bulk['status'];
  total: number;
  done: number;
  refused: number;
  asked_by: string;
  asked_by_name: string;
  asked_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
}

interface ItemRow {
  n: number;
  run_id: string;
  task_id: string | null;
  label: string;
  status: BulkItem['status'];
  message: string | null;
  at: Date | null;
}

/** Things done to many runs or tasks: chosen once and for all, then carried out one by one. */
@Injectable()
export class BulkOperations {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Outbox) private readonly outbox: Outbox,
  ) {}

  /** Chooses, and changes nothing else. What fits the filter later is not part of it. */
  choose(ctx: RequestContext, { action, filter, reason }: ChooseBulk): Promise<Bulk> {
    const id = newId();
    return this.database.transaction(ctx, async (tx) => {
      // A day that cannot be used is refused now, and not for each.
      if (action.kind === 'due') await endOfDay(tx, ctx, action.dueOn);
      await tx.execute(sql`
        insert into app.bulk (organisation_id, id, action, filter, reason, status, total, asked_by)
        values (${ctx.organisationId}, ${id}, ${JSON.stringify(action)}::jsonb,
                ${JSON.stringify(filter)}::jsonb, ${reason}, 'chosen', 0, ${ctx.personId})`);
      const total = await tx.execute(sql`
        insert into app.bulk_item (organisation_id, bulk_id, n, run_id, task_id, label)
        select ${ctx.organisationId}::uuid, ${id}::uuid, row_number() over (order by c.label, c.id), c.run_id,
               c.task_id, c.label
        from (${chosenBy(ctx, action, filter)} limit ${AT_MOST + 1}) as c`);
      if (total > AT_MOST) {
        throw new Conflict(
          'too-many-chosen',
          'More than 20,000 fit. Narrow the filter, for example by workflow.',
        );
      }
      await tx.execute(sql`
        update app.bulk set total = ${total}
        where organisation_id = ${ctx.organisationId} and id = ${id}`);
      return this.read(tx, ctx, id);
    });
  }

  /** Begins to carry out what was chosen; once. */
  start(ctx: RequestContext, id: string): Promise<Bulk> {
    return this.database.transaction(ctx, async (tx) => {
      const { total, action, reason } = await this.read(tx, ctx, id);
      const started = await tx.execute(sql`
        update app.bulk set status = 'running', started_at = now()
        where organisation_id = ${ctx.organisationId} and id = ${id} and status = 'chosen'
          and total > 0 and asked_by = ${ctx.personId}`);
      if (started === 0) {
        throw new Conflict(
          'bulk-not-startable',
          'It has been started, nothing was chosen, or somebody else chose. Choose anew.',
        );
      }
      await this.outbox.add(tx, {
        ...{ organisationId: ctx.organisationId, topic: BULK_RUN, key: id },
        payload: { bulkId: id },
      });
      await recordEvent(tx, ctx, {
        ...{ action: 'bulk.started', entity: 'bulk', entityId: id },
        payload: { ...{ does: action, reason, total } },
      });
      return this.read(tx, ctx, id);
    });
  }

  /** Stops after the one that is being done; what is done stays. */
  stop(ctx: RequestContext, id: string): Promise<Bulk> {
    return this.database.transaction(ctx, async (tx) => {
      await this.read(tx, ctx, id);
      await tx.execute(sql`
        update app.bulk set status = 'stopped', ended_at = now()
        where organisation_id = ${ctx.organisationId} and id = ${id}
          and status in ('chosen', 'running')`);
      return this.read(tx, ctx, id);
    });
  }

  get(ctx: RequestContext, id: string): Promise<Bulk> {
    return this.database.transaction(ctx, (tx) => this.read(tx, ctx, id));
  }

  /** The newest first. */
  list(ctx: RequestContext, query: PageQuery): Promise<Page<Bulk>> {
    const [before = null] = readCursor(query.cursor, z.tuple([z.uuid()])) ?? [];
    return this.database.transaction(ctx, async (tx) => {
      const found = await tx.query<Row>(sql`
        select ${COLUMNS} where b.organisation_id = ${ctx.organisationId} and ${OF_RUNS}
          and (${before}::uuid is null or b.id < ${before})
        order by b.id desc limit ${query.limit + 1}`);
      const { rows, nextCursor } = pageOf(found, query.limit, ({ id }) => [id]);
      return { items: rows.map(toBulk), nextCursor };
    });
  }

  /** Those that were chosen, each with its own result. */
  items(ctx: RequestContext, id: string, query: BulkItemsQuery): Promise<Page<BulkItem>> {
    const [after = 0] = readCursor(query.cursor, z.tuple([z.int()])) ?? [];
    return this.database.transaction(ctx, async (tx) => {
      await this.read(tx, ctx, id);
      const found = await tx.query<ItemRow>(sql`
        select n, run_id, task_id, label, status, message, at from app.bulk_item
        where organisation_id = ${ctx.organisationId} and bulk_id = ${id} and n > ${after}
          ${query.status ? sql`and status = ${query.status}` : sql``}
        order by n limit ${query.limit + 1}`);
      const { rows, nextCursor } = pageOf(found, query.limit, ({ n }) => [n]);
      const items = rows.map(({ run_id, task_id, at, ...row }) => ({
        ...{ ...row, runId: run_id, taskId: task_id, at: at?.toISOString() ?? null },
      }));
      return { items, nextCursor };
    });
  }

  private async read(tx: Tx, ctx: RequestContext, id: string): Promise<Bulk> {
    return toBulk(
      await tx.one<Row>(sql`
        select ${COLUMNS} where b.organisation_id = ${ctx.organisationId} and ${OF_RUNS} and b.id = ${id}`),
    );
  }
}

const IS_ABOUT_TASKS: Readonly<Record<BulkAction['kind'], boolean>> = {
  ...{ remind: true, assign: true, due: true },
  ...{ suspend: false, resume: false, cancel: false },
};

/** The runs, or open tasks, that fit: chosen by the database, not by what somebody saw. */
function chosenBy(ctx: RequestContext, { kind }: BulkAction, filter: BulkFilter): Sql {
  const { workflow, aiSystem, runs } = filter;
  const from = sql`
    from app.run r
    join app.ai_system s on s.organisation_id = r.organisation_id and s.id = r.ai_system_id
    join app.workflow_version v
      on v.organisation_id = r.organisation_id and v.id = r.workflow_version_id`;
  const where = sql`
    where r.organisation_id = ${ctx.organisationId} and r.status = 'running'
      ${workflow === undefined ? sql`` : sql`and r.workflow_key = ${workflow}`}
      ${aiSystem === undefined ? sql`` : sql`and r.ai_system_id = ${aiSystem}`}
      ${runs === undefined ? sql`` : sql`and r.id = any (${runs}::uuid[])`}
      ${runFilter(filter)}`;
  return IS_ABOUT_TASKS[kind]
    ? sql`select t.id, r.id as run_id, t.id as task_id, t.reference || ' ' || t.title as label
        ${from}
        join app.task t on t.organisation_id = r.organisation_id and t.run_id = r.id
        ${where} and t.status = 'open' ${taskFilter(filter)}`
    : sql`select r.id, r.id as run_id, null::uuid as task_id, v.name || ', ' || s.name as label
        ${from} ${where}`;
}

/** Choices made on lists of tasks are kept in the same table, and read by the tasks themselves. */
const OF_RUNS = sql`not (b.filter @> '{"tasks": true}')`;

const COLUMNS = sql`
  b.id, b.action, b.reason, b.status, b.total, b.asked_by, p.name as asked_by_name, b.asked_at,
  b.started_at, b.ended_at,
  (select count(*)::int from app.bulk_item i where i.organisation_id = b.organisation_id
    and i.bulk_id = b.id and i.status = 'done') as done,
  (select count(*)::int from app.bulk_item i where i.organisation_id = b.organisation_id
    and i.bulk_id = b.id and i.status = 'refused') as refused
  from app.bulk b join app.person p on p.id = b.asked_by`;

const toBulk = (row: Row): Bulk => ({
  ...{ id: row.id, action: row.action, reason: row.reason, status: row.status, total: row.total },
  ...{ done: row.done, refused: row.refused },
  askedBy: { id: row.asked_by, name: row.asked_by_name },
  askedAt: row.asked_at.toISOString(),
  startedAt: row.started_at?.toISOString() ?? null,
  endedAt: row.ended_at?.toISOString() ?? null,
});
