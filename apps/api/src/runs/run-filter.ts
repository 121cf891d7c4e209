import type { BulkFilter } from '@plumbline/contracts';
import sql, { type Sql } from 'sql-template-tag';

/** What lists and bulk operations choose runs by, besides their own. */
export type RunFilter = Pick<
  BulkFilter,
  'version' | 'late' | 'suspended' | 'stuck' | 'role' | 'person' | 'step'
>;

/** Conditions on `app.run r` and its `app.workflow_version v`; everything given must fit. */
export function runFilter(filter: RunFilter): Sql {
  const { version, late, suspended, stuck } = filter;
  return sql`
    ${version === undefined ? sql`` : sql`and v.version = ${version}`}
    ${late === undefined ? sql`` : sql`and (r.status = 'running' and coalesce(r.due_at < now(), false)) = ${late}`}
    ${suspended === undefined ? sql`` : sql`and (r.suspended_at is not null) = ${suspended}`}
    ${stuck === undefined ? sql`` : sql`and ${STUCK} = ${stuck}`}
    ${
      hasTaskFilter(filter)
        ? sql`and exists (
      select 1 from app.task t
      where t.organisation_id = r.organisation_id and t.run_id = r.id and t.status = 'open'
        ${taskFilter(filter)})`
        : sql``
    }`;
}

/** Conditions on an open `app.task t`. */
export function taskFilter({ role, person, step }: RunFilter): Sql {
  return sql`
    ${role === undefined ? sql`` : sql`and t.roles @> array[${role}]::text[]`}
    ${person === undefined ? sql`` : sql`and t.assignee = ${person}`}
    ${step === undefined ? sql`` : sql`and t.step = ${step}`}`;
}

const hasTaskFilter = ({ role, person, step }: RunFilter): boolean =>
  role !== undefined || person !== undefined || step !== undefined;

const STUCK = sql`(r.status = 'running' and (r.trouble is not null or exists (
  select 1 from app.timer w where w.organisation_id = r.organisation_id and w.subject = r.id
    and w.status = 'parked')))`;
