import type { MoveJob, MoveJobDetail, PersonRef } from '@plumbline/contracts';
import sql, { type Sql } from 'sql-template-tag';
import { referenceOf } from '../ai-systems/index.ts';

/** A batch with its counts and the name beside it. */
export interface MoveRow {
  id: string;
  key: string;
  from_version: number;
  to_version: number;
  reason: string;
  state: MoveJob['state'];
  failure: string | null;
  creator: PersonRef;
  created_at: Date;
  finished_at: Date | null;
  total: number;
  moved: number;
  refused: number;
}

/** The columns and tables of that row. */
export const MOVE_ROW: Sql = sql`
  m.id, m.key, m.from_version, m.to_version, m.reason, m.state, m.failure, m.created_at,
  m.finished_at, (select json_build_object('id', p.id, 'name', p.name) from app.person p
    where p.id = m.created_by) as creator, c.*
  from app.workflow_migration m
  cross join lateral (
    select count(*)::int as total, count(*) filter (where r.status = 'moved')::int as moved,
           count(*) filter (where r.status = 'refused')::int as refused
    from app.workflow_migration_run r
    where r.organisation_id = m.organisation_id and r.migration_id = m.id
  ) c`;

/** A batch as the contract says. */
export const toMove = (row: MoveRow): MoveJob => ({
  ...{ id: row.id, key: row.key, from: row.from_version, to: row.to_version, reason: row.reason },
  ...{ state: row.state, failure: row.failure, createdBy: row.creator },
  createdAt: row.created_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
  ...{ total: row.total, moved: row.moved, refused: row.refused },
});

/** A run with the AI system that it is about. */
export interface RunRef {
  id: string;
  ai_system_id: string;
  system_number: number;
  system_name: string;
}

/** A run as the contract says. */
export const toRunRef = (row: RunRef): Pick<MoveJobDetail['runs'][number], 'id' | 'aiSystem'> => ({
  id: row.id,
  aiSystem: {
    ...{ id: row.ai_system_id, name: row.system_name },
    reference: referenceOf(row.system_number),
  },
});
