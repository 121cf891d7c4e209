import { afterMark } from './keys.ts';
import { renamed } from './renamed.ts';
import { blankState, restoredTask, seatsOf } from './restored.ts';
import type { OpenTask, RunEvent, RunState } from './run.ts';
import { voteOf } from './votes.ts';

/** The state after an event. The first event of a run is `run-started`. */
export function applied(state: RunState | null, event: RunEvent): RunState {
  if (event.type === 'run-started') {
    return {
      runId: event.runId,
      status: 'running',
      outcome: null,
      seq: event.seq,
      facts: event.facts,
      tokens: [],
      tasks: [],
      timers: [],
      children: [],
      visits: {},
      performers: {},
      ...blankState,
    };
  }
  if (!state) throw new RangeError('The first event of a run must be “run-started”.');
  if (event.seq !== state.seq + 1) {
    throw new RangeError(`Event ${event.seq} cannot follow event ${state.seq}.`);
  }
  return { ...state, ...changeBy(state, event), seq: event.seq };
}

/** Rebuilds the state of a run from all its events, in order. */
export function replay(events: readonly RunEvent[]): RunState {
  let state: RunState | null = null;
  for (const event of events) state = applied(state, event);
  if (!state) throw new RangeError('A run without events has no state.');
  return state;
}

/** What an event changes; events that only tell what happened change nothing. */
function changeBy(state: RunState, event: RunEvent): Partial<RunState> {
  switch (event.type) {
    case 'step-entered': {
      const { step, visit, scope } = event;
      return {
        tokens: [...state.tokens, { step, visit, scope }],
        visits: { ...state.visits, [step]: visit },
      };
    }
    case 'step-skipped':
      return { visits: { ...state.visits, [event.step]: event.visit } };
    case 'step-left':
    case 'step-cancelled':
      return {
        tokens: state.tokens.filter(
          ({ step, visit }) => step !== event.step || visit !== event.visit,
        ),
      };
    case 'facts-set':
      return { facts: { ...state.facts, ...event.facts } };
    case 'task-opened':
      return { tasks: [...state.tasks, restoredTask(event.task)] };
    case 'task-claimed':
    case 'task-released':
    case 'task-assigned':
      return { tasks: withTask(state, event.key, { assignee: event.assignee, delegatedBy: [] }) };
    case 'task-delegated':
      return { tasks: withDelegate(state, event) };
    case 'authority-changed': {
      const { role, also, needed, blocked, seats = seatsOf(event) } = event;
      const { ordered = false, blind = false, helpers = [] } = event;
      const change = { role, also, needed, blocked, seats, ordered, blind, helpers };
      return { tasks: withTask(state, event.key, change) };
    }
    case 'task-submitted':
      return { performers: withPerformer(state, event) };
    case 'decision-recorded':
      return { performers: withPerformer(state, event), tasks: withVote(state, event) };
    case 'task-closed':
      return { tasks: state.tasks.filter(({ key }) => key !== event.key) };
    case 'timer-armed': {
      const { key, step, dueAt, kind = 'wait' } = event;
      return { timers: [...state.timers, { key, step, dueAt, kind }] };
    }
    case 'timer-fired':
    case 'timer-disarmed':
      return { timers: state.timers.filter(({ key }) => key !== event.key) };
    case 'child-started': {
      const { key, step, calls } = event;
      return { children: [...state.children, { key, step, calls }] };
    }
    case 'child-ended':
    case 'child-cancelled':
      return { children: state.children.filter(({ key }) => key !== event.key) };
    case 'run-ended':
      return { status: 'ended', outcome: event.outcome };
    case 'run-cancelled':
      return { status: 'cancelled' };
    case 'run-suspended':
      return { suspended: { since: event.at } };
    case 'run-resumed':
      return { suspended: null };
    case 'deadline-moved': {
      const { key, dueAt } = event;
      const timers = state.timers.map((timer) => (timer.key === key ? { ...timer, dueAt } : timer));
      return { tasks: withTask(state, key, { dueAt }), timers };
    }
    case 'task-held':
      return {
        tasks: withTask(state, event.key, { held: { since: event.at, timers: event.timers } }),
      };
    case 'task-continued':
      return { tasks: withTask(state, event.key, { held: null }) };
    case 'task-escalated':
      return { tasks: withEscalation(state, event) };
    case 'signal-awaited': {
      const { key, step, signal } = event;
      return { awaiting: [...state.awaiting, { key, step, signal }] };
    }
    case 'signal-unawaited':
      return { awaiting: state.awaiting.filter(({ key }) => key !== event.key) };
    case 'signal-received': {
      const { id, signal, facts, at } = event;
      return {
        received: [...state.received, id].slice(-maxReceived),
        ...(event.kept && { kept: [...state.kept, { id, signal, facts, at }] }),
      };
    }
    case 'signal-taken':
      return {
        kept: state.kept.filter(({ id }) => id !== event.id),
        // A boundary goes on waiting: it may be of a side path that starts anew each time.
        awaiting: state.awaiting.filter(
          ({ key }) => key !== event.key || afterMark(key, '!') !== null,
        ),
      };
    case 'items-started': {
      const { key, step, items } = event;
      return { items: [...state.items, { key, step, items, finished: [] }] };
    }
    case 'items-ended':
      return { items: state.items.filter(({ key }) => key !== event.key) };
    case 'item-finished': {
      const { key, n, answers } = event;
      return {
        items: state.items.map((group) =>
          group.key === key ? { ...group, finished: [...group.finished, { n, answers }] } : group,
        ),
      };
    }
    case 'step-undoable': {
      const { key, step, undoneBy } = event;
      return { undoable: [...state.undoable, { key, step, undoneBy }] };
    }
    case 'step-undone':
      return { undoable: state.undoable.filter(({ key }) => key !== event.key) };
    case 'run-migrated':
      return migrated(state, event);
    case 'run-started':
    case 'sent-back':
    case 'table-evaluated':
    case 'step-failed':
    case 'boundary-fired':
    case 'signal-sent':
    case 'people-told':
    case 'run-repaired':
      return {};
  }
}

/** The run under another version: steps by their new ids, without facts that it does not have. */
function migrated(
  state: RunState,
  { steps, dropped, tasks }: RunEvent & { readonly type: 'run-migrated' },
): Partial<RunState> {
  const facts = Object.entries(state.facts).filter(([name]) => !dropped.includes(name));
  const named = renamed(state, steps);
  return {
    ...named,
    facts: Object.fromEntries(facts),
    tasks: (named.tasks ?? state.tasks).map((task) =>
      Object.hasOwn(tasks, task.key) ? { ...task, ...tasks[task.key] } : task,
    ),
  };
}

/** How many ids of received signals are kept to know a repeated one. */
const maxReceived = 1000;

/** Keeps who gave the task on, so that both sides are kept apart from what neither may do. */
function withDelegate(
  state: RunState,
  { key, by, assignee }: RunEvent & { readonly type: 'task-delegated' },
): readonly OpenTask[] {
  const task = state.tasks.find((open) => open.key === key);
  const givers = by.kind === 'person' ? [by.personId, by.onBehalfOf?.personId] : [];
  const delegatedBy = [...(task?.delegatedBy ?? []), ...givers].filter(
    (giver) => giver !== undefined && giver !== assignee,
  ) as readonly string[];
  return withTask(state, key, { assignee, delegatedBy: [...new Set(delegatedBy)] });
}

/** A task escalated: told people may help, a new role or person has it; settling comes by itself. */
function withEscalation(
  state: RunState,
  event: RunEvent & { readonly type: 'task-escalated' },
): readonly OpenTask[] {
  const { key, level, action, role, assignee, helps } = event;
  const task = state.tasks.find((open) => open.key === key);
  if (!task) return state.tasks;
  const helpers = helps && role !== null ? [...new Set([...task.helpers, role])] : task.helpers;
  const raised = { raisedTo: role ?? task.raisedTo, assignee, delegatedBy: [] };
  const reached = Math.max(level, task.level);
  return withTask(state, key, { level: reached, helpers, ...(action === 'reassign' && raised) });
}

function withTask(state: RunState, key: string, change: Partial<OpenTask>): readonly OpenTask[] {
  return state.tasks.map((task) => (task.key === key ? { ...task, ...change } : task));
}

type PerformedEvent = RunEvent & { readonly type: 'task-submitted' | 'decision-recorded' };

/**
 * Keeps everybody who ever finished the step and whom they represented, also when it was repeated
 * after a send-back.
 */
function withPerformer(state: RunState, event: PerformedEvent): RunState['performers'] {
  const { by, step } = event;
  if (by.kind !== 'person') return state.performers;
  const before = state.performers[step] ?? [];
  const added = [by.personId, ...(by.onBehalfOf ? [by.onBehalfOf.personId] : [])].filter(
    (personId) => !before.includes(personId),
  );
  return added.length === 0
    ? state.performers
    : { ...state.performers, [step]: [...before, ...added] };
}

/** Adds the vote and frees the task for the next approver. */
function withVote(
  state: RunState,
  event: RunEvent & { readonly type: 'decision-recorded' },
): readonly OpenTask[] {
  const { by, key, outcome } = event;
  const task = state.tasks.find((open) => open.key === key);
  if (!task || by.kind !== 'person') return state.tasks;
  const vote = voteOf(by, outcome);
  return withTask(state, key, {
    ...{ votes: [...task.votes, vote], assignee: null, delegatedBy: [] },
  });
}
