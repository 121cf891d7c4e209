import type { OpenTask, OpenTimer, RunState } from './run-state.ts';

/** A task as it may have been stored: by the first version, without what came later. */
export type StoredTask = Partial<OpenTask> &
  Pick<
    OpenTask,
    'key' | 'step' | 'role' | 'also' | 'assignee' | 'needed' | 'dueAt' | 'votes' | 'blocked'
  >;

/** A state as it may have been stored: by the first version, without what came later. */
export type StoredRunState = Partial<Omit<RunState, 'tasks' | 'timers'>> &
  Pick<
    RunState,
    | 'runId'
    | 'status'
    | 'outcome'
    | 'seq'
    | 'facts'
    | 'tokens'
    | 'children'
    | 'visits'
    | 'performers'
  > & {
    readonly tasks: readonly StoredTask[];
    readonly timers: readonly (Omit<OpenTimer, 'kind'> & Partial<Pick<OpenTimer, 'kind'>>)[];
  };

/** A stored state with everything that states have today. What is whole already stays the same. */
export function restored(stored: StoredRunState): RunState {
  return {
    ...blankState,
    ...stored,
    tasks: stored.tasks.map(restoredTask),
    timers: stored.timers.map((timer) => ({ kind: 'wait', ...timer })),
  };
}

/** A stored task with everything that tasks have today. */
export function restoredTask(stored: StoredTask): OpenTask {
  return { ...blankTask, seats: seatsOf(stored), ...stored };
}

/** The seats that a role, a second role and a number of people mean. */
export function seatsOf({
  role,
  also,
  needed,
}: Pick<OpenTask, 'role' | 'also' | 'needed'>): OpenTask['seats'] {
  return also === null
    ? [{ role, count: needed }]
    : [
        { role, count: needed - 1 },
        { role: also, count: 1 },
      ];
}

/** What a run has of the later parts before anything happens. */
export const blankState = {
  suspended: null,
  awaiting: [],
  kept: [],
  received: [],
  items: [],
  undoable: [],
} satisfies Partial<RunState>;

/** What a task has of the later parts before anything happens. */
export const blankTask = {
  item: null,
  held: null,
  ordered: false,
  blind: false,
  level: 0,
  helpers: [],
  raisedTo: null,
  delegatedBy: [],
  openedAt: null,
  clock: 'working',
  pauses: true,
} satisfies Partial<OpenTask>;
