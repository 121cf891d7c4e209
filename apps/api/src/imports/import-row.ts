import type { Import, ImportMapping, ImportRow, RowProblem } from '@plumbline/contracts';
import sql from 'sql-template-tag';

/** An import `i` with its progress `g` and who started it `p`. */
export const IMPORT_COLUMNS = sql`
  i.id, i.state, i.file_name, i.size::int as size, i.sha256, i.encoding, i.sheet, i.rows, i.columns,
  i.mapping, i.outcome, i.refusal, i.started_by, p.name as started_by_name, i.created_at,
  i.finished_at, i.version, g.phase, g.done, g.total`;

/** The tables of those columns. */
export const IMPORT_TABLES = sql`
  app.import i
  join app.import_progress g on g.organisation_id = i.organisation_id and g.import_id = i.id
  join app.person p on p.id = i.started_by`;

export interface ImportRecord {
  id: string;
  state: Import['state'];
  file_name: string;
  size: number;
  sha256: string;
  encoding: string | null;
  sheet: string | null;
  rows: number | null;
  columns: Import['columns'];
  mapping: ImportMapping | null;
  outcome: Import['outcome'];
  refusal: string | null;
  started_by: string;
  started_by_name: string;
  created_at: Date;
  finished_at: Date | null;
  version: number;
  phase: string;
  done: number;
  total: number;
}

/** States in which a worker is at it. */
const WORKING: readonly Import['state'][] = ['reading', 'checking', 'committing'];

/** A line of the list, as the contract says. */
export const toImportRow = (row: ImportRecord): ImportRow => ({
  id: row.id,
  state: row.state,
  fileName: row.file_name,
  rows: row.rows,
  outcome: row.outcome,
  refusal: row.refusal,
  startedBy: { id: row.started_by, name: row.started_by_name },
  createdAt: row.created_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
});

/** A whole import with its first problems, as the contract says. */
export const toImport = (row: ImportRecord, problems: RowProblem[]): Import => ({
  ...toImportRow(row),
  size: row.size,
  sha256: row.sha256,
  encoding: row.encoding,
  sheet: row.sheet,
  columns: row.columns,
  mapping: row.mapping,
  progress: WORKING.includes(row.state)
    ? { phase: row.phase, done: row.done, total: row.total }
    : null,
  problems,
  version: row.version,
});
