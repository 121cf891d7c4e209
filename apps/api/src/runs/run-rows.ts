import type { RunRow } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { referenceOf } from '../ai-systems/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import { dateInWords, roleInWords } from './plain-words.ts';
import { sentenceOf, type OpenTaskRow } from './sentence.ts';

/** A run's row with the names around it. */
export interface RunRecord {
  id: string;
  workflow_key: string;
  workflow_name: string;
  workflow_version: number;
  hash: string;
  ai_system_id: string;
  system_number: number;
  system_name: string;
  status: RunRow['status'];
  outcome: string | null;
  started_at: Date;
  ended_at: Date | null;
  version: number;
  trouble: string | null;
  late: boolean;
  attention: number;
  parent_id: string | null;
  parent_workflow: string | null;
  time_zone: string;
  suspended_at: Date | null;
  awaited_signal: string | null;
  set_aside: boolean;
}

/** The columns of a run's row, and where they are from. */
export const ROW_COLUMNS = sql`
  r.id, r.workflow_key, v.name as workflow_name, v.version as workflow_version, v.hash,
  r.ai_system_id, s.number as system_number, s.name as system_name, r.status, r.outcome,
  r.started_at, r.ended_at, r.version, r.trouble, r.attention, r.parent_id,
  pv.name as parent_workflow, o.time_zone,
  (r.status = 'running' and coalesce(r.due_at < now(), false)) as late, r.suspended_at,
  r.state -> 'awaiting' -> 0 ->> 'signal' as awaited_signal,
  exists (select 1 from app.timer w where w.organisation_id = r.organisation_id
    and w.subject = r.id and w.status = 'parked') as set_aside
  from app.run r
  join app.organisation o on o.id = r.organisation_id
  join app.ai_system s on s.organisation_id = r.organisation_id and s.id = r.ai_system_id
  join app.workflow_version v
    on v.organisation_id = r.organisation_id and v.id = r.workflow_version_id
  left join app.run pr on pr.organisation_id = r.organisation_id and pr.id = r.parent_id
  left join app.workflow_version pv
    on pv.organisation_id = r.organisation_id and pv.id = pr.workflow_version_id`;

/** Roles that somebody holds here now. */
export async function rolesHeld(tx: Tx): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ role: string }>(
    sql`select distinct unnest(roles) as role from app.people_here(null, null)`,
  );
  return new Set(rows.map(({ role }) => role));
}

/** A run as lists show it, with whom it waits for and why somebody should look at it. */
export const toRow = (
  row: RunRecord,
  tasks: readonly OpenTaskRow[],
  held: ReadonlySet<string>,
): RunRow => ({
  id: row.id,
  workflow: { key: row.workflow_key, name: row.workflow_name, version: row.workflow_version },
  aiSystem: {
    id: row.ai_system_id,
    reference: referenceOf(row.system_number),
    name: row.system_name,
  },
  status: row.status,
  outcome: row.outcome,
  startedAt: row.started_at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
  sentence: sentenceOf(
    {
      ...row,
      endedOn: row.ended_at && dateInWords(row.ended_at.toISOString(), row.time_zone),
      suspendedOn: row.suspended_at && dateInWords(row.suspended_at.toISOString(), row.time_zone),
    },
    tasks,
  ),
  late: row.late,
  suspendedSince: row.suspended_at?.toISOString() ?? null,
  waitingFor: waitingFor(tasks),
  problems: problemsOf(row, tasks, held),
  version: row.version,
});

const waitingFor = (tasks: readonly OpenTaskRow[]): string[] => [
  ...new Set(
    tasks.flatMap(({ assignee_name, roles }) =>
      assignee_name === null ? roles.map(roleInWords) : [assignee_name],
    ),
  ),
];

function problemsOf(
  { trouble, set_aside, late, status }: RunRecord,
  tasks: readonly OpenTaskRow[],
  held: ReadonlySet<string>,
): RunRow['problems'] {
  if (status !== 'running') return [];
  const nobody = tasks.filter(
    ({ assignee, roles }) => assignee === null && !roles.some((role) => held.has(role)),
  );
  return [
    ...(trouble === null ? [] : [{ kind: 'trouble' as const, text: trouble }]),
    ...(set_aside
      ? [{ kind: 'set-aside' as const, text: 'Work of it failed five times and was set aside.' }]
      : []),
    ...nobody.map(({ title, roles }) => ({
      kind: 'nobody' as const,
      text: `Nobody has the role for “${title}”: ${roles.map(roleInWords).join(', ')}.`,
    })),
    ...(late ? [{ kind: 'late' as const, text: 'A task of it is late.' }] : []),
  ];
}
