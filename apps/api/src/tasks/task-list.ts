import { Inject, Injectable } from '@nestjs/common';
import type { TasksAnswer, TasksQuery } from '@plumbline/contracts';
import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { pageOf, readCursor } from '../platform/paging.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { doneBy, visibleTo, waitsFor } from './task-access.ts';
import { taskColumns, toTaskRow, type TaskColumns } from './task-row.ts';

/** The inbox: what waits for the reader, what waits for others, what the reader has done. */
@Injectable()
export class TaskList {
  constructor(@Inject(TenantDatabase) private readonly database: TenantDatabase) {}

  /** A page of one view, due first (done: newest first), and how many tasks each view has. */
  list(ctx: RequestContext, query: TasksQuery): Promise<TasksAnswer> {
    return this.database.transaction(ctx, async (tx) => {
      const matches = filterOf(ctx, query);
      const found = await this.rows(tx, ctx, query, matches);
      const { rows, nextCursor } = pageOf(found, query.limit, (row) => [
        query.view === 'done' ? row.closed_key : row.due_key,
        row.id,
      ]);
      const counts = await tx.one<{ yourTurn: number; waiting: number; done: number }>(sql`
        select
          (select count(*)::int from app.task t
            where ${matches} and t.status = 'open' and ${viewOf(ctx, 'your-turn')}) as "yourTurn",
          (select count(*)::int from app.task t
            where ${matches} and t.status = 'open' and ${viewOf(ctx, 'waiting')}) as waiting,
          (select count(*)::int from app.task t
            where ${matches} and ${viewOf(ctx, 'done')}) as done`);
      return { items: rows.map(toTaskRow), nextCursor, counts };
    });
  }

  private rows(
    tx: Tx,
    ctx: RequestContext,
    query: TasksQuery,
    matches: Sql,
  ): Promise<TaskColumns[]> {
    const after = readCursor(query.cursor, z.tuple([z.string().max(60), z.uuid()]));
    const done = query.view === 'done';
    const place = !after
      ? sql``
      : done
        ? sql`and (t.closed_at, t.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
        : sql`and (t.due_key, t.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`;
    return tx.query<TaskColumns>(sql`
      select ${taskColumns(ctx)}
      where ${matches} and ${viewOf(ctx, query.view)} ${place}
      order by ${done ? sql`t.closed_at desc, t.id desc` : sql`t.due_key, t.id`}
      limit ${query.limit + 1}`);
  }
}

/** Rows of `app.task t` in one view of the inbox. */
export function viewOf(ctx: RequestContext, view: TasksQuery['view']): Sql {
  switch (view) {
    case 'your-turn':
      return waitsFor(ctx);
    case 'waiting':
      return sql`(t.status = 'open' and not ${waitsFor(ctx)} and ${visibleTo(ctx)})`;
    case 'done':
      return doneBy(ctx);
  }
}

/** Rows of `app.task t` that match what somebody looks for. */
export function filterOf(
  ctx: RequestContext,
  { q, aiSystem }: Pick<TasksQuery, 'q' | 'aiSystem'>,
): Sql {
  const pattern = q && `%${q.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return sql`t.organisation_id = ${ctx.organisationId}
    ${aiSystem ? sql`and t.ai_system_id = ${aiSystem}` : sql``}
    ${pattern ? sql`and t.search like ${pattern}` : sql``}`;
}
