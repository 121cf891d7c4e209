import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Action } from '@plumbline/policies';
import sql from 'sql-template-tag';
import { Configuration } from '../config/configuration.ts';
import { TenantDatabase } from '../database/tenant-database.ts';
import { hashSecret } from '../one-time-link.ts';
import { Forbidden, NotFound, NotSignedIn, Problem } from '../problems.ts';
import type { RequestContext, SignedIn } from '../request-context.ts';
import { isCrossSite } from './cross-site.ts';
import { ACCESS, type Access } from './decorators.ts';
import { contextIn, type Standing } from './person-context.ts';
import type { PlumblineRequest } from './request.ts';
import { carriesToken, contextOfToken } from './service-token.ts';
import { IDLE_MINUTES } from './session-life.ts';
import { readSessionSecret, sessionCookie } from './session-cookie.ts';

type Found = {
  readonly session_id: string;
  readonly person_id: string;
  readonly person_name: string;
  readonly email: string;
  readonly stepped_up_at: Date | null;
} & (Standing | { readonly organisation_id: null });

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
    const slug = access.kind === 'can' ? request.params['organisation'] : undefined;
    const found = isMachine ? null : await this.enter(request, slug);
    const signedIn = found && signedInAs(found, request.requestId);
    if (signedIn) request.signedIn = signedIn;
    if (access.kind === 'public') return true;
    if (!isMachine && !signedIn) throw new NotSignedIn();
    if (access.kind === 'signed-in') {
      if (signedIn) return true;
      throw new Forbidden('A token works inside its organisation only. Sign in for this.');
    }
    const context = found
      ? await this.contextOf(found, request.requestId)
      : await contextOfToken(this.database, request);
    request.context = context;
    if (!context.ability.can(access.action, access.subject)) throw forbidden(context, access);
    return true;
  }

  /** Whose session it is, and their standing in the organisation of the address: in one question. */
  private async enter(request: PlumblineRequest, slug: unknown): Promise<Found | null> {
    const secret = readSessionSecret(request, sessionCookie(this.configuration).name);
    if (!secret) return null;
    const wanted = typeof slug === 'string' ? slug : null;
    const [found] = await this.database.ask<Found>(
      'enter',
      sql`select * from app.enter(${hashSecret(secret)}, ${wanted}, ${IDLE_MINUTES})`,
    );
    return found ?? null;
  }

  private async contextOf(found: Found, requestId: string): Promise<RequestContext> {
    if (found.organisation_id === null) throw new NotFound();
    return contextIn(this.database, found, signedInAs(found, requestId));
  }
}

const signedInAs = (found: Found, requestId: string): SignedIn => ({
  sessionId: found.session_id,
  personId: found.person_id,
  personName: found.person_name,
  email: found.email,
  steppedUpAt: found.stepped_up_at,
  requestId,
});

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
