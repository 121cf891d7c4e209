import { Inject, Injectable } from '@nestjs/common';
import { abilityFor } from '@plumbline/policies';
import sql from 'sql-template-tag';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { ANYWHERE, type RequestContext } from '../platform/request-context.ts';

interface Standing {
  organisation_id: string;
  name: string;
  slug: string;
  member_roles: string[];
  relation: 'member' | 'adviser';
  firm_id: string | null;
}

/** The demo's people in one client: who they are there, as after a sign-in and a password prompt. */
export interface Cast {
  readonly contexts: readonly RequestContext[];
  /** The people with a role; for a firm's role, its adviser who works here. */
  withRole(role: string): RequestContext[];
}

/** Finds who may enter a client, by the same question that the guard asks. */
@Injectable()
export class DemoPeople {
  constructor(@Inject(TenantDatabase) private readonly database: TenantDatabase) {}

  async castOf(client: string): Promise<Cast> {
    const people = await this.database.transaction(ANYWHERE, (tx) =>
      tx.query<{ id: string; name: string }>(sql`select id, name from app.person order by id`),
    );
    const contexts: RequestContext[] = [];
    for (const person of people) {
      const scope = { organisationId: null, personId: person.id };
      const standing = await this.database.transaction(scope, (tx) =>
        tx.maybe<Standing>(sql`
          select organisation_id, name, slug, member_roles, relation, firm_id
          from app.resolve_organisation(${client})`),
      );
      if (standing) contexts.push(contextOf(person, standing));
    }
    return {
      contexts,
      withRole: (role) => contexts.filter(({ roles }) => roles.includes(role)),
    };
  }
}

function contextOf(person: { id: string; name: string }, standing: Standing): RequestContext {
  const { relation, member_roles: roles } = standing;
  return {
    organisationId: standing.organisation_id,
    organisationSlug: standing.slug,
    organisationName: standing.name,
    personId: person.id,
    personName: person.name,
    roles,
    relation,
    firmId: standing.firm_id,
    ability: abilityFor({ roles, relation }),
    steppedUpAt: new Date(),
    sessionId: null,
    requestId: newId(),
  };
}
