import type { PersonRef, WorkflowOffer } from '@plumbline/contracts';
import sql, { type Sql } from 'sql-template-tag';

/** An offer with the names beside it, without its definition. */
export interface OfferRow {
  id: string;
  firm_id: string;
  firm_name: string;
  key: string;
  name: string;
  purpose: string;
  firm_version: number;
  hash: string;
  note: string;
  status: WorkflowOffer['status'];
  offerer: PersonRef;
  offered_at: Date;
  answerer: PersonRef | null;
  answered_at: Date | null;
  reason: string | null;
  published_version: number | null;
}

/** The columns of that row, from `app.workflow_offer o`. */
export const OFFER_COLUMNS: Sql = sql`
  o.id, o.firm_id, o.firm_name, o.key, o.name, o.purpose, o.firm_version, o.hash, o.note, o.status,
  o.offered_at, o.answered_at, o.reason, o.published_version,
  (select json_build_object('id', p.id, 'name', p.name) from app.person p
   where p.id = o.offered_by) as offerer,
  (select json_build_object('id', p.id, 'name', p.name) from app.person p
   where p.id = o.answered_by) as answerer`;

/** An offer as the contract says. */
export const toOffer = (row: OfferRow): WorkflowOffer => ({
  ...{ id: row.id, firm: { id: row.firm_id, name: row.firm_name }, key: row.key, name: row.name },
  ...{ purpose: row.purpose, version: row.firm_version, hash: row.hash, note: row.note },
  ...{ status: row.status, offeredBy: row.offerer, offeredAt: row.offered_at.toISOString() },
  answeredBy: row.answerer,
  answeredAt: row.answered_at?.toISOString() ?? null,
  ...{ reason: row.reason, publishedVersion: row.published_version },
});
