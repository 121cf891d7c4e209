import sql, { type Sql } from 'sql-template-tag';
import type { RequestContext } from '../platform/request-context.ts';

/** Whether this reader may see every task here, or only those of their own. */
const seesAll = (ctx: RequestContext): boolean => ctx.ability.can('read', 'Run');

/** Rows of `app.task t` that wait for the reader: theirs, or open to a role that they hold. */
export const waitsFor = ({ personId, roles, relation }: RequestContext): Sql =>
  waitsForPerson(sql`${personId}::uuid`, sql`${roles}::text[]`, sql`${relation}::text`);

/** The same for a person, roles and relation given in SQL. An adviser never decides. */
export const waitsForPerson = (who: Sql, roles: Sql, relation: Sql): Sql => sql`(t.status = 'open'
  and not (${who} = any (t.voters)) and (t.type <> 'approval' or ${relation} = 'member')
  and (coalesce(t.assignee = ${who}, false) or (t.assignee is null
    and (t.role = any (${roles}) or coalesce(t.also = any (${roles}), false)))))`;

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
