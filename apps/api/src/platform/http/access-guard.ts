import { createHash } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { abilityFor } from '@plumbline/policies';
import sql from 'sql-template-tag';
import { Configuration } from '../config/configuration.ts';
import { TenantDatabase } from '../database/tenant-database.ts';
import { Forbidden, NotFound, NotSignedIn, Problem } from '../problems.ts';
import { ANYWHERE, type RequestContext, type SignedIn } from '../request-context.ts';
import { isCrossSite } from './cross-site.ts';
import { ACCESS, type Access } from './decorators.ts';
import type { PlumblineRequest } from './request.ts';
import { readSessionSecret, sessionCookie } from './session-cookie.ts';

interface SessionRow {
  session_id: string;
  person_id: string;
  name: string;
  email: string;
  stepped_up_at: Date | null;
}

interface OrganisationRow {
  organisation_id: string;
  name: string;
  slug: string;
  member_roles: string[];
  relation: 'member' | 'adviser';
  firm_id: string | null;
}

/** Lets a request in: session, organisation of the address, and the right that the route names. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Configuration) private readonly configuration: Configuration,
  ) {}

  async canActivate(host: ExecutionContext): Promise<boolean> {
    const request = host.switchToHttp().getRequest<PlumblineRequest>();
    const access = this.reflector.get<Access | undefined>(ACCESS, host.getHandler());
    if (!access) throw new NotFound();
    if (isCrossSite(request, this.configuration.environment.PUBLIC_URL)) {
      throw new Problem(
        403,
        'cross-site',
        'This request came from another site, so it was not carried out.',
      );
    }
    const signedIn = await this.findPerson(request);
    if (signedIn) request.signedIn = signedIn;
    if (access.kind === 'public') return true;
    if (!signedIn) throw new NotSignedIn();
    if (access.kind === 'signed-in') return true;

    const context = await this.findOrganisation(request, signedIn);
    request.context = context;
    if (!context.ability.can(access.action, access.subject)) {
      throw new Forbidden(
        context.relation === 'adviser' && access.action === 'decide'
          ? 'Advisers prepare and never decide. Ask someone at the client with the authority.'
          : 'Your role here does not include this. Ask an administrator of this organisation.',
      );
    }
    return true;
  }

  private async findPerson(request: PlumblineRequest): Promise<SignedIn | null> {
    const secret = readSessionSecret(request, sessionCookie(this.configuration).name);
    if (!secret) return null;
    const hash = createHash('sha256').update(secret).digest();
    const row = await this.database.transaction(ANYWHERE, (tx) =>
      tx.prepared<SessionRow>(
        'find-session',
        sql`update app.session s set last_seen_at = now()
            from app.person p
            where s.token_hash = ${hash} and p.id = s.person_id
              and s.revoked_at is null and s.expires_at > now()
              and s.last_seen_at > now() - interval '60 minutes'
            returning s.id as session_id, p.id as person_id, p.name, p.email, s.stepped_up_at`,
      ),
    );
    const [session] = row;
    if (!session) return null;
    return {
      sessionId: session.session_id,
      personId: session.person_id,
      personName: session.name,
      email: session.email,
      steppedUpAt: session.stepped_up_at,
      requestId: request.requestId,
    };
  }

  private async findOrganisation(
    request: PlumblineRequest,
    signedIn: SignedIn,
  ): Promise<RequestContext> {
    const slug = request.params['organisation'];
    if (typeof slug !== 'string') throw new NotFound();
    const scope = { organisationId: null, personId: signedIn.personId };
    const [found] = await this.database.transaction(scope, (tx) =>
      tx.prepared<OrganisationRow>(
        'resolve-organisation',
        sql`select organisation_id, name, slug, member_roles, relation, firm_id
            from app.resolve_organisation(${slug})`,
      ),
    );
    if (!found) throw new NotFound();
    return {
      organisationId: found.organisation_id,
      organisationSlug: found.slug,
      organisationName: found.name,
      personId: signedIn.personId,
      personName: signedIn.personName,
      roles: found.member_roles,
      relation: found.relation,
      firmId: found.firm_id,
      steppedUpAt: signedIn.steppedUpAt,
      sessionId: signedIn.sessionId,
      requestId: signedIn.requestId,
      ability: abilityFor({
        roles: found.member_roles,
        relation: found.relation,
      }),
    };
  }
}
