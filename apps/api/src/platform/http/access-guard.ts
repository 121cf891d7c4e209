import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Action } from '@plumbline/policies';
import sql from 'sql-template-tag';
import { Configuration } from '../config/configuration.ts';
import { TenantDatabase } from '../database/tenant-database.ts';
import { hashSecret } from '../one-time-link.ts';
import { Forbidden, NotFound, NotSignedIn, Problem } from '../problems.ts';
import { ANYWHERE, type RequestContext, type SignedIn } from '../request-context.ts';
import { isCrossSite } from './cross-site.ts';
import { ACCESS, type Access } from './decorators.ts';
import { contextOfPerson } from './person-context.ts';
import type { PlumblineRequest } from './request.ts';
import { carriesToken, contextOfToken } from './service-token.ts';
import { IDLE_MINUTES } from './session-life.ts';
import { readSessionSecret, sessionCookie } from './session-cookie.ts';

interface SessionRow {
  session_id: string;
  person_id: string;
  name: string;
  email: string;
  stepped_up_at: Date | null;
}

/** Lets a request in: session or token, organisation of the address, and the right that the route names. */
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
    const isMachine = carriesToken(request);
    // A browser never adds a token by itself, so only a session can be misused from another site.
    if (!isMachine && isCrossSite(request, this.configuration.environment.PUBLIC_URL)) {
      throw new Problem(
        403,
        'cross-site',
        'This request came from another site, so it was not carried out.',
      );
    }
    const signedIn = isMachine ? null : await this.findPerson(request);
    if (signedIn) request.signedIn = signedIn;
    if (access.kind === 'public') return true;
    if (!isMachine && !signedIn) throw new NotSignedIn();
    if (access.kind === 'signed-in') {
      if (signedIn) return true;
      throw new Forbidden('A token works inside its organisation only. Sign in for this.');
    }

    const context = signedIn
      ? await contextOfPerson(this.database, request.params['organisation'], signedIn)
      : await contextOfToken(this.database, request);
    request.context = context;
    if (!context.ability.can(access.action, access.subject)) throw forbidden(context, access);
    return true;
  }

  private async findPerson(request: PlumblineRequest): Promise<SignedIn | null> {
    const secret = readSessionSecret(request, sessionCookie(this.configuration).name);
    if (!secret) return null;
    const hash = hashSecret(secret);
    const row = await this.database.transaction(ANYWHERE, (tx) =>
      tx.prepared<SessionRow>(
        'find-session',
        sql`with found as (
              select s.id, s.person_id, s.stepped_up_at, p.name, p.email,
                     s.last_seen_at < now() - interval '1 minute' as unseen
              from app.session s join app.person p on p.id = s.person_id
              where s.token_hash = ${hash} and s.revoked_at is null and s.expires_at > now()
                and s.last_seen_at > now() - make_interval(mins => ${IDLE_MINUTES})
            ), seen as (
              update app.session s set last_seen_at = now()
              from found where s.id = found.id and found.unseen
            )
            select id as session_id, person_id, name, email, stepped_up_at from found`,
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
}

function forbidden({ relation }: RequestContext, { action }: { action: Action }): Forbidden {
  if (relation === 'token') {
    return new Forbidden('No scope of this token includes this. Use one that has the scope.');
  }
  return new Forbidden(
    relation === 'adviser' && action === 'decide'
      ? 'Advisers prepare and never decide. Ask someone at the client with the authority.'
      : 'Your role here does not include this. Ask an administrator of this organisation.',
  );
}
