import { createHmac } from 'node:crypto';
import type { OrganisationScope } from '../request-context.ts';

/** Seconds that a signed context is valid. A transaction that runs longer signs it anew. */
export const LIFETIME = 120;

/**
 * The text that names the organisation of a transaction, signed so that SQL run as the
 * application role cannot forge another one (app.verified_context() checks it).
 */
export function signContext(key: Buffer, scope: OrganisationScope, nowSeconds: number): string {
  const write = scope.organisationId ?? '';
  const read = scope.readOrganisationIds ?? (scope.organisationId ? [scope.organisationId] : []);
  const body = ['v1', write, read.join(','), scope.personId ?? '', nowSeconds + LIFETIME].join('|');
  return `${body}|${createHmac('sha256', key).update(body).digest('hex')}`;
}
