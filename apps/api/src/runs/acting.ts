import type { Actor } from '@plumbline/workflow-engine';
import type { OrganisationScope, RequestContext } from '../platform/request-context.ts';

/** The absent person for whom a substitute acts, with the roles that count for them. */
export interface ActsFor {
  readonly onBehalfOf?: { readonly personId: string; readonly roles: readonly string[] };
}

/** Who moves a run: a person through a request, or the product itself (timers, lifecycle). */
export type Acting =
  (RequestContext & ActsFor) | (OrganisationScope & { readonly organisationId: string });

/** The person behind this work, or null when it is the product itself. */
export const requestOf = (ctx: Acting): (RequestContext & ActsFor) | null =>
  'ability' in ctx ? ctx : null;

/**
 * The actor as the engine sees it. An adviser who may prepare does the work of people for the role
 * that it asks for (`preparesFor`); the engine refuses them every decision (SOD-07).
 */
export function actorOf(ctx: Acting, preparesFor: string | null = null): Actor {
  const request = requestOf(ctx);
  if (!request) return { kind: 'system' };
  const adviser = request.relation === 'adviser';
  const prepares = adviser && preparesFor !== null && request.ability.can('submit', 'Task');
  return {
    kind: 'person',
    personId: request.personId,
    roles: prepares ? [...request.roles, preparesFor] : request.roles,
    adviser,
    onBehalfOf: request.onBehalfOf ?? null,
  };
}
