import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import { waitsForPerson } from './task-access.ts';

/**
 * How many open tasks wait for the person of the transaction, by organisation. Counts only where
 * the transaction reads; organisations without any are left out.
 */
export async function yourTurnByOrganisation(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx.query<{ organisation_id: string; count: number }>(sql`
    select o.organisation_id, count(*)::int as count
    from app.my_organisations() o
    join app.task t on t.organisation_id = o.organisation_id
    where ${waitsForPerson(sql`(select app.acting_person())`, sql`o.member_roles`, sql`o.relation`)}
    group by o.organisation_id`);
  return new Map(rows.map((row) => [row.organisation_id, row.count]));
}
