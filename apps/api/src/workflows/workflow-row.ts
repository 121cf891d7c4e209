import type {
  PersonRef,
  Workflow,
  WorkflowOrigin,
  WorkflowVersionSummary,
} from '@plumbline/contracts';
import sql, { type Sql } from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';

/** A firm, by the name that it had then, and the version of its library that was taken over. */
export interface FirmOrigin {
  readonly firmId: string;
  readonly firm: string;
  readonly version: number;
}

/** A version with the names beside it. */
export interface VersionRow {
  id: string;
  key: string;
  name: string;
  purpose: string;
  version: number;
  hash: string;
  note: string;
  /** Null: the organisation's own, or the product's when nobody published it. */
  origin: FirmOrigin | null;
  published_at: Date;
  publisher: PersonRef | null;
  retired_at: Date | null;
  retired_reason: string | null;
  retired_by: PersonRef | null;
  runs_live: number;
}

/** The columns and tables of that row. */
export const VERSION_ROW: Sql = sql`
  v.id, v.key, v.name, v.purpose, v.version, v.hash, v.note, v.origin, v.published_at,
  (select json_build_object('id', p.id, 'name', p.name) from app.person p
   where p.id = v.published_by) as publisher,
  x.retired_at, x.reason as retired_reason,
  (select json_build_object('id', p.id, 'name', p.name) from app.person p
   where p.id = x.retired_by) as retired_by,
  (select count(*)::int from app.run r
   where r.organisation_id = v.organisation_id and r.workflow_version_id = v.id
     and r.status = 'running') as runs_live
  from app.workflow_version v
  left join app.workflow_retirement x
    on x.organisation_id = v.organisation_id and x.version_id = v.id`;

/** Where a version came from. */
export function originOf({
  origin,
  publisher,
}: Pick<VersionRow, 'origin' | 'publisher'>): WorkflowOrigin {
  if (origin) return { kind: 'firm', firm: origin.firm, version: origin.version };
  return { kind: publisher ? 'own' : 'standard' };
}

/** A version as the contract says. */
export const toVersionSummary = (row: VersionRow): WorkflowVersionSummary => ({
  ...{ id: row.id, version: row.version, hash: row.hash },
  publishedAt: row.published_at.toISOString(),
  publishedBy: row.publisher,
  ...{ note: row.note, origin: originOf(row), runsLive: row.runs_live },
  retired:
    row.retired_at && row.retired_by
      ? { at: row.retired_at.toISOString(), by: row.retired_by, reason: row.retired_reason ?? '' }
      : null,
});

/** A draft as lists show it. */
export interface DraftSummaryRow {
  key: string;
  name: string;
  purpose: string;
  revision: number;
  saved_at: Date;
  saver: PersonRef;
  errors: number;
  warnings: number;
}

/** The columns and tables of that row. */
export const DRAFT_SUMMARY: Sql = sql`
  d.key, d.name, d.purpose, d.revision, d.saved_at,
  json_build_object('id', p.id, 'name', p.name) as saver,
  (select count(*)::int from jsonb_array_elements(d.problems) q
   where q ->> 'severity' = 'error') as errors,
  (select count(*)::int from jsonb_array_elements(d.problems) q
   where q ->> 'severity' = 'warning') as warnings
  from app.workflow_draft d join app.person p on p.id = d.saved_by`;

/** A workflow as lists show it, from its versions (newest first) and its draft; one of them is there. */
export function toWorkflow(
  versions: readonly VersionRow[],
  draft: DraftSummaryRow | undefined,
  clients: number | null,
): Workflow {
  const newest = versions[0];
  const shown = newest ?? draft;
  if (!shown) throw new Error('a workflow has a version or a draft');
  const published = versions.find(({ retired_at }) => !retired_at);
  return {
    ...{ key: shown.key, name: (published ?? shown).name, purpose: (published ?? shown).purpose },
    published: published
      ? {
          ...{ id: published.id, version: published.version, hash: published.hash },
          publishedAt: published.published_at.toISOString(),
        }
      : null,
    draft: draft
      ? {
          ...{ savedAt: draft.saved_at.toISOString(), savedBy: draft.saver },
          revision: draft.revision,
          problems: { errors: draft.errors, warnings: draft.warnings },
        }
      : null,
    runsLive: versions.reduce((sum, { runs_live }) => sum + runs_live, 0),
    clients,
    retiredAt: published ? null : (newest?.retired_at?.toISOString() ?? null),
    origin: newest ? originOf(published ?? newest) : { kind: 'own' },
  };
}

/** A version by its id, as the contract says. */
export async function summaryOf(
  tx: Tx,
  { organisationId }: { readonly organisationId: string },
  id: string,
): Promise<WorkflowVersionSummary> {
  const row = await tx.one<VersionRow>(sql`
    select ${VERSION_ROW} where v.organisation_id = ${organisationId} and v.id = ${id}`);
  return toVersionSummary(row);
}
