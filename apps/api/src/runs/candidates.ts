import type { Candidate } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import type { Acting } from './acting.ts';

interface Row {
  person_id: string;
  roles: string[];
  open_tasks: number;
  last_assigned_at: Date | null;
  away: boolean;
}

/** Who works here, with what they have to do already: for workflows that hand tasks out themselves. */
export async function candidatesIn(tx: Tx, ctx: Acting): Promise<Candidate[]> {
  const rows = await tx.query<Row>(sql`
    select p.person_id, p.roles,
           count(t.id) filter (where t.status = 'open')::int as open_tasks,
           max(t.opened_at) as last_assigned_at,
           exists (select 1 from app.absent_now() a where a.person_id = p.person_id) as away
    from app.people_here(null, null) p
    left join app.task t on t.organisation_id = ${ctx.organisationId} and t.assignee = p.person_id
    where p.relation = 'member'
    group by p.person_id, p.roles
    order by p.person_id`);
  return rows.map(({ person_id, roles, open_tasks, last_assigned_at, away }) => ({
    personId: person_id,
    roles,
    openTasks: open_tasks,
    lastAssignedAt: last_assigned_at?.toISOString() ?? null,
    away,
  }));
}
