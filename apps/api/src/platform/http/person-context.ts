import { abilityFor } from '@plumbline/policies';
import sql from 'sql-template-tag';
import type { TenantDatabase } from '../database/tenant-database.ts';
import type { RequestContext, SignedIn } from '../request-context.ts';

/** What a person is in one organisation, as the database answers it. */
export interface Standing {
  readonly organisation_id: string;
  readonly name: string;
  readonly slug: string;
  readonly member_roles: string[];
  readonly relation: 'member' | 'adviser';
  readonly firm_id: string | null;
  readonly unseen: boolean;
}

/** The context of a person who may enter; notes for the list of members that they were here. */
export async function contextIn(
  database: TenantDatabase,
  found: Standing,
  asking: SignedIn,
): Promise<RequestContext> {
  const { personId } = asking;
  if (found.unseen) await noteSeen(database, found.organisation_id, personId);
  return {
    organisationId: found.organisation_id,
    organisationSlug: found.slug,
    organisationName: found.name,
    personId,
    personName: asking.personName,
    roles: found.member_roles,
    relation: found.relation,
    firmId: found.firm_id,
    steppedUpAt: asking.steppedUpAt,
    sessionId: asking.sessionId,
    requestId: asking.requestId,
    ability: abilityFor({ roles: found.member_roles, relation: found.relation }),
  };
}

/** For the list of members: when a person was last here, to ten minutes. */
const noteSeen = (database: TenantDatabase, organisationId: string, personId: string) =>
  database.transaction({ organisationId, personId }, (tx) =>
    tx.execute(sql`
      update app.member set last_seen_at = now()
      where organisation_id = ${organisationId} and person_id = ${personId}`),
  );
