import type { EvidenceItem } from '@plumbline/contracts';
import sql from 'sql-template-tag';

/** One item with its current version `v` and who added it `p`. */
export const ITEM_COLUMNS = sql`
  e.id, e.number, e.shows, v.file_name, v.media_type, v.size::int as size, v.sha256, v.link,
  e.period_from::text as period_from, e.period_to::text as period_to, e.ai_system_id, e.run_id,
  e.requirements, e.added_by, p.name as added_by_name, e.added_at, e.version,
  (select coalesce(json_agg(json_build_object('version', o.version, 'sha256', o.sha256,
            'at', o.added_at) order by o.version desc), '[]')
   from app.evidence_version o
   where o.organisation_id = e.organisation_id and o.item_id = e.id and o.version < e.version
     and o.sha256 is not null) as supersedes`;

/** The tables of those columns. */
export const ITEM_TABLES = sql`
  app.evidence_item e
  join app.evidence_version v
    on v.organisation_id = e.organisation_id and v.item_id = e.id and v.version = e.version
  join app.person p on p.id = e.added_by`;

export interface ItemRow {
  id: string;
  number: number;
  shows: string;
  file_name: string | null;
  media_type: string | null;
  size: number | null;
  sha256: string | null;
  link: string | null;
  period_from: string | null;
  period_to: string | null;
  ai_system_id: string | null;
  run_id: string | null;
  requirements: string[];
  added_by: string;
  added_by_name: string;
  added_at: Date;
  version: number;
  supersedes: { version: number; sha256: string; at: string }[];
}

/** How people refer to an item: EVD-0001 and so on. */
export const referenceOf = (number: number): string => `EVD-${String(number).padStart(4, '0')}`;

/** An item as the contract says. */
export const toItem = (row: ItemRow): EvidenceItem => ({
  id: row.id,
  reference: referenceOf(row.number),
  shows: row.shows,
  fileName: row.file_name,
  mediaType: row.media_type,
  size: row.size,
  sha256: row.sha256,
  link: row.link,
  periodFrom: row.period_from,
  periodTo: row.period_to,
  aiSystemId: row.ai_system_id,
  runId: row.run_id,
  requirements: row.requirements,
  addedBy: { id: row.added_by, name: row.added_by_name },
  addedAt: row.added_at.toISOString(),
  version: row.version,
  supersedes: row.supersedes.map(({ version, sha256, at }) => ({
    version,
    sha256,
    at: new Date(at).toISOString(),
  })),
});
