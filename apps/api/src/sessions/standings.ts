import type { OrganisationStanding } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';

interface StandingRow {
  organisation_id: string;
  name: string;
  slug: string;
  kind: 'firm' | 'client';
  mark_text: string;
  mark_plate: number;
  member_roles: string[];
  relation: 'member' | 'adviser';
  firm_id: string | null;
  firm_name: string | null;
  firm_slug: string | null;
}

/** Every organisation that the person of the transaction may enter, in the order of their names. */
export async function standingsOf(tx: Tx): Promise<OrganisationStanding[]> {
  const rows = await tx.query<StandingRow>(
    sql`select * from app.my_organisations() order by kind desc, name, slug`,
  );
  return rows.map((row) => ({
    id: row.organisation_id,
    slug: row.slug,
    name: row.name,
    kind: row.kind,
    mark: { text: row.mark_text, plate: row.mark_plate },
    roles: row.member_roles,
    relation: row.relation,
    firm:
      row.firm_id && row.firm_name && row.firm_slug
        ? { id: row.firm_id, name: row.firm_name, slug: row.firm_slug }
        : null,
    yourTurn: 0,
  }));
}
