import {
  fillText,
  restoredTask,
  type ApprovalStep,
  type Facts,
  type FormStep,
  type Move,
  type OpenTask,
  type RunEvent,
  type RunState,
} from '@plumbline/workflow-engine';
import { newId } from '../platform/ids.ts';
import type { RunFrame } from './run-store.ts';

type Json = string | number | boolean | null;

/** A row of `task` for a step that began to wait for people. */
export interface OpenedTask {
  readonly id: string;
  readonly key: string;
  readonly step: string;
  readonly reference: string;
  readonly type: 'form' | 'task' | 'approval';
  readonly title: string;
  readonly role: string;
  readonly also: string | null;
  readonly assignee: string | null;
  readonly needed: number;
  readonly voters: readonly string[];
  readonly minutes: number | null;
  readonly status: 'open' | 'done' | 'cancelled';
  readonly due_at: string | null;
  readonly search: string;
}

/** An earlier task: what it asks for now, or how it was closed; a closed one keeps what it asked. */
type ChangedTask =
  | (Pick<OpenedTask, 'key' | 'role' | 'also' | 'assignee' | 'needed' | 'voters'> & {
      readonly status: 'open';
    })
  | Pick<OpenedTask, 'key' | 'status'>;

/** Everything that one move writes besides state and events. */
export interface MoveRows {
  readonly opened: readonly OpenedTask[];
  readonly changed: readonly ChangedTask[];
  readonly armed: readonly { id: string; kind: string; key: string; due_at: string }[];
  readonly disarmed: readonly { kind: string; key: string; status: 'fired' | 'disarmed' }[];
  readonly promised: readonly {
    id: string;
    topic: string;
    key: string;
    payload: Readonly<Record<string, Json>>;
  }[];
  /** Earliest deadline among the tasks that are open now. */
  readonly dueAt: string | null;
  readonly decisions: number;
}

/** Topic of the message that tells people about a task: see task-notice. */
export const TASK_NOTICE = 'task-notice';

/** A reminder comes a day ahead, when the deadline leaves more than two. */
const AHEAD = 24 * 3_600_000;

/** Topic of the message that a run has ended, for capabilities that carry its result further. */
export const RUN_ENDED = 'run-ended';

/** The rows that follow from a move: a pure reading of its events, apart from new ids. */
export function rowsOf(
  run: RunFrame,
  { state, events }: Pick<Move, 'state' | 'events'>,
  facts: Facts,
): MoveRows {
  const opened = openedBy(run, state, events, facts);
  const changed = changedBy(state, events, new Set(opened.map(({ key }) => key)));
  const stillOpen = opened.filter(({ status }) => status === 'open');
  const closed = changed.filter(({ status }) => status !== 'open');
  return {
    opened,
    changed,
    armed: [...waitsArmed(state, events), ...stillOpen.flatMap(reminders(run.now))],
    disarmed: [
      ...closed.flatMap(({ key }) => [
        { kind: 'due-soon', key, status: 'disarmed' as const },
        { kind: 'late', key, status: 'disarmed' as const },
      ]),
      ...waitsOver(events),
    ],
    promised: [...noticesOf(run, state, events, stillOpen), ...endingOf(run, events)],
    dueAt: earliest(state.tasks.map(({ dueAt }) => dueAt)),
    decisions: events.filter(({ type }) => type === 'decision-recorded').length,
  };
}

function openedBy(
  run: RunFrame,
  state: RunState,
  events: readonly RunEvent[],
  facts: Facts,
): OpenedTask[] {
  const known = { ...facts, name: run.aiSystem.name };
  let count = run.tasksOpened;
  return events.filter(isOpening).map(({ task }) => {
    count += 1;
    const step = run.definition.steps.find(({ id }) => id === task.step) as FormStep | ApprovalStep;
    const now = state.tasks.find(({ key }) => key === task.key) ?? restoredTask(task);
    const reference = `TSK-${run.aiSystem.number}-${run.number}.${count}`;
    const title =
      step.type === 'approval' ? `Decide: ${fillText(step.question, known)}` : step.name;
    return {
      id: newId(),
      step: step.id,
      reference,
      type: step.type,
      title,
      minutes: step.minutes ?? null,
      due_at: task.dueAt,
      search: `${reference} ${title} ${run.aiSystem.name}`.toLowerCase(),
      ...columnsOf(now),
      status: statusOf(state, events, task.key),
    };
  });
}

function changedBy(
  state: RunState,
  events: readonly RunEvent[],
  fresh: ReadonlySet<string>,
): ChangedTask[] {
  const keys = new Set(events.flatMap(touchedTask).filter((key) => !fresh.has(key)));
  return [...keys].map((key) => {
    const now = state.tasks.find((task) => task.key === key);
    if (now) return { ...columnsOf(now), status: 'open' as const };
    return { key, status: statusOf(state, events, key) };
  });
}

function columnsOf(task: OpenTask) {
  const { key, role, also, assignee, needed, votes } = task;
  return { key, role, also, assignee, needed, voters: votes.map(({ personId }) => personId) };
}

function statusOf(state: RunState, events: readonly RunEvent[], key: string): OpenedTask['status'] {
  if (state.tasks.some((task) => task.key === key)) return 'open';
  const closing = events.find((event) => event.type === 'task-closed' && event.key === key);
  return closing?.type === 'task-closed' && closing.why === 'done' ? 'done' : 'cancelled';
}

const isOpening = (event: RunEvent) => event.type === 'task-opened';

function touchedTask(event: RunEvent): string[] {
  switch (event.type) {
    case 'task-claimed':
    case 'task-released':
    case 'task-assigned':
    case 'authority-changed':
    case 'decision-recorded':
    case 'task-closed':
      return [event.key];
    default:
      return [];
  }
}

const reminders =
  (now: Date) =>
  ({ key, due_at }: OpenedTask) => {
    if (due_at === null) return [];
    const ahead = Date.parse(due_at) - AHEAD;
    const late = { id: newId(), kind: 'late', key, due_at };
    if (ahead - now.getTime() < AHEAD) return [late];
    return [{ id: newId(), kind: 'due-soon', key, due_at: new Date(ahead).toISOString() }, late];
  };

function waitsArmed(state: RunState, events: readonly RunEvent[]) {
  return events
    .filter((event) => event.type === 'timer-armed')
    .filter(({ key }) => state.timers.some((timer) => timer.key === key))
    .map(({ key, dueAt }) => ({ id: newId(), kind: 'wait', key, due_at: dueAt }));
}

function waitsOver(events: readonly RunEvent[]) {
  return events.flatMap((event) =>
    event.type === 'timer-fired' || event.type === 'timer-disarmed'
      ? [
          {
            kind: 'wait',
            key: event.key,
            status: event.type === 'timer-fired' ? ('fired' as const) : ('disarmed' as const),
          },
        ]
      : [],
  );
}

/** One message for each task that waits for somebody new: opened, given to a person, given back. */
function noticesOf(
  run: RunFrame,
  state: RunState,
  events: readonly RunEvent[],
  opened: readonly OpenedTask[],
): MoveRows['promised'] {
  const notice = (key: string) => ({
    id: newId(),
    topic: TASK_NOTICE,
    key: `${run.id}-${key}-${state.seq}`,
    payload: { runId: run.id, task: key, by: doneBy(events) },
  });
  const handed = events.flatMap((event) =>
    (event.type === 'task-assigned' || event.type === 'task-released') &&
    state.tasks.some((task) => task.key === event.key)
      ? [event.key]
      : [],
  );
  return [...new Set([...opened.map(({ key }) => key), ...handed])].map(notice);
}

function endingOf(run: RunFrame, events: readonly RunEvent[]): MoveRows['promised'] {
  const ending = events.find((event) => event.type === 'run-ended');
  if (!ending) return [];
  const payload = {
    runId: run.id,
    aiSystemId: run.aiSystem.id,
    workflow: run.definition.key,
    outcome: ending.outcome,
  };
  return [{ id: newId(), topic: RUN_ENDED, key: run.id, payload }];
}

/** Who made the move: they need not be told of it. */
function doneBy(events: readonly RunEvent[]): string | null {
  const by = events[0]?.by;
  return by?.kind === 'person' ? by.personId : null;
}

function earliest(times: readonly (string | null)[]): string | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0
    ? null
    : known.reduce((a, b) => (Date.parse(a) <= Date.parse(b) ? a : b));
}
