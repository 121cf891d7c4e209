import { describe, expect, it } from '@jest/globals';
import {
  restored,
  restoredTask,
  type OpenTask,
  type RunEvent,
  type RunState,
} from '@plumbline/workflow-engine';
import { changedBy } from './task-rows.ts';
import { timersOf } from './timer-rows.ts';

const NOW = new Date('2026-11-25T09:00:00.000Z');
const SOON = '2026-11-26T09:00:00.000Z';
const LATER = '2026-12-01T17:00:00.000Z';
const DAY_AHEAD = '2026-11-30T17:00:00.000Z';

const task = (change: Partial<OpenTask> = {}): OpenTask =>
  restoredTask({
    ...{ key: 'do#1', step: 'do', role: 'client.staff', also: null, assignee: null, needed: 1 },
    ...{ dueAt: LATER, votes: [], blocked: null, ...change },
  });
const state = (change: Partial<RunState> = {}): RunState =>
  restored({
    ...{ runId: 'r', status: 'running', outcome: null, seq: 9, facts: {}, tokens: [], tasks: [] },
    ...{ timers: [], children: [], visits: {}, performers: {}, ...change },
  });
const happened = (...bodies: object[]): RunEvent[] =>
  bodies.map((body, at) => ({
    ...body,
    seq: at,
    at: NOW.toISOString(),
    by: { kind: 'system' },
  })) as RunEvent[];

const timers = (after: RunState, events: RunEvent[], fresh: string[] = []) => {
  const keys = new Set(fresh);
  const { armed, disarmed } = timersOf(NOW, after, events, {
    fresh: keys,
    changed: changedBy(after, events, keys),
  });
  return {
    armed: armed.map(({ kind, key, due_at, status }) => `${kind} ${key} ${due_at} ${status}`),
    disarmed: disarmed.map(({ kind, key, status }) => `${kind} ${key} ${status}`),
  };
};

describe('the timers of a move', () => {
  it('reminds of a new task a day ahead and when it is late', () => {
    const after = state({ tasks: [task()] });
    expect(timers(after, happened({ type: 'task-opened', task: task() }), ['do#1'])).toEqual({
      armed: [`due-soon do#1 ${DAY_AHEAD} armed`, `late do#1 ${LATER} armed`],
      disarmed: [],
    });
  });

  it('arms reminders anew when the deadline moves, and only the late one when it is near', () => {
    const after = state({ tasks: [task({ dueAt: SOON })] });
    const moved = happened({ type: 'deadline-moved', key: 'do#1', dueAt: SOON });
    expect(timers(after, moved)).toEqual({ armed: [`late do#1 ${SOON} armed`], disarmed: [] });
  });

  it('moves a timer of the run without touching a task', () => {
    const after = state({
      timers: [{ key: 'do#1!slow', step: 'do', dueAt: SOON, kind: 'boundary' }],
      tasks: [task()],
    });
    const moved = happened({ type: 'deadline-moved', key: 'do#1!slow', dueAt: SOON });
    expect(timers(after, moved)).toEqual({
      armed: [`boundary do#1!slow ${SOON} armed`],
      disarmed: [],
    });
  });

  it.each([
    ['wait', 'nap#2'],
    ['boundary', 'do#1!slow'],
    ['escalation', 'do#1^2'],
    ['escalation', 'do#1.3^1'],
  ])('ends a %s by its key %s', (kind, key) => {
    const fired = happened({ type: 'timer-fired', key, step: 'x' });
    expect(timers(state(), fired).disarmed).toEqual([`${kind} ${key} fired`]);
  });

  it('pauses everything of a run that is suspended, and goes on with what did not move', () => {
    const open = {
      tasks: [task({ key: 'a#1' }), task({ key: 'b#1' })],
      timers: [{ key: 'nap#1', step: 'nap', dueAt: SOON, kind: 'wait' as const }],
    };
    const suspended = state({ ...open, suspended: { since: NOW.toISOString() } });
    expect(timers(suspended, happened({ type: 'run-suspended', reason: 'x' })).disarmed).toEqual([
      ...['wait nap#1 paused', 'due-soon a#1 paused', 'late a#1 paused'],
      ...['due-soon b#1 paused', 'late b#1 paused'],
    ]);
    const resumed = happened(
      { type: 'run-resumed', reason: 'x' },
      { type: 'deadline-moved', key: 'a#1', dueAt: LATER },
    );
    expect(timers(state(open), resumed)).toEqual({
      armed: [`due-soon a#1 ${DAY_AHEAD} armed`, `late a#1 ${LATER} armed`],
      disarmed: ['wait nap#1 armed', 'due-soon b#1 armed', 'late b#1 armed'],
    });
  });

  it('stops reminding of a task on hold whose clock waits, and keeps its escalation back', () => {
    const held = { since: NOW.toISOString(), timers: [{ key: 'do#1^1', dueAt: SOON }] };
    const events = happened({ type: 'task-held', key: 'do#1', reason: 'x', timers: held.timers });
    expect(timers(state({ tasks: [task({ held })] }), events).disarmed).toEqual([
      ...['escalation do#1^1 disarmed', 'due-soon do#1 paused', 'late do#1 paused'],
    ]);
    const runsOn = state({ tasks: [task({ held, pauses: false })] });
    expect(timers(runsOn, events).disarmed).toEqual(['escalation do#1^1 disarmed']);
    const goesOn = happened({ type: 'task-continued', key: 'do#1' });
    expect(timers(state({ tasks: [task()] }), goesOn).disarmed).toEqual([
      ...['due-soon do#1 armed', 'late do#1 armed'],
    ]);
  });

  it('ends the reminders of a closed task', () => {
    const closed = happened({ type: 'task-closed', key: 'do#1', why: 'done' });
    expect(timers(state(), closed).disarmed).toEqual([
      ...['due-soon do#1 disarmed', 'late do#1 disarmed'],
    ]);
  });
});
