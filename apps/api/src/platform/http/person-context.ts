import { abilityFor } from '@plumbline/policies';
import sql from 'sql-template-tag';
import type { TenantDatabase } from '../database/tenant-database.ts';
import { NotFound } from '../problems.ts';
import type { RequestContext, SignedIn } from '../request-context.ts';

interface StandingRow {
  organisation_id: string;
  name: string;
  slug: string;
  member_roles: string[];
  relation: 'member' | 'adviser';
  firm_id: string | null;
  unseen: boolean;
}

/** Who asks: a signed-in person, without what only the session knows of them. */
export type Asking = Pick<SignedIn, 'personId' | 'personName' | 'steppedUpAt' | 'requestId'> & {
  readonly sessionId: string | null;
};

/**
 * The context of a person in the organisation with this short name, as a member or by a live
 * engagement; NotFound when they may not enter, or when there is no such organisation.
 */
export async function contextOfPerson(
  database: TenantDatabase,
  slug: unknown,
  asking: Asking,
): Promise<RequestContext> {
  if (typeof slug !== 'string') throw new NotFound();
  const { personId } = asking;
  const [found] = await database.transaction({ organisationId: null, personId }, (tx) =>
    tx.prepared<StandingRow>(
      'resolve-organisation',
      sql`select organisation_id, name, slug, member_roles, relation, firm_id,
                 relation = 'member'
                   and coalesce(last_seen_at < now() - interval '10 minutes', true) as unseen
          from app.resolve_organisation(${slug})`,
    ),
  );
  if (!found) throw new NotFound();
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
