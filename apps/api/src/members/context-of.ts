import { abilityFor } from '@plumbline/policies';
import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import type { RequestContext } from '../platform/request-context.ts';

interface Row {
  name: string;
  roles: string[];
  relation: 'member' | 'adviser';
  firm_id: string | null;
  slug: string;
  organisation_name: string;
}

/**
 * The context of a person for work that they asked for earlier, with the rights that they have now;
 * null when they may not enter any more. `requestId` names that work.
 */
export async function contextOf(
  tx: Tx,
  { organisationId, personId }: { readonly organisationId: string; readonly personId: string },
  requestId: string,
): Promise<RequestContext | null> {
  const row = await tx.maybe<Row>(sql`
    select h.name, h.roles, h.relation, h.firm_id, o.slug, o.name as organisation_name
    from app.people_here(${personId}, null) h
    join app.organisation o on o.id = ${organisationId}
    where h.email is not null`);
  if (!row) return null;
  const { name, roles, relation } = row;
  return {
    ...{ organisationId, personId, personName: name, roles, relation, requestId },
    organisationSlug: row.slug,
    organisationName: row.organisation_name,
    firmId: row.firm_id,
    ability: abilityFor({ roles, relation }),
    steppedUpAt: null,
    sessionId: null,
  };
}
