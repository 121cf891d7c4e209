import type { PersonRef, WorkflowDraft, WorkflowProblem } from '@plumbline/contracts';
import sql, { type Sql } from 'sql-template-tag';

/** Seconds after its last sign of life at which the editor's place is free again. */
export const LAPSES_AFTER = 90;

/** A draft with the names beside it. */
export interface DraftRow {
  id: string;
  key: string;
  definition: Record<string, unknown>;
  layout: Record<string, unknown>;
  revision: number;
  based_on: number | null;
  saved_at: Date;
  saver: PersonRef;
  problems: WorkflowProblem[];
  /** Null when nobody has the place, or whoever had it has gone silent. */
  editor: PersonRef | null;
  editor_since: Date | null;
}

/** Whether somebody has the editor's place of draft `d` right now. */
export const IS_EDITED: Sql = sql`
  coalesce(d.editor_seen_at > now() - make_interval(secs => ${LAPSES_AFTER}), false)`;

/** The columns and tables of that row. */
export const DRAFT_ROW: Sql = sql`
  d.id, d.key, d.definition, d.layout, d.revision, d.based_on, d.saved_at, d.problems,
  (select json_build_object('id', p.id, 'name', p.name) from app.person p
   where p.id = d.saved_by) as saver,
  case when ${IS_EDITED} then
    (select json_build_object('id', p.id, 'name', p.name) from app.person p
     where p.id = d.editor_id) end as editor,
  d.editor_since
  from app.workflow_draft d`;

/** A draft as the contract says, for the person who looks. */
export const toDraft = (row: DraftRow, personId: string): WorkflowDraft => ({
  ...{ key: row.key, definition: row.definition, layout: row.layout, revision: row.revision },
  basedOn: row.based_on,
  savedAt: row.saved_at.toISOString(),
  savedBy: row.saver,
  editor: editorOf(row, personId),
  problems: row.problems,
});

/** Who has the editor's place, as the contract says. */
export const editorOf = (
  { editor, editor_since }: Pick<DraftRow, 'editor' | 'editor_since'>,
  personId: string,
): WorkflowDraft['editor'] =>
  editor && editor_since
    ? { person: editor, since: editor_since.toISOString(), isYou: editor.id === personId }
    : null;
