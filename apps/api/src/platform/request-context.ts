import type { Ability } from '@plumbline/policies';

/** Which organisation a piece of work belongs to and who does it: what the database context signs. */
export interface OrganisationScope {
  readonly organisationId: string | null;
  readonly personId: string | null;
  /** Read-only aggregates over several organisations (portfolio); defaults to the one above. */
  readonly readOrganisationIds?: readonly string[];
  /**
   * The command under way, by its Idempotency-Key and the number of its claim: its transactions note
   * that it was carried out, and commit only as long as nobody else has taken it over.
   */
  readonly command?: { readonly key: string; readonly claim: number };
}

/** Who asks, for which organisation, with which rights. The first argument of every service method. */
export interface RequestContext extends OrganisationScope {
  readonly organisationId: string;
  readonly organisationSlug: string;
  readonly organisationName: string;
  readonly personId: string;
  readonly personName: string;
  readonly roles: readonly string[];
  /**
   * An adviser works here through a client's engagement and never approves. A service token acts as
   * a person of its own without roles, and does what its scopes say.
   */
  readonly relation: 'member' | 'adviser' | 'token';
  readonly firmId: string | null;
  readonly ability: Ability;
  /** When the person last proved who they are, for decisions. */
  readonly steppedUpAt: Date | null;
  /** Null for a service token. */
  readonly sessionId: string | null;
  readonly requestId: string;
}

/** Who is signed in, before any organisation is chosen. */
export interface SignedIn {
  readonly personId: string;
  readonly personName: string;
  readonly email: string;
  readonly sessionId: string;
  readonly steppedUpAt: Date | null;
  readonly requestId: string;
}

/** The scope of work that no person asked for: timers, relays, imports after their commit. */
export const systemScope = (organisationId: string): OrganisationScope => ({
  organisationId,
  personId: null,
});

/** The scope of what belongs to a person and to no organisation, for example their password. */
export const PLATFORM_SCOPE = {
  organisationId: '00000000-0000-0000-0000-000000000000',
  personId: null,
} as const satisfies OrganisationScope;

/** The scope of questions before an organisation is known; sees no row of a tenant table. */
export const ANYWHERE = {
  organisationId: null,
  personId: null,
} as const satisfies OrganisationScope;
