import {
  afterMark,
  fillText,
  restoredTask,
  rolesNow,
  tokenKeyOf,
  type ApprovalStep,
  type Facts,
  type FormStep,
  type OpenTask,
  type RunEvent,
  type RunState,
  type Seat,
} from '@plumbline/workflow-engine';
import { newId } from '../platform/ids.ts';
import type { RunFrame } from './run-store.ts';

/** What a task asks for, and of whom; may change while it is open. */
interface TaskColumns {
  readonly key: string;
  readonly role: string;
  readonly also: string | null;
  /** Everybody with one of these may act for it, as far as separation of duties lets them. */
  readonly roles: readonly string[];
  readonly assignee: string | null;
  readonly needed: number;
  readonly seats: readonly Seat[];
  readonly voters: readonly string[];
  readonly due_at: string | null;
  readonly held_at: string | null;
  readonly suspended_at: string | null;
  readonly level: number;
}

/** A row of `task` for a step that began to wait for people. */
export interface OpenedTask extends TaskColumns {
  readonly id: string;
  readonly step: string;
  readonly item: number | null;
  readonly ordered: boolean;
  readonly blind: boolean;
  readonly reference: string;
  readonly type: 'form' | 'task' | 'approval';
  readonly title: string;
  readonly minutes: number | null;
  readonly status: 'open' | 'done' | 'cancelled';
  readonly search: string;
}

/** An earlier task: what it asks for now, or how it was closed; a closed one keeps what it asked. */
export type ChangedTask =
  (TaskColumns & { readonly status: 'open' }) | Pick<OpenedTask, 'key' | 'status'>;

/** The tasks that a move opened, also those that it closed again. */
export function openedBy(
  run: RunFrame,
  state: RunState,
  events: readonly RunEvent[],
  facts: Facts,
): OpenedTask[] {
  const known = { ...facts, name: run.aiSystem.name };
  const stepOf = new Map(run.definition.steps.map((step) => [step.id, step]));
  let count = run.tasksOpened;
  return events.filter(isOpening).map(({ task }) => {
    count += 1;
    const step = stepOf.get(task.step) as FormStep | ApprovalStep;
    const now = state.tasks.find(({ key }) => key === task.key) ?? restoredTask(task);
    const reference = `TSK-${run.aiSystem.number}-${run.number}.${count}`;
    const asked =
      step.type === 'approval'
        ? `Decide: ${fillText(step.question, known)}`
        : fillText(step.title ?? step.name, known);
    const title = `${asked}${itemInWords(state, events, task.key)}`;
    return {
      id: newId(),
      step: step.id,
      item: now.item?.n ?? null,
      ordered: now.ordered,
      blind: now.blind,
      reference,
      type: step.type,
      title,
      minutes: step.minutes ?? null,
      search: `${reference} ${title} ${run.aiSystem.name}`.toLowerCase(),
      ...columnsOf(now, state),
      status: statusOf(state, events, task.key),
    };
  });
}

/** The earlier tasks that a move changed or closed. */
export function changedBy(
  state: RunState,
  events: readonly RunEvent[],
  fresh: ReadonlySet<string>,
): ChangedTask[] {
  const touched = events.some(({ type }) => ALL_TASKS.has(type))
    ? state.tasks.map(({ key }) => key)
    : [];
  const keys = new Set(
    [...touched, ...events.flatMap(touchedTask)].filter((key) => !fresh.has(key)),
  );
  return [...keys].flatMap((key): ChangedTask[] => {
    const now = state.tasks.find((task) => task.key === key);
    if (now) return [{ ...columnsOf(now, state), status: 'open' }];
    // The new time of a timer: no task has this key.
    const closed = events.some((event) => event.type === 'task-closed' && event.key === key);
    return closed ? [{ key, status: statusOf(state, events, key) }] : [];
  });
}

function columnsOf(task: OpenTask, { suspended }: RunState): TaskColumns {
  const { key, role, also, assignee, needed, seats, votes, dueAt, held, level } = task;
  const roles = rolesNow(task);
  return {
    ...{ key, role, also, assignee, needed, seats, level },
    roles: roles.length === 0 ? [role] : roles,
    voters: votes.map(({ personId }) => personId),
    due_at: dueAt,
    held_at: held?.since ?? null,
    suspended_at: suspended?.since ?? null,
  };
}

/** “ (2 of 5)” for an item of a list. */
function itemInWords(state: RunState, events: readonly RunEvent[], key: string): string {
  const n = afterMark(key, '.');
  if (n === null) return '';
  const token = tokenKeyOf(key);
  const started = events.find((event) => event.type === 'items-started' && event.key === token);
  const items =
    started?.type === 'items-started'
      ? started.items
      : state.items.find((group) => group.key === token)?.items;
  return items ? ` (${n} of ${items.length})` : ` (${n})`;
}

function statusOf(state: RunState, events: readonly RunEvent[], key: string): OpenedTask['status'] {
  if (state.tasks.some((task) => task.key === key)) return 'open';
  const closing = events.find((event) => event.type === 'task-closed' && event.key === key);
  return closing?.type === 'task-closed' && closing.why === 'done' ? 'done' : 'cancelled';
}

const isOpening = (event: RunEvent) => event.type === 'task-opened';

/** What concerns every open task of the run. */
const ALL_TASKS: ReadonlySet<RunEvent['type']> = new Set([
  'run-suspended',
  'run-resumed',
  'run-migrated',
]);

function touchedTask(event: RunEvent): string[] {
  switch (event.type) {
    case 'task-claimed':
    case 'task-released':
    case 'task-assigned':
    case 'task-delegated':
    case 'task-escalated':
    case 'task-held':
    case 'task-continued':
    case 'authority-changed':
    case 'decision-recorded':
    case 'task-closed':
      return [event.key];
    case 'deadline-moved':
      return isTaskKey(event.key) ? [event.key] : [];
    default:
      return [];
  }
}

/** Tasks have keys of a token or an item; boundaries and escalations have marks of their own. */
export const isTaskKey = (key: string): boolean => !/[!^]/.test(key);
