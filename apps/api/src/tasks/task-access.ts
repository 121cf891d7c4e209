import sql, { type Sql } from 'sql-template-tag';
import type { RequestContext } from '../platform/request-context.ts';

/** Whether this reader may see every task here, or only those of their own. */
const seesAll = (ctx: RequestContext): boolean => ctx.ability.can('read', 'Run');

/** Rows of `app.task t` that nobody is asked for now: on hold, or their run is suspended. */
const RESTS = sql`(t.held_at is not null or t.suspended_at is not null)`;

/** Rows of `app.task t` that wait for the reader: their own, or those of who they stand in for. */
export const waitsFor = (ctx: RequestContext): Sql => sql`(${concerns(ctx)} and not ${RESTS})`;

/** The same, with what rests for now. */
const concerns = (ctx: RequestContext): Sql => sql`(${isOwn(ctx)} or ${behalfOf(ctx)} is not null)`;

/** Rows of `app.task t` that are the reader's in person. */
const isOwn = ({ personId, roles, relation }: RequestContext): Sql =>
  belongsTo(sql`${personId}::uuid`, sql`${roles}::text[]`, sql`${relation}::text`);

/** Rows that wait for a person, given with roles and relation in SQL. */
export const waitsForPerson = (who: Sql, roles: Sql, relation: Sql): Sql =>
  sql`(${belongsTo(who, roles, relation)} and not ${RESTS})`;

/** Open rows that a person may do, given with roles and relation in SQL. An adviser never decides. */
export const belongsTo = (who: Sql, roles: Sql, relation: Sql): Sql => sql`(t.status = 'open'
  and not (${who} = any (t.voters)) and (t.type <> 'approval' or ${relation} = 'member')
  and (coalesce(t.assignee = ${who}, false) or (t.assignee is null and t.roles && ${roles})))`;

/**
 * The absent person for whom the reader may do a row of `app.task t` at this moment: a column, null
 * when there is none, and for work that is the reader's own. Of several, the first by name.
 */
export const behalfOf = (ctx: RequestContext): Sql => sql`(
  select a.person_id from app.standing_in() a
  where a.substitute_id = ${ctx.personId}::uuid and t.status = 'open' and not ${isOwn(ctx)}
    and not (${ctx.personId}::uuid = any (t.voters)) and not (a.person_id = any (t.voters))
    and (a.workflows is null or exists (
      select 1 from app.run w where w.organisation_id = t.organisation_id and w.id = t.run_id
        and w.workflow_key = any (a.workflows)))
    and (t.roles && a.roles or (a.whole and t.assignee is not null))
    and coalesce(t.assignee = a.person_id, true)
  order by a.person_name, a.person_id limit 1)`;

/** The same person with the roles that count for them: a lateral query, without rows for own work. */
export const standingOf = (ctx: RequestContext): Sql => sql`
  select one.person_id, (
    select array_agg(distinct held.role) from app.standing_in() a, unnest(a.roles) as held (role)
    where a.substitute_id = ${ctx.personId}::uuid and a.person_id = one.person_id) as roles
  from (select ${behalfOf(ctx)} as person_id) one where one.person_id is not null
  union all
  -- Work that was given to somebody without its role is done on behalf of the giver.
  select d.from_person, h.roles
  from app.task_delegation d cross join lateral app.people_here(d.from_person, null) h
  where d.organisation_id = t.organisation_id and d.task_id = t.id and d.over_at is null
    and d.to_person = ${ctx.personId}::uuid and coalesce(t.assignee = d.to_person, false)
    and not (t.roles && ${ctx.roles}::text[])`;

/** Rows of `app.task t` that the reader finished or decided on, or that somebody did for them. */
export function doneBy(ctx: RequestContext): Sql {
  return sql`(t.status = 'done' and (
    t.closed_by = ${ctx.personId} or t.closed_for = ${ctx.personId} or exists (
      select 1 from app.decision d where d.organisation_id = t.organisation_id
        and d.task_id = t.id and ${ctx.personId}::uuid in (d.person_id, d.on_behalf_of))))`;
}

/** Rows of `app.task t` that the reader may see at all; who cannot read runs sees their own. */
export function visibleTo(ctx: RequestContext): Sql {
  if (seesAll(ctx)) return sql`true`;
  return sql`(${concerns(ctx)} or ${doneBy(ctx)} or ${ctx.personId}::uuid = any (t.voters))`;
}
