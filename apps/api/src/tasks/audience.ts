import { abilityFor } from '@plumbline/policies';
import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import { belongsTo } from './task-access.ts';

/** Somebody who may see a task. */
export interface Onlooker {
  readonly id: string;
  readonly name: string;
}

interface Row {
  id: string;
  name: string;
  roles: string[];
  relation: 'member' | 'adviser';
  involved: boolean;
}

/**
 * The people who may see a task at this moment, in the order of their names: whoever reads runs, it
 * waits for, stands in for them, or has taken part. Machines are not among them.
 */
export async function audienceOf(
  tx: Tx,
  task: { readonly organisationId: string; readonly id: string },
): Promise<Onlooker[]> {
  const rows = await tx.query<Row>(sql`
    select h.person_id as id, h.name, h.roles, h.relation,
      ${belongsTo(sql`h.person_id`, sql`h.roles`, sql`h.relation`)}
        or h.person_id = any (t.voters) or coalesce(h.person_id in (t.closed_by, t.closed_for), false)
        or exists (
          select 1 from app.standing_in() a where a.substitute_id = h.person_id
            and (t.assignee = a.person_id or t.roles && a.roles)) as involved
    from app.task t cross join app.people_here(null, null) h
    where t.organisation_id = ${task.organisationId} and t.id = ${task.id} and h.email is not null
    order by h.name, h.person_id`);
  return rows
    .filter(
      ({ roles, relation, involved }) =>
        involved || abilityFor({ roles, relation }).can('read', 'Run'),
    )
    .map(({ id, name }) => ({ id, name }));
}
