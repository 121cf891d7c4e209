import { requirements } from '@plumbline/frameworks';
import sql, { type Sql } from 'sql-template-tag';
import { isSealedVote } from '../decisions/index.ts';

const KNOWN = requirements.map(({ id }) => id);

/**
 * Where each clause and control of each organisation stands: rows of organisation_id, requirement,
 * said, shown, checked. Each state holds what the one before it does, and each can only come from a
 * row that was written with an entry of the record:
 *   said     a task was finished on a step that serves it, or evidence for it was added;
 *   shown    evidence for it is there, by its own word or by the step that it was added to;
 *   checked  afterwards somebody else approved in the run that the evidence belongs to.
 */
export const standingQuery = (
  organisationIds: readonly string[],
  aiSystemId: string | null = null,
): Sql => sql`
  with finished as (
    select distinct t.organisation_id, r.workflow_version_id, t.step
    from app.task t
    join app.run r on r.organisation_id = t.organisation_id and r.id = t.run_id
    where t.organisation_id = any (${organisationIds}::uuid[]) and t.status = 'done'
      and (${aiSystemId}::uuid is null or t.ai_system_id = ${aiSystemId}::uuid)
  ), said as (
    select s.organisation_id, s.requirement
    from finished f
    join app.step_requirement s on s.organisation_id = f.organisation_id
      and s.workflow_version_id = f.workflow_version_id and s.step = f.step
  ), shown as (${shownQuery(organisationIds, aiSystemId)}
  ), checked as (
    select e.organisation_id, e.requirement
    from shown e
    join app.run er on er.organisation_id = e.organisation_id and er.id = e.run_id
    join app.run dr on dr.organisation_id = er.organisation_id and dr.root_id = er.root_id
    join app.decision d on d.organisation_id = dr.organisation_id and d.run_id = dr.id
      and d.effect in ('approve', 'approve-with-conditions')
      and d.person_id <> e.added_by and d.at >= e.added_at and not ${isSealedVote(sql`d`)}
  )
  select organisation_id, requirement, bool_or(shown) as shown, bool_or(checked) as checked
  from (
    select organisation_id, requirement, false as shown, false as checked from said
    union all select organisation_id, requirement, true, false from shown
    union all select organisation_id, requirement, true, true from checked
  ) each
  where requirement = any (${KNOWN}::text[])
  group by organisation_id, requirement`;

/** Every item of evidence beside each clause or control that it serves. */
export const shownQuery = (
  organisationIds: readonly string[],
  aiSystemId: string | null,
): Sql => sql`
  select ${ITEM}, unnest(e.requirements) as requirement
  from app.evidence_item e
  where ${within(organisationIds, aiSystemId)}
  union
  select e.organisation_id, e.id, e.number, e.shows, e.run_id, e.added_by, e.added_at,
         s.requirement
  -- Kept apart by OFFSET 0: joined in one go, every item would look at every step of its client.
  from (
    select ${ITEM}, r.workflow_version_id, t.step
    from app.evidence_item e
    join app.task t on t.organisation_id = e.organisation_id and t.id = e.task_id
    join app.run r on r.organisation_id = t.organisation_id and r.id = t.run_id
    where ${within(organisationIds, aiSystemId)} and e.task_id is not null
    offset 0
  ) e
  join app.step_requirement s on s.organisation_id = e.organisation_id
    and s.workflow_version_id = e.workflow_version_id and s.step = e.step`;

const ITEM = sql`e.organisation_id, e.id, e.number, e.shows, e.run_id, e.added_by, e.added_at`;

const within = (organisationIds: readonly string[], aiSystemId: string | null): Sql => sql`
  e.organisation_id = any (${organisationIds}::uuid[])
  and (${aiSystemId}::uuid is null or e.ai_system_id = ${aiSystemId}::uuid)`;
