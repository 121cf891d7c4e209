import type { OrganisationStanding } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import { yourTurnByOrganisation } from '../tasks/index.ts';

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

/** Every organisation that a person may enter, firms first, with what waits for them in each. */
export async function standingsOf(tx: Tx, personId: string): Promise<OrganisationStanding[]> {
  await tx.enter({ organisationId: null, personId });
  const rows = await tx.query<StandingRow>(
    sql`select * from app.my_organisations() order by kind desc, name, slug`,
  );
  const readOrganisationIds = rows.map((row) => row.organisation_id);
  await tx.enter({ organisationId: null, personId, readOrganisationIds });
  const yourTurn = await yourTurnByOrganisation(tx);
  return rows.map((row) => ({
    id: row.organisation_id,
    slug: row.slug,
    name: row.name,
    kind: row.kind,
    mark: { text: row.mark_text, plate: row.mark_plate },
    roles: row.member_roles,
    relation: row.relation,
    firm: firmOf(row),
    yourTurn: yourTurn.get(row.organisation_id) ?? 0,
  }));
}

const firmOf = ({ firm_id: id, firm_name: name, firm_slug: slug }: StandingRow) =>
  id && name && slug ? { id, name, slug } : null;
