import type { FormStep, WorkflowDefinition } from '../definition/definition.ts';
import { followCalendar } from './follow-calendar.ts';
import { replay } from '../run/replay.ts';
import type { BusinessCalendar, Command } from '../run/run.ts';
import { Driven } from '../testing/driven.ts';
import { ana, decision } from '../testing/people.data.ts';
import { aDefinition, calendar, end, system, task } from '../testing/samples.data.ts';

const facts = { tier: 'low' };
const chain: Partial<FormStep & { type: 'task' }> = {
  due: [{ due: { amount: 5, unit: 'business-days' } }],
  escalation: [
    { at: 50, action: 'remind' },
    { at: 100, action: 'tell', role: 'client.aims_manager' },
  ],
};
// Opened on Tuesday 24 November at ten: five working days end on Tuesday 1 December.
const opened = (work = chain) => new Driven(decision({}, work), { facts });
const dayOff: BusinessCalendar = { ...calendar, holidays: [...calendar.holidays, '2026-11-30'] };
const shorter: BusinessCalendar = { ...calendar, startHour: 10, endHour: 16 };

const follow = (run: Driven, by: BusinessCalendar) => {
  const followed = followCalendar(run.definition, run.state, run.events, {
    ...{ ...run.around, calendar: by },
  });
  expect(replay([...run.events, ...followed.events])).toEqual(followed.state);
  // Asked again, it moves nothing.
  const again = followCalendar(
    ...([run.definition, followed.state, [...run.events, ...followed.events]] as const),
    { ...run.around, calendar: by },
  );
  expect(again.events).toEqual([]);
  expect(again.moved).toEqual([]);
  return followed;
};
const after = (run: Driven, by: BusinessCalendar) => {
  const { state } = follow(run, by);
  return [state.tasks[0]?.dueAt, ...state.timers.map(({ key, dueAt }) => `${key} ${dueAt}`)];
};
const hold: Command = { type: 'hold', task: 'prepare#1', reason: 'Waits.', by: ana };
const goOn: Command = { type: 'continue', task: 'prepare#1', by: ana };

describe('deadlines that follow a calendar', () => {
  it('stay where they are by the same calendar, whatever happened to the run', () => {
    const run = opened();
    expect(follow(run, calendar)).toMatchObject({ moved: [], kept: [], events: [] });
    run.at('2026-11-25T12:00:00.000Z').do(hold).at('2026-11-26T12:00:00.000Z');
    expect(follow(run, calendar).kept).toEqual([]);
    run.do(goOn).at('2026-11-27T12:00:00.000Z').do({ type: 'suspend', reason: 'No.', by: ana });
    expect(follow(run, calendar).kept).toEqual([]);
    run.at('2026-12-02T12:00:00.000Z').do({ type: 'resume', reason: 'Yes.', by: ana });
    expect(follow(run, calendar)).toMatchObject({ moved: [], kept: [], events: [] });
  });

  it('move by a day off, and the escalation moves along', () => {
    const run = opened();
    const followed = follow(run, dayOff);
    expect(followed.moved).toEqual([
      {
        ...{ key: 'prepare#1', step: 'prepare', kind: 'task' },
        ...{ from: '2026-12-01T17:00:00.000Z', to: '2026-12-02T17:00:00.000Z' },
      },
    ]);
    expect(followed.events.map(({ type }) => type)).toEqual(Array(2).fill('deadline-moved'));
    expect(followed.events[0]).toMatchObject({ cause: 'calendar', by: system });
    expect(after(run, dayOff)).toEqual([
      '2026-12-02T17:00:00.000Z',
      'prepare#1^1 2026-11-27T09:30:00.000Z',
      'prepare#1^2 2026-12-02T17:00:00.000Z',
    ]);
  });

  it.each([
    ['another end of the working day', shorter, '2026-12-01T16:00:00.000Z'],
    ['another zone', { ...calendar, timeZone: 'Europe/Madrid' }, '2026-12-01T16:00:00.000Z'],
    ['a longer week', { ...calendar, workingDays: [1, 2, 3, 4, 5, 6] }, '2026-11-30T17:00:00.000Z'],
    [
      'more time for a small organisation',
      { ...calendar, dueFactor: 2 },
      '2026-12-08T17:00:00.000Z',
    ],
  ])('move by %s', (_, by, dueAt) => {
    expect(follow(opened(), by).state.tasks[0]?.dueAt).toBe(dueAt);
  });

  it('are reckoned from the first calendar to the last, whichever came between', () => {
    const run = opened();
    const between = follow(run, { ...shorter, workingDays: [1, 2] });
    const last = followCalendar(
      ...([run.definition, between.state, [...run.events, ...between.events]] as const),
      { ...run.around, calendar: dayOff },
    );
    expect(last.state.tasks).toEqual(follow(run, dayOff).state.tasks);
    expect(last.state.timers).toEqual(follow(run, dayOff).state.timers);
  });

  it('keep the times that were taken out', () => {
    const run = opened().at('2026-11-25T09:00:00.000Z').do(hold);
    run.at('2026-11-26T09:00:00.000Z').do(goOn);
    expect(run.state.tasks[0]?.dueAt).toBe('2026-12-02T17:00:00.000Z');
    expect(follow(run, dayOff).state.tasks[0]?.dueAt).toBe('2026-12-03T17:00:00.000Z');
    run.do({ type: 'suspend', reason: 'No.', by: ana });
    run.at('2026-11-27T09:00:00.000Z').do({ type: 'resume', reason: 'Yes.', by: ana });
    expect(follow(run, dayOff).state.tasks[0]?.dueAt).toBe('2026-12-04T17:00:00.000Z');
  });

  it('stay while a task is on hold, and so do those of a suspended run', () => {
    const run = opened().do(hold);
    const kept = { key: 'prepare#1', step: 'prepare', kind: 'task' };
    expect(follow(run, dayOff)).toMatchObject({ moved: [], kept: [{ ...kept, why: 'held' }] });
    run.do(goOn).do({ type: 'suspend', reason: 'No.', by: ana });
    expect(follow(run, dayOff)).toMatchObject({ moved: [], kept: [{ ...kept, why: 'suspended' }] });
  });

  it('stay when somebody set them, with their escalation', () => {
    const dueAt = '2026-12-10T12:00:00.000Z';
    const run = opened();
    run.do({ type: 'move-deadline', task: 'prepare#1', dueAt, reason: 'Agreed.', by: ana });
    const { kept, events } = follow(run, dayOff);
    expect(kept).toMatchObject([{ dueAt, why: 'set' }]);
    expect(events).toEqual([]);
  });

  it('never come to lie in the past, but may come out of it', () => {
    const run = opened().at('2026-11-30T18:00:00.000Z');
    const longWeek = { ...calendar, workingDays: [1, 2, 3, 4, 5, 6] };
    expect(follow(run, longWeek).kept).toMatchObject([{ why: 'would-have-passed' }]);
    run.at('2026-12-02T09:00:00.000Z');
    expect(follow(run, longWeek)).toMatchObject({ moved: [], kept: [] });
    expect(follow(run, dayOff).moved).toMatchObject([{ to: '2026-12-02T17:00:00.000Z' }]);
  });

  it('are reckoned on the facts of the moment of opening', () => {
    const days = (amount: number) => ({ due: { amount, unit: 'business-days' as const } });
    const small = { fact: 'size', is: 'below', value: 5 } as const;
    const run = new Driven(
      aDefinition(
        'prepare',
        [task('prepare', 'done', { due: [{ when: small, ...days(3) }, days(9)] }), end('done')],
        [{ name: 'size', type: { kind: 'number' }, source: 'form' }],
      ),
      {},
      { size: 1 },
    );
    run.do({
      type: 'repair',
      action: { kind: 'set-facts', facts: { size: 9 } },
      reason: 'Counted again.',
      by: ana,
    });
    expect(follow(run, calendar).moved).toEqual([]);
    const { state } = follow(run, { ...calendar, holidays: ['2026-11-26'] });
    expect(state.tasks[0]?.dueAt).toBe('2026-11-30T17:00:00.000Z');
  });
});

describe('times of waits and boundaries that follow a calendar', () => {
  const waits: WorkflowDefinition = aDefinition('wait', [
    {
      ...{ type: 'timer', id: 'wait', stage: 'main', name: 'Wait' },
      ...{ wait: { amount: 4, unit: 'business-days' }, next: [{ to: 'work' }] },
    },
    task('work', 'done', {
      boundaries: [
        {
          ...{ id: 'late', label: 'Late', interrupts: false, to: 'done' },
          after: { amount: 16, unit: 'business-hours' },
        },
      ],
    }),
    end('done'),
  ]);

  it('move, and keep the plain time of a suspension', () => {
    const run = new Driven(waits);
    expect(follow(run, dayOff).moved).toEqual([
      {
        ...{ key: 'wait#1', step: 'wait', kind: 'timer' },
        ...{ from: '2026-11-30T17:00:00.000Z', to: '2026-12-01T17:00:00.000Z' },
      },
    ]);
    run.do({ type: 'suspend', reason: 'No.', by: ana }).at('2026-11-25T10:00:00.000Z');
    run.do({ type: 'resume', reason: 'Yes.', by: ana });
    expect(follow(run, calendar).moved).toEqual([]);
    expect(follow(run, dayOff).state.timers[0]?.dueAt).toBe('2026-12-02T17:00:00.000Z');
  });

  it('are reckoned from the start of the step that they are about', () => {
    const run = new Driven(waits).at('2026-12-01T10:00:00.000Z');
    run.do({ type: 'fire-timer', timer: 'wait#1', by: system });
    expect(run.state.timers[0]).toMatchObject({ dueAt: '2026-12-03T10:00:00.000Z' });
    expect(follow(run, { ...calendar, holidays: ['2026-12-02'] }).moved).toMatchObject([
      { key: 'work#1!late', kind: 'timer', to: '2026-12-04T10:00:00.000Z' },
    ]);
  });

  it('end with the run', () => {
    const run = new Driven(waits).do({ type: 'cancel', reason: 'No.', by: ana });
    expect(follow(run, dayOff)).toMatchObject({ moved: [], kept: [], events: [] });
  });
});
