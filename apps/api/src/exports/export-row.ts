import type { Export } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { referenceOf as systemReference } from '../ai-systems/index.ts';

/** A row of the table with the names beside it. */
export interface ExportRow {
  id: string;
  number: number;
  ai_system_id: string | null;
  system_number: number | null;
  system_name: string | null;
  state: Exclude<Export['state'], 'expired'>;
  phase: string | null;
  done: number;
  total: number;
  file_name: string | null;
  size: string | null;
  sha256: string | null;
  files: number | null;
  gaps: Export['gaps'];
  failure: string | null;
  downloads: number;
  created_by: string;
  created_by_name: string;
  created_at: Date;
  finished_at: Date | null;
  expires_at: Date | null;
  expired: boolean;
}

/** The columns and tables of that row. */
export const EXPORT_ROW = sql`
  x.id, x.number, x.ai_system_id, s.number as system_number, s.name as system_name, x.state,
  x.phase, x.done, x.total, x.file_name, x.size, x.sha256, x.files, x.gaps, x.failure,
  x.downloads, x.created_by, p.name as created_by_name, x.created_at, x.finished_at, x.expires_at,
  x.state = 'done' and x.expires_at <= now() as expired
  from app.export x
  join app.person p on p.id = x.created_by
  left join app.ai_system s on s.organisation_id = x.organisation_id and s.id = x.ai_system_id`;

/** How people refer to a pack: PK-0001 and so on. */
export const packReference = (number: number): string => `PK-${String(number).padStart(4, '0')}`;

/** A pack as the contract says. */
export const toExport = (row: ExportRow): Export => ({
  id: row.id,
  reference: packReference(row.number),
  scope: row.ai_system_id === null ? 'client' : 'ai-system',
  aiSystem:
    row.ai_system_id !== null && row.system_number !== null && row.system_name !== null
      ? {
          id: row.ai_system_id,
          reference: systemReference(row.system_number),
          name: row.system_name,
        }
      : null,
  state: row.expired ? 'expired' : row.state,
  progress:
    row.state === 'running' && row.phase !== null
      ? { phase: row.phase, done: row.done, total: row.total }
      : null,
  fileName: row.file_name,
  size: row.size === null ? null : Number(row.size),
  sha256: row.sha256,
  files: row.files,
  gaps: row.gaps,
  failure: row.failure,
  downloads: row.downloads,
  createdBy: { id: row.created_by, name: row.created_by_name },
  createdAt: row.created_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
  expiresAt: row.expires_at?.toISOString() ?? null,
});
