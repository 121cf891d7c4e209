import type {
  CalendarChange,
  CalendarChangeDetail,
  DeadlineStays,
  MovedDeadline,
  PersonRef,
  StayingDeadline,
} from '@plumbline/contracts';
import sql, { type Sql } from 'sql-template-tag';

/** A change with its counts. */
export interface ChangeRow {
  id: string;
  version: number;
  before: CalendarChangeDetail['before'];
  after: CalendarChangeDetail['after'];
  state: CalendarChange['state'];
  changer: PersonRef;
  changed_at: Date;
  finished_at: Date | null;
  runs: number;
  runs_done: number;
  tasks_moved: number;
  timers_moved: number;
  tasks_kept: number;
}

/** The columns and tables of that row. */
export const CHANGE_ROW: Sql = sql`
  c.id, c.version, c.before, c.after, c.state, c.changed_at, c.finished_at,
  (select json_build_object('id', p.id, 'name', p.name) from app.person p
    where p.id = c.changed_by) as changer, n.*
  from app.working_calendar c
  cross join lateral (
    select count(*)::int as runs, count(r.done_at)::int as runs_done,
           coalesce(sum(r.tasks_moved), 0)::int as tasks_moved,
           coalesce(sum(r.timers_moved), 0)::int as timers_moved,
           coalesce(sum(r.tasks_kept), 0)::int as tasks_kept
    from app.working_calendar_run r
    where r.organisation_id = c.organisation_id and r.calendar_id = c.id
  ) n`;

/** A change as the contract says. */
export const toChange = (row: ChangeRow): CalendarChange => ({
  ...{ id: row.id, version: row.version, changedBy: row.changer },
  changedAt: row.changed_at.toISOString(),
  ...{ state: row.state, finishedAt: row.finished_at?.toISOString() ?? null },
  ...{ runs: row.runs, runsDone: row.runs_done, tasksMoved: row.tasks_moved },
  ...{ timersMoved: row.timers_moved, tasksKept: row.tasks_kept },
});

/** A task with what became of its deadline. */
export interface DeadlineRow {
  id: string;
  title: string;
  reference: string;
  system_name: string;
  at: string;
  to: string | null;
  why: DeadlineStays | null;
}

const taskOf = (row: DeadlineRow) => ({
  task: { id: row.id, title: row.title, reference: row.reference },
  aiSystem: row.system_name,
});

/** A deadline that moved, as the contract says. */
export const toMoved = (row: DeadlineRow): MovedDeadline => ({
  ...taskOf(row),
  ...{ from: row.at, to: row.to ?? row.at },
});

/** A deadline that stays, as the contract says. */
export const toStaying = (row: DeadlineRow): StayingDeadline => ({
  ...taskOf(row),
  ...{ dueAt: row.at, why: row.why ?? 'unknown' },
});
