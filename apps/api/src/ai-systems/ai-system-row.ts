import type {
  AiSystem,
  AiSystemFields,
  AiSystemRow,
  AiSystemStage,
  GateState,
  Tier,
} from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { referenceOf } from './reference.ts';

/** The columns of a list, from `app.ai_system s` and its owner `o`. */
export const LIST_COLUMNS = sql`
  s.id, s.number, s.name, s.purpose, s.kind, s.owner_id, o.name as owner_name, s.supplier, s.stage,
  s.tier, s.gate_state, s.residual_level, s.next_review_on::text as next_review_on, s.missing,
  s.updated_at`;

export interface ListRow {
  id: string;
  number: number;
  name: string;
  purpose: string | null;
  kind: string | null;
  owner_id: string | null;
  owner_name: string | null;
  supplier: string | null;
  stage: AiSystemStage;
  tier: Tier | null;
  gate_state: GateState;
  residual_level: AiSystemRow['residualLevel'];
  next_review_on: string | null;
  missing: string[];
  updated_at: Date;
}

/** The columns of one system, from the same tables and its overseer `v`. */
export const DETAIL_COLUMNS = sql`${LIST_COLUMNS},
  s.overseer_id, v.name as overseer_name, s.builders, s.fields, s.path, s.facts, s.proposed_by,
  s.import_id, s.external_id, s.import_row, s.extra, s.version, s.created_at`;

export interface DetailRow extends ListRow {
  overseer_id: string | null;
  overseer_name: string | null;
  builders: string[];
  fields: AiSystemFields;
  path: string | null;
  facts: Record<string, unknown>;
  proposed_by: string | null;
  import_id: string | null;
  external_id: string | null;
  import_row: number | null;
  extra: Record<string, string>;
  version: number;
  created_at: Date;
}

const person = (id: string | null, name: string | null) =>
  id !== null && name !== null ? { id, name } : null;

/** A row of the register as the contract says. */
export const toListRow = (row: ListRow): AiSystemRow => ({
  id: row.id,
  reference: referenceOf(row.number),
  name: row.name,
  purpose: row.purpose,
  kind: row.kind,
  owner: person(row.owner_id, row.owner_name),
  supplier: row.supplier,
  stage: row.stage,
  tier: row.tier,
  gateState: row.gate_state,
  residualLevel: row.residual_level,
  nextReviewOn: row.next_review_on,
  missing: row.missing,
  updatedAt: row.updated_at.toISOString(),
});

/** All answers of the register in one object, wherever they are kept. */
export const fieldsOf = (row: DetailRow): AiSystemFields => ({
  purpose: row.purpose,
  kind: row.kind as AiSystemFields['kind'],
  supplier: row.supplier,
  owner: row.owner_id,
  overseer: row.overseer_id,
  builders: row.builders,
  ...row.fields,
});

/** One system as the contract says; `names` has the builders' names. */
export const toAiSystem = (row: DetailRow, names: ReadonlyMap<string, string>): AiSystem => ({
  ...toListRow(row),
  fields: fieldsOf(row),
  overseer: person(row.overseer_id, row.overseer_name),
  builders: row.builders.flatMap((id) => person(id, names.get(id) ?? null) ?? []),
  facts: { ...row.facts, ...(row.path && { path: row.path }) },
  source:
    row.import_id !== null && row.external_id !== null && row.import_row !== null
      ? { importId: row.import_id, externalId: row.external_id, row: row.import_row }
      : null,
  extra: row.extra,
  createdAt: row.created_at.toISOString(),
  version: row.version,
});
