import { replay } from './replay.ts';
import { restored, restoredTask } from './restored.ts';
import type { RunEvent } from './run.ts';
import { Driven } from '../testing/driven.ts';
import { parallel, person, system } from '../testing/samples.data.ts';

const by = system;
const at = '2026-11-24T10:00:00.000Z';

/** A task as the first version wrote it. */
const early = {
  ...{ key: 'prepare#1', step: 'prepare', role: 'client.staff', also: null, assignee: null },
  ...{ needed: 1, dueAt: null, votes: [], blocked: null },
};

describe('what the first version stored', () => {
  const events: readonly RunEvent[] = [
    { type: 'run-started', runId: 'r', facts: {}, seq: 1, at, by },
    { type: 'step-entered', step: 'prepare', visit: 1, scope: [], seq: 2, at, by },
    { type: 'task-opened', task: early, seq: 3, at, by },
    { type: 'timer-armed', key: 'wait#1', step: 'wait', dueAt: at, seq: 4, at, by },
  ];

  it('gives the state of today, from its events and from its state', () => {
    const state = restored({
      ...{ runId: 'r', status: 'running', outcome: null, seq: 4, facts: {}, performers: {} },
      ...{ tokens: [{ step: 'prepare', visit: 1, scope: [] }], visits: { prepare: 1 } },
      ...{ tasks: [early], children: [], timers: [{ key: 'wait#1', step: 'wait', dueAt: at }] },
    });
    expect(replay(events)).toEqual(state);
    expect(state.tasks).toMatchObject([{ item: null, level: 0, pauses: true, clock: 'working' }]);
    expect(state.timers).toMatchObject([{ kind: 'wait' }]);
    expect(state).toMatchObject({ suspended: null, awaiting: [], items: [], undoable: [] });
  });

  it.each([
    [{ also: null, needed: 2 }, [{ role: 'client.staff', count: 2 }]],
    [
      { also: 'client.approver', needed: 3 },
      [
        { role: 'client.staff', count: 2 },
        { role: 'client.approver', count: 1 },
      ],
    ],
  ])('reads the seats out of %j', (change, seats) => {
    expect(restoredTask({ ...early, ...change }).seats).toEqual(seats);
  });

  it('leaves a whole state as it is', () => {
    const { state } = new Driven(parallel).submit('prepare#1', person('ana', 'client.staff'));
    expect(restored(state)).toEqual(state);
  });
});
