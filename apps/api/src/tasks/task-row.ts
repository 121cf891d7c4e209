import type { TaskRow } from '@plumbline/contracts';
import sql, { type Sql } from 'sql-template-tag';
import { referenceOf } from '../ai-systems/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { roleInWords } from '../runs/index.ts';
import { standingOf, waitsFor } from './task-access.ts';

/** A task as lists and pages read it. */
export interface TaskColumns {
  id: string;
  reference: string;
  title: string;
  type: TaskRow['type'];
  status: TaskRow['status'];
  key: string;
  step: string;
  run_id: string;
  ai_system_id: string;
  system_number: number;
  system_name: string;
  workflow_key: string;
  workflow_name: string;
  role: string;
  also: string | null;
  needed: number;
  assignee: string | null;
  assignee_name: string | null;
  your_turn: boolean;
  behalf: string | null;
  behalf_name: string | null;
  behalf_roles: string[];
  due_at: Date | null;
  due_key: string;
  closed_key: string;
  minutes: number | null;
  opened_at: Date;
  closed_at: Date | null;
  closed_by: string | null;
  has_draft: boolean;
  held_at: Date | null;
  level: number;
}

/** The columns of a task, from `app.task t` and what it belongs to. */
export const taskColumns = (ctx: RequestContext): Sql => sql`
  t.id, t.reference, t.title, t.type, t.status, t.key, t.step, t.run_id, t.ai_system_id,
  s.number as system_number, s.name as system_name, r.workflow_key, v.name as workflow_name,
  t.role, t.also, t.needed, t.assignee, p.name as assignee_name, ${waitsFor(ctx)} as your_turn,
  b.id as behalf, b.name as behalf_name, coalesce(sb.roles, '{}') as behalf_roles,
  t.due_at, t.due_key::text as due_key, t.closed_at::text as closed_key, t.minutes, t.opened_at,
  t.closed_at, t.closed_by, t.held_at, t.level,
  exists (select 1 from app.task_draft d where d.organisation_id = t.organisation_id
    and d.task_id = t.id and d.person_id = ${ctx.personId}) as has_draft
  from app.task t
  join app.ai_system s on s.organisation_id = t.organisation_id and s.id = t.ai_system_id
  join app.run r on r.organisation_id = t.organisation_id and r.id = t.run_id
  join app.workflow_version v
    on v.organisation_id = r.organisation_id and v.id = r.workflow_version_id
  left join app.person p on p.id = t.assignee
  left join lateral (${standingOf(ctx)}) sb on true
  left join app.person b on b.id = sb.person_id`;

/** A task as the contract says. */
export const toTaskRow = (row: TaskColumns): TaskRow => ({
  id: row.id,
  reference: row.reference,
  title: row.title,
  type: row.type,
  status: row.status,
  aiSystem: {
    id: row.ai_system_id,
    reference: referenceOf(row.system_number),
    name: row.system_name,
  },
  workflow: { key: row.workflow_key, name: row.workflow_name },
  runId: row.run_id,
  role: row.role,
  roleLabel: roleInWords(row.role),
  assignee:
    row.assignee === null ? null : { id: row.assignee, name: row.assignee_name ?? 'Someone' },
  yourTurn: row.your_turn,
  onBehalfOf: row.behalf === null ? null : { id: row.behalf, name: row.behalf_name ?? 'Someone' },
  dueAt: row.due_at?.toISOString() ?? null,
  minutes: row.minutes,
  openedAt: row.opened_at.toISOString(),
  closedAt: row.closed_at?.toISOString() ?? null,
  hasDraft: row.has_draft,
  onHold: row.held_at !== null,
});
