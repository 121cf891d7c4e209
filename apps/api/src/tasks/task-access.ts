import sql, { type Sql } from 'sql-template-tag';
import type { RequestContext } from '../platform/request-context.ts';

/** Whether this reader may see every task here, or only those of their own. */
const seesAll = (ctx: RequestContext): boolean => ctx.ability.can('read', 'Run');

/** Rows of `app.task t` that wait for the reader: theirs, or open to a role that they hold. */
export function waitsFor(ctx: RequestContext): Sql {
  const decides = ctx.relation === 'member';
  return sql`(t.status = 'open' and not (${ctx.personId}::uuid = any (t.voters))
    and (t.type <> 'approval' or ${decides}::boolean)
    and (t.assignee = ${ctx.personId}
      or (t.assignee is null and (t.role = any (${ctx.roles}::text[])
        or t.also = any (${ctx.roles}::text[])))))`;
}

/** Rows of `app.task t` that the reader finished, or decided on together with others. */
export function doneBy(ctx: RequestContext): Sql {
  return sql`(t.status = 'done' and (t.closed_by = ${ctx.personId} or exists (
    select 1 from app.decision d where d.organisation_id = t.organisation_id
      and d.task_id = t.id and d.person_id = ${ctx.personId})))`;
}

/** Rows of `app.task t` that the reader may see at all; who cannot read runs sees their own. */
export function visibleTo(ctx: RequestContext): Sql {
  if (seesAll(ctx)) return sql`true`;
  return sql`(${waitsFor(ctx)} or ${doneBy(ctx)} or ${ctx.personId}::uuid = any (t.voters))`;
}
