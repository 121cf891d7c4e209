import type { PersonRef, Simulation } from '@plumbline/contracts';
import sql, { type Sql } from 'sql-template-tag';

/** A simulation with the names beside it. */
export interface SimulationRow {
  id: string;
  kind: Simulation['kind'];
  hash: string;
  versions: number[];
  state: Simulation['state'];
  result: Record<string, unknown> | null;
  failure: string | null;
  creator: PersonRef;
  created_at: Date;
  finished_at: Date | null;
}

/** The columns and tables of that row. */
export const SIMULATION_ROW: Sql = sql`
  s.id, s.kind, s.hash, s.state, s.result, s.failure, s.created_at, s.finished_at,
  json_build_object('id', p.id, 'name', p.name) as creator,
  array(select v.version from app.workflow_version v
    where v.organisation_id = s.organisation_id and v.key = s.key and v.hash = s.hash
    order by v.version) as versions
  from app.workflow_simulation s join app.person p on p.id = s.created_by`;

/** A simulation as the contract says. */
export const toSimulation = (row: SimulationRow): Simulation => ({
  ...{ id: row.id, kind: row.kind, hash: row.hash, versions: row.versions, state: row.state },
  ...{ result: row.result, failure: row.failure, createdBy: row.creator },
  createdAt: row.created_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
});
