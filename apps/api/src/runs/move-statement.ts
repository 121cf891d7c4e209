import type { RunEvent, RunState } from '@plumbline/workflow-engine';
import sql, { empty, type Sql } from 'sql-template-tag';
import { requestOf, type Acting } from './acting.ts';
import type { MoveRows } from './move-rows.ts';
import type { RunFrame } from './run-store.ts';

/** A move and the rows that follow from it. */
export interface MoveToWrite {
  readonly state: RunState;
  readonly events: readonly RunEvent[];
  readonly rows: MoveRows;
}

/**
 * Everything that a move writes, as one statement: it changes nothing and answers no row when the
 * run is not at the version that the move was decided on. What there is nothing of is left out, so
 * that the plan stays small. Answers what open pages may want to read again.
 */
export function moveStatement(ctx: Acting, run: RunFrame, move: MoveToWrite): Sql {
  const { opened, changed, armed, disarmed, promised } = move.rows;
  return sql`
    with moved as (${movedRun(ctx, run, move)}), happened as (${happenedEvents(ctx, move)})
    ${when(opened, (json) => sql`, opened as (${openedTasks(ctx, run, json)})`)}
    ${when(changed, (json) => sql`, changed as (${changedTasks(ctx, json)})`)}
    ${when(armed, (json) => sql`, armed as (${armedTimers(ctx, json)})`)}
    ${when(disarmed, (json) => sql`, disarmed as (${disarmedTimers(ctx, json)})`)}
    ${when(promised, (json) => sql`, promised as (${promisedWork(ctx, json)})`)}
    select 'run-changed' as type, id from moved
    ${when(opened, () => sql`union all select 'task-changed', id from opened`)}
    ${when(changed, () => sql`union all select 'task-changed', id from changed`)}`;
}

const when = (rows: readonly object[], part: (json: string) => Sql): Sql =>
  rows.length === 0 ? empty : part(JSON.stringify(rows));

const movedRun = (ctx: Acting, run: RunFrame, { state, events, rows }: MoveToWrite): Sql => sql`
      update app.run set
        state = ${JSON.stringify(state)}::jsonb, version = ${state.seq}, trouble = null,
        workflow_version_id = ${run.version.id},
        status = ${state.status}, outcome = ${state.outcome}, due_at = ${rows.dueAt}::timestamptz,
        suspended_at = ${state.suspended?.since ?? null}::timestamptz,
        ended_at = case when ${state.status}::text = 'running' then null else now() end,
        tasks_opened = ${run.tasksOpened + rows.opened.length},
        decisions_made = ${run.decisionsMade + rows.decisions}
      where organisation_id = ${ctx.organisationId} and id = ${run.id}
        and version = ${events[0]!.seq - 1}
      returning id`;

const happenedEvents = (ctx: Acting, { events }: MoveToWrite): Sql => {
  const request = requestOf(ctx);
  // Who works here for a firm is on record with it; the database alone may read its name.
  const asAdviser = request?.relation === 'adviser' ? request.organisationSlug : null;
  return sql`
        insert into app.run_event
          (organisation_id, run_id, seq, type, step, at, person_id, firm, event)
        select ${ctx.organisationId}::uuid, moved.id, (e ->> 'seq')::int, e ->> 'type',
               coalesce(e ->> 'step', e -> 'task' ->> 'step'), (e ->> 'at')::timestamptz,
               ${ctx.personId}::uuid, case when ${asAdviser}::text is not null then
                 (select firm_name from app.resolve_organisation(${asAdviser}::text)) end, e
        from moved, jsonb_array_elements(${JSON.stringify(events)}::jsonb) as e`;
};

const openedTasks = (ctx: Acting, run: RunFrame, json: string): Sql => sql`
        insert into app.task
          (organisation_id, id, run_id, ai_system_id, key, step, reference, type, title, role, also,
           roles, seats, item, ordered, blind, level, assignee, needed, voters, minutes, status,
           due_at, held_at, suspended_at, opened_at, closed_at, search)
        select ${ctx.organisationId}::uuid, t.id, moved.id, ${run.aiSystem.id}::uuid, t.key,
               t.step, t.reference, t.type, t.title, t.role, t.also, t.roles, t.seats, t.item,
               t.ordered, t.blind, t.level, t.assignee, t.needed, t.voters, t.minutes, t.status,
               t.due_at, t.held_at, t.suspended_at, now(),
               case when t.status <> 'open' then now() end, t.search
        from moved, jsonb_to_recordset(${json}::jsonb) as t (
          id uuid, key text, step text, reference text, type text, title text, role text,
          also text, roles text[], seats jsonb, item int, ordered boolean, blind boolean,
          level int, assignee uuid, needed int, voters uuid[], minutes int, status text,
          due_at timestamptz, held_at timestamptz, suspended_at timestamptz, search text)
        returning id`;

const changedTasks = (ctx: Acting, json: string): Sql => sql`
        update app.task t set
          role = case when c.status = 'open' then c.role else t.role end,
          also = case when c.status = 'open' then c.also else t.also end,
          roles = case when c.status = 'open' then c.roles else t.roles end,
          seats = case when c.status = 'open' then c.seats else t.seats end,
          level = case when c.status = 'open' then c.level else t.level end,
          assignee = case when c.status = 'open' then c.assignee else t.assignee end,
          needed = case when c.status = 'open' then c.needed else t.needed end,
          voters = case when c.status = 'open' then c.voters else t.voters end,
          due_at = case when c.status = 'open' then c.due_at else t.due_at end,
          held_at = case when c.status = 'open' then c.held_at else t.held_at end,
          suspended_at = case when c.status = 'open' then c.suspended_at else t.suspended_at end,
          status = c.status,
          closed_at = case when c.status <> 'open' then now() end,
          closed_by = case when c.status = 'done' then ${ctx.personId}::uuid end
        from moved, jsonb_to_recordset(${json}::jsonb) as c (
          key text, role text, also text, roles text[], seats jsonb, level int, assignee uuid,
          needed int, voters uuid[], due_at timestamptz, held_at timestamptz,
          suspended_at timestamptz, status text)
        where t.organisation_id = ${ctx.organisationId} and t.run_id = moved.id and t.key = c.key
        returning t.id`;

const armedTimers = (ctx: Acting, json: string): Sql => sql`
        insert into app.timer as w (organisation_id, id, kind, subject, key, due_at, wake_at, status)
        select ${ctx.organisationId}::uuid, a.id, a.kind, moved.id, a.key, a.due_at, a.due_at, a.status
        from moved, jsonb_to_recordset(${json}::jsonb) as a (
          id uuid, kind text, key text, due_at timestamptz, status text)
        on conflict (organisation_id, kind, subject, key) do update set
          due_at = excluded.due_at, wake_at = excluded.wake_at, status = excluded.status,
          attempts = 0, last_error = null, generation = w.generation + 1`;

const disarmedTimers = (ctx: Acting, json: string): Sql => sql`
        update app.timer w set status = d.status
        from moved, jsonb_to_recordset(${json}::jsonb) as d (
          kind text, key text, status text)
        where w.organisation_id = ${ctx.organisationId} and w.subject = moved.id
          and w.kind = d.kind and w.key = d.key
          and w.status = any (case d.status
            when 'armed' then array['paused'] when 'paused' then array['armed']
            else array['armed', 'paused', 'parked'] end)`;

const promisedWork = (ctx: Acting, json: string): Sql => sql`
        insert into app.outbox (organisation_id, id, topic, key, payload)
        select ${ctx.organisationId}::uuid, p.id, p.topic, p.key, p.payload
        from moved, jsonb_to_recordset(${json}::jsonb) as p (
          id uuid, topic text, key text, payload jsonb)
        on conflict (organisation_id, topic, key) do nothing`;
