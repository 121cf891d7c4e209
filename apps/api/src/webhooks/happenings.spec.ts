import { describe, expect, it } from '@jest/globals';
import { happeningsIn, type Entry } from './happenings.ts';

const AT = new Date('2026-11-25T10:00:00.000Z');
const [RUN, TASK] = [
  '01939f1e-7f2a-7000-8000-000000000001',
  '01939f1e-7f2a-7000-8000-000000000002',
];
const entry = (entity: string, action: string, payload: object | null): Entry => ({
  ...{ id: 'e1', at: AT, action, entity, entityId: RUN },
  payload: payload && JSON.stringify(payload),
});
const move = (...events: object[]) => entry('run', 'task.submitted', { workflow: 'A', events });
const found = (one: Entry) =>
  happeningsIn(one).map(({ entryId, at, ...rest }) => {
    expect({ entryId, at }).toEqual({ entryId: 'e1', at: AT });
    return rest;
  });

describe('what an entry of the record means for other systems', () => {
  it('is each thing that a move of a run brought, in its order', () => {
    const moved = move(
      { type: 'run-started', seq: 1 },
      { type: 'step-entered', step: 'a' },
      { type: 'task-opened', task: { key: 'a#1', title: 'A' } },
      { type: 'task-closed', key: 'b#1', why: 'cancelled' },
      { type: 'decision-recorded', key: 'a#1', outcome: 'approve' },
      { type: 'run-ended', outcome: 'approved', writes: {} },
    );
    expect(found(moved)).toEqual([
      { type: 'run.started', runId: RUN },
      { type: 'task.opened', runId: RUN, taskKey: 'a#1' },
      { type: 'task.closed', runId: RUN, taskKey: 'b#1', why: 'cancelled' },
      { type: 'run.ended', runId: RUN, status: 'ended', outcome: 'approved' },
    ]);
    expect(found(move({ type: 'run-cancelled', reason: 'x' }))).toEqual([
      { type: 'run.ended', runId: RUN, status: 'cancelled', outcome: null },
    ]);
  });

  it.each([
    ['a request to repair a run', entry('run', 'run.repair-asked', { action: { kind: 'retry' } })],
    ['an entry of which the content was erased', entry('run', 'run.started', null)],
    ['a monitor', entry('monitor', 'monitor.created', { metric: 'MX-ACC' })],
    ['a value within its limits', entry('monitor', 'measurement.recorded', measured('ok'))],
    ['a warning', entry('monitor', 'measurement.recorded', measured('warning'))],
    ['a pack that was asked for', entry('export', 'export.created', { reference: 'PK-0001' })],
    ['a version that is retired', entry('workflow-version', 'workflow-version.retired', {})],
    ['something that nobody is told of', entry('member', 'member.joined', { roles: [] })],
  ])('is nothing for %s', (_, one) => {
    expect(found(one)).toEqual([]);
  });

  it('is a decision without what a secret vote was', () => {
    const decision = { reference: 'DEC-1-1.1', run: RUN, task: TASK, capsule: 'ab' };
    const told = { type: 'decision.recorded', decisionId: RUN, taskId: TASK, runId: RUN };
    const of = (payload: object) => found(entry('decision', 'decision.recorded', payload));
    expect(of({ ...decision, outcome: 'approve' })).toMatchObject([
      { ...told, outcome: 'approve' },
    ]);
    expect(of(decision)).toMatchObject([{ ...told, outcome: null }]);
  });

  it('is a breach with its measurement, and without what somebody noted', () => {
    expect(found(entry('monitor', 'measurement.recorded', measured('breach')))).toEqual([
      {
        ...{ type: 'breach.found', monitorId: RUN },
        measurement: { id: TASK, windowFrom: '2026-10-01', windowTo: '2026-10-31', value: 0.7 },
      },
    ]);
  });

  it('stops at an entry that is none that the product writes', () => {
    expect(() => happeningsIn(move({ type: 'task-closed', key: 'a#1' }))).toThrow();
    expect(() => happeningsIn(entry('export', 'export.made', {}))).toThrow();
  });
});

function measured(state: string) {
  const window = { windowFrom: '2026-10-01', windowTo: '2026-10-31' };
  return { measurement: TASK, state, ...window, value: 0.7, sample: 400, note: 'Ask Tom.' };
}
