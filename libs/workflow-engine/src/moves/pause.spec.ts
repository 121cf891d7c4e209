import type { Due } from '../definition/definition.ts';
import { Driven } from '../testing/driven.ts';
import { aDefinition, end, person, system, task } from '../testing/samples.data.ts';
import { after, awaits, calls, fact, join, split, wait } from '../testing/steps.ts';
import type { Command } from '../run/run.ts';

const ana = person('ana', 'client.staff');
const suspended = { type: 'suspend', reason: 'Waiting for the court.', by: ana } as const;
const resumed = { type: 'resume', reason: 'The court has ruled.', by: ana } as const;

const due = (amount: number, unit: Due['unit']) => [{ due: { amount, unit } }];
const everything = aDefinition(
  's',
  [
    split('s', 'j', { hours: null, days: null, date: null, calendar: null, w: null, x: null }),
    task('hours', 'j', { due: due(10, 'business-hours') }),
    task('days', 'j', { due: due(2, 'business-days') }),
    task('date', 'j', { due: [{ due: { on: 'until' } }] }),
    task('calendar', 'j', { due: due(3, 'calendar-days'), boundaries: [after('late', 4, 'e')] }),
    ...[wait('w', 'y', 5), awaits('y', 'go', 'j'), calls('x', 'j'), join('j', 's', 'e'), end('e')],
  ],
  [fact('until', 'date'), fact('result')],
);

/** Tuesday 24 November 2026, ten o'clock. */
const begun = () => new Driven(everything, {}, { until: '2026-11-27' });
const thursday = '2026-11-26T10:00:00.000Z';

const times = (run: Driven) => ({
  ...Object.fromEntries(run.state.tasks.map(({ key, dueAt }) => [key, dueAt])),
  ...Object.fromEntries(run.state.timers.map(({ key, dueAt }) => [key, dueAt])),
});

describe('a suspended run', () => {
  const commands: readonly Command[] = [
    { type: 'submit', task: 'hours#1', answers: {}, by: ana },
    { type: 'claim', task: 'hours#1', by: ana },
    { type: 'fire-timer', timer: 'w#1', by: system },
    { type: 'end-child', child: 'x#1', outcome: 'done', facts: {}, by: system },
    { type: 'child-cancelled', child: 'x#1', by: system },
    { type: 'receive-signal', signal: 'go', id: '1', facts: {}, by: system },
    { type: 'repair', action: { kind: 'skip', key: 'w#1' }, reason: 'Now.', by: ana },
    suspended,
  ];

  it.each(commands)('refuses “$type”', (command) => {
    const run = begun().do(suspended).at('2026-12-24T10:00:00.000Z');
    const before = structuredClone(run.state);
    expect(run.refusal(command).code).toBe('run-suspended');
    expect(run.state).toEqual(before);
  });

  it('may be cancelled', () => {
    const run = begun().do(suspended).do({ type: 'cancel', reason: 'Enough.', by: ana });
    expect(run.state).toMatchObject({ status: 'cancelled', tasks: [], timers: [] });
  });

  it.each([
    [suspended, 'reason-required'],
    [resumed, 'run-not-suspended'],
  ])('needs %j to make sense', (command, code) => {
    expect(begun().refusal({ ...command, reason: ' ' }).code).toBe(code);
  });

  it('needs a reason to go on', () => {
    expect(
      begun()
        .do(suspended)
        .refusal({ ...resumed, reason: '' }).code,
    ).toBe('reason-required');
  });
});

describe('a run that goes on after two days', () => {
  it('has as much time left as before, by the clock of each deadline', () => {
    const run = begun();
    expect(times(run)).toEqual({
      'hours#1': '2026-11-25T12:00:00.000Z',
      'days#1': '2026-11-26T17:00:00.000Z',
      'date#1': '2026-11-27T17:00:00.000Z',
      'calendar#1': '2026-11-27T10:00:00.000Z',
      'calendar#1!late': '2026-11-28T10:00:00.000Z',
      'w#1': '2026-11-29T10:00:00.000Z',
    });
    run.do(suspended).at(thursday).do(resumed);
    expect(run.state.suspended).toBeNull();
    expect(times(run)).toEqual({
      // Seven hours on Thursday, three on Friday.
      'hours#1': '2026-11-27T12:00:00.000Z',
      // Seven hours on Thursday, Friday, and what was left of two days on Monday.
      'days#1': '2026-11-30T17:00:00.000Z',
      'date#1': '2026-11-27T17:00:00.000Z',
      'calendar#1': '2026-11-29T10:00:00.000Z',
      'calendar#1!late': '2026-11-30T10:00:00.000Z',
      'w#1': '2026-12-01T10:00:00.000Z',
    });
  });

  it('moves nothing that had passed before', () => {
    const run = begun().at('2026-11-25T13:00:00.000Z').do(suspended).at(thursday).do(resumed);
    expect(times(run)['hours#1']).toBe('2026-11-25T12:00:00.000Z');
  });

  it('accepts work again', () => {
    const run = begun().do(suspended).at(thursday).do(resumed).submit('hours#1', ana);
    expect(run.open).not.toContain('hours#1');
    expect(run.do(suspended).state.suspended).toEqual({ since: thursday });
  });
});
