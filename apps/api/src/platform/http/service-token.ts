import { abilityForToken } from '@plumbline/policies';
import type { Request } from 'express';
import sql from 'sql-template-tag';
import type { TenantDatabase } from '../database/tenant-database.ts';
import { hashSecret } from '../one-time-link.ts';
import { NotFound, Problem } from '../problems.ts';
import type { RequestContext } from '../request-context.ts';

interface TokenRow {
  organisation_id: string;
  organisation_name: string;
  slug: string;
  person_id: string;
  person_name: string;
  scopes: string[];
}

/** No token of ours, or one that no longer works. */
class TokenRefused extends Problem {
  constructor() {
    super(
      401,
      'token-refused',
      'This token is unknown, has expired or was revoked. Ask for a new one.',
    );
  }
}

/** Whether the request is a machine's. Then its session cookie, if any, counts for nothing. */
export const carriesToken = (request: Request): boolean =>
  request.headers.authorization !== undefined;

/**
 * The context of a request with a service token, in the organisation of the address: no roles, and
 * the rights of its scopes. A token elsewhere than at home finds nothing, like any stranger.
 */
export async function contextOfToken(
  database: TenantDatabase,
  request: Request & { requestId: string },
): Promise<RequestContext> {
  const secret = /^Bearer (plt_[\w-]{43})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (!secret) throw new TokenRefused();
  const [token] = await database.ask<TokenRow>(
    'use-token',
    sql`select * from app.use_token(${hashSecret(secret)})`,
  );
  if (!token) throw new TokenRefused();
  if (token.slug !== request.params['organisation']) throw new NotFound();
  return {
    organisationId: token.organisation_id,
    organisationSlug: token.slug,
    organisationName: token.organisation_name,
    personId: token.person_id,
    personName: token.person_name,
    roles: [],
    relation: 'token',
    firmId: null,
    steppedUpAt: null,
    sessionId: null,
    requestId: request.requestId,
    ability: abilityForToken(token.scopes),
  };
}
