import type { Engagement, PersonRef } from '@plumbline/contracts';
import { statusOf } from './engagement-rules.ts';

/** An engagement with both organisations, as `app.my_engagements()` and its names give it. */
export interface EngagementRow {
  id: string;
  client_id: string;
  client_name: string;
  client_slug: string;
  firm_id: string;
  firm_name: string;
  firm_slug: string;
  basis: 'set-up' | 'granted';
  scope: string;
  people: string[] | null;
  people_refs: PersonRef[] | null;
  valid_from: Date;
  valid_to: Date;
  granted_by: string | null;
  granted_by_name: string | null;
  revoked_at: Date | null;
  version: number;
  now: Date;
}

/** Engagements as the contract says. */
export const toEngagements = (rows: readonly EngagementRow[]): Engagement[] =>
  rows.map((row) => ({
    id: row.id,
    client: { id: row.client_id, slug: row.client_slug, name: row.client_name },
    firm: { id: row.firm_id, slug: row.firm_slug, name: row.firm_name },
    basis: row.basis,
    scope: row.scope,
    people: row.people && (row.people_refs ?? []),
    validFrom: row.valid_from.toISOString(),
    validTo: row.valid_to.toISOString(),
    status: statusOf(
      { from: row.valid_from, to: row.valid_to, revokedAt: row.revoked_at },
      row.now,
    ),
    grantedBy:
      row.granted_by && row.granted_by_name
        ? { id: row.granted_by, name: row.granted_by_name }
        : null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    version: row.version,
  }));
