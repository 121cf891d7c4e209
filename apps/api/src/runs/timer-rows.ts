import type { OpenTask, RunEvent, RunState } from '@plumbline/workflow-engine';
import { newId } from '../platform/ids.ts';
import { isTaskKey, type ChangedTask } from './task-rows.ts';

/** A time to wake at; one that was there already is armed anew. */
export interface ArmedTimer {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly due_at: string;
  readonly status: 'armed' | 'paused';
}

/** What becomes of a timer. `armed`: one that was paused goes on. */
export interface TimerChange {
  readonly kind: string;
  readonly key: string;
  readonly status: 'fired' | 'disarmed' | 'paused' | 'armed';
}

/** A reminder comes a day ahead, when the deadline leaves more than two. */
const AHEAD = 24 * 3_600_000;
const REMINDERS = ['due-soon', 'late'] as const;

/** The timers that a move armed, armed anew, ended or paused: of the run's waits, and reminders. */
export function timersOf(
  now: Date,
  state: RunState,
  events: readonly RunEvent[],
  tasks: { readonly fresh: ReadonlySet<string>; readonly changed: readonly ChangedTask[] },
): { armed: ArmedTimer[]; disarmed: TimerChange[] } {
  const status = state.suspended ? ('paused' as const) : ('armed' as const);
  const moved = new Set(
    events.flatMap((event) => {
      if (event.type === 'deadline-moved') return [event.key];
      return event.type === 'run-migrated' ? state.tasks.map(({ key }) => key) : [];
    }),
  );
  const asked = state.tasks.filter(({ key }) => tasks.fresh.has(key) || moved.has(key));
  const armed = [
    ...waitsArmed(state, events, moved),
    ...asked.filter(isCounting).flatMap(reminders(now)),
  ].map((timer) => ({ id: newId(), ...timer, status }));
  const again = new Set(armed.map(({ kind, key }) => `${kind} ${key}`));
  const changes = [
    ...tasks.changed.flatMap((task) =>
      task.status === 'open' ? [] : remindersOf(task.key, 'disarmed'),
    ),
    ...waitsOver(events),
    ...pauses(state, events),
    ...asked.flatMap(({ key, dueAt }) => (dueAt === null ? remindersOf(key, 'disarmed') : [])),
  ];
  // The last word on each counts; what is armed anew needs none.
  const last = new Map(changes.map((change) => [`${change.kind} ${change.key}`, change]));
  return { armed, disarmed: [...last].flatMap(([id, change]) => (again.has(id) ? [] : [change])) };
}

/** Whether a task's deadline counts now: not while it is on hold and the clock waits. */
const isCounting = ({ held, pauses: stops }: OpenTask): boolean => held === null || !stops;

const reminders =
  (now: Date) =>
  ({ key, dueAt }: OpenTask): Pick<ArmedTimer, 'kind' | 'key' | 'due_at'>[] => {
    if (dueAt === null) return [];
    const ahead = Date.parse(dueAt) - AHEAD;
    const late = { kind: 'late', key, due_at: dueAt };
    if (ahead - now.getTime() < AHEAD) return [late];
    return [{ kind: 'due-soon', key, due_at: new Date(ahead).toISOString() }, late];
  };

const remindersOf = (key: string, status: TimerChange['status']): TimerChange[] =>
  REMINDERS.map((kind) => ({ kind, key, status }));

function waitsArmed(
  state: RunState,
  events: readonly RunEvent[],
  moved: ReadonlySet<string>,
): Pick<ArmedTimer, 'kind' | 'key' | 'due_at'>[] {
  const keys = new Set(
    events.flatMap((event) => (event.type === 'timer-armed' ? [event.key] : [])),
  );
  return state.timers
    .filter(({ key }) => keys.has(key) || (moved.has(key) && !isTaskOf(state, key)))
    .map(({ kind, key, dueAt }) => ({ kind, key, due_at: dueAt }));
}

const isTaskOf = ({ tasks }: RunState, moved: string): boolean =>
  isTaskKey(moved) && tasks.some(({ key }) => key === moved);

/** A timer's row is known by its kind, too, which its key tells. */
const kindOf = (key: string): string =>
  key.includes('^') ? 'escalation' : key.includes('!') ? 'boundary' : 'wait';

function waitsOver(events: readonly RunEvent[]): TimerChange[] {
  return events.flatMap((event): TimerChange[] =>
    event.type === 'timer-fired' || event.type === 'timer-disarmed'
      ? [
          {
            kind: kindOf(event.key),
            key: event.key,
            status: event.type === 'timer-fired' ? 'fired' : 'disarmed',
          },
        ]
      : [],
  );
}

/** While a run is suspended nothing of it wakes anybody; while a task is on hold nobody is reminded. */
function pauses(state: RunState, events: readonly RunEvent[]): TimerChange[] {
  return events.flatMap((event): TimerChange[] => {
    switch (event.type) {
      case 'run-suspended':
      case 'run-resumed': {
        const status = event.type === 'run-suspended' ? 'paused' : 'armed';
        return [
          ...state.timers.map(({ kind, key }) => ({ kind, key, status }) as const),
          ...state.tasks
            .filter((task) => status === 'paused' || isCounting(task))
            .flatMap(({ key }) => remindersOf(key, status)),
        ];
      }
      case 'task-held':
      case 'task-continued': {
        const task = state.tasks.find(({ key }) => key === event.key);
        // Its escalation waits with it, and is armed anew when it goes on.
        const waiting = event.type === 'task-held' ? event.timers : [];
        const escalation = waiting.map(
          ({ key }) => ({ kind: 'escalation', key, status: 'disarmed' }) as const,
        );
        if (!task || (event.type === 'task-held' && !task.pauses)) return escalation;
        const goesOn = event.type === 'task-continued' && !state.suspended;
        return [...escalation, ...remindersOf(event.key, goesOn ? 'armed' : 'paused')];
      }
      default:
        return [];
    }
  });
}
