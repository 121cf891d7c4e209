import type { FormStep } from '../definition/definition.ts';
import type { Command } from '../run/run.ts';
import { Driven } from '../testing/driven.ts';
import { ana, ben, decision } from '../testing/people.data.ts';
import { person, system } from '../testing/samples.data.ts';

type Work = Partial<FormStep & { type: 'task' }>;
const chain: Work = {
  due: [{ due: { amount: 16, unit: 'business-hours' } }],
  escalation: [
    { at: 50, action: 'remind' },
    { at: 100, action: 'tell', role: 'client.aims_manager' },
  ],
};
const facts = { tier: 'low' };
// Opened on Tuesday 24 November at ten: half of the time is up on Wednesday at ten.
const opened = (work: Work = chain) => new Driven(decision({}, work), { facts });
const hold: Command = {
  type: 'hold',
  task: 'prepare#1',
  reason: 'Waits for the supplier.',
  by: ana,
};
const goOn: Command = { type: 'continue', task: 'prepare#1', by: ana };
const times = (run: Driven) => [
  run.state.tasks[0]?.dueAt,
  ...run.state.timers.map(({ key, dueAt }) => `${key} ${dueAt}`),
];

describe('a task on hold', () => {
  it('keeps the business time that was left, for its deadline and its escalation', () => {
    const run = opened();
    const before = [
      '2026-11-26T10:00:00.000Z',
      'prepare#1^1 2026-11-25T10:00:00.000Z',
      'prepare#1^2 2026-11-26T10:00:00.000Z',
    ];
    expect(times(run)).toEqual(before);
    run.at('2026-11-24T15:00:00.000Z').do(hold);
    expect(run.state.tasks[0]?.held).toMatchObject({ since: '2026-11-24T15:00:00.000Z' });
    expect(run.state.timers).toEqual([]);
    run.at('2026-12-01T12:00:00.000Z').do(goOn);
    expect(run.state.tasks[0]?.held).toBeNull();
    expect(times(run)).toEqual([
      '2026-12-02T15:00:00.000Z',
      'prepare#1^1 2026-12-01T15:00:00.000Z',
      'prepare#1^2 2026-12-02T15:00:00.000Z',
    ]);
    expect(run.since(run.events.length - 4)).toEqual([
      ...['task-continued', 'deadline-moved', 'timer-armed', 'timer-armed'],
    ]);
  });

  it('can be held again and again without losing or gaining time', () => {
    const run = opened();
    for (const day of ['24', '25', '26', '27']) {
      run.at(`2026-11-${day}T12:00:00.000Z`).do(hold);
      run.at(`2026-11-${day}T16:00:00.000Z`).do(goOn);
    }
    // Four hours lost on each of four days: two working days in all.
    expect(run.state.tasks[0]?.dueAt).toBe('2026-11-30T10:00:00.000Z');
  });

  it.each([
    [
      'whose clock runs on',
      { ...chain, due: [{ due: { amount: 16, unit: 'business-hours' }, pauses: false }] },
    ],
    ['with a fixed date', { ...chain, due: [{ due: { on: 'dueDay' } }] }],
  ] as const)('%s keeps its deadline', (_, work) => {
    const definition = decision({}, work);
    const run = new Driven(
      {
        ...definition,
        facts: [...definition.facts, { name: 'dueDay', type: { kind: 'date' }, source: 'subject' }],
      },
      { facts: { ...facts, dueDay: '2026-12-18' } },
    );
    const before = times(run);
    run.at('2026-11-24T15:00:00.000Z').do(hold).at('2026-12-01T12:00:00.000Z').do(goOn);
    expect(times(run)).toEqual(before);
  });

  it('whose clock runs on is escalated all the same', () => {
    const work: Work = {
      ...chain,
      due: [{ due: { amount: 16, unit: 'business-hours' }, pauses: false }],
    };
    const run = opened(work).do(hold).at('2026-11-25T10:00:00.000Z');
    run.do({ type: 'fire-timer', timer: 'prepare#1^1', by: system });
    expect(run.state.tasks[0]?.level).toBe(1);
  });

  it('without a deadline is held and goes on', () => {
    const run = opened({}).do(hold).at('2026-12-01T12:00:00.000Z').do(goOn);
    expect(run.state.tasks[0]).toMatchObject({ held: null, dueAt: null });
  });

  it('gives back only what was lost when the run was suspended in between', () => {
    const run = opened().at('2026-11-24T15:00:00.000Z').do(hold);
    run.do({ type: 'suspend', reason: 'Stop.', by: system }).at('2026-11-27T15:00:00.000Z');
    run.do({ type: 'resume', reason: 'Go.', by: system }).at('2026-12-01T12:00:00.000Z').do(goOn);
    expect(run.state.tasks[0]?.dueAt).toBe('2026-12-02T15:00:00.000Z');
  });

  it.each<[string, Command, string]>([
    ['be done', { type: 'submit', task: 'prepare#1', answers: {}, by: ana }, 'task-on-hold'],
    ['be taken', { type: 'claim', task: 'prepare#1', by: ana }, 'task-on-hold'],
    [
      'be given on',
      {
        ...{ type: 'delegate', task: 'prepare#1', to: 'abe', toRoles: ['client.staff'] },
        ...{ reason: 'Leave.', by: ana },
      },
      'task-on-hold',
    ],
    ['be held again', hold, 'task-on-hold'],
    [
      'get another deadline',
      {
        ...{ type: 'move-deadline', task: 'prepare#1', reason: 'More time.', by: system },
        dueAt: '2026-12-18T17:00:00Z',
      },
      'task-on-hold',
    ],
    ['go on by somebody without the role', { ...goOn, by: ben }, 'not-your-role'],
  ])('cannot %s', (_, command, code) => {
    expect(opened().do(hold).refusal(command).code).toBe(code);
  });

  it.each<[string, Command, string]>([
    ['without a reason', { ...hold, reason: '' }, 'reason-required'],
    ['by somebody without the role', { ...hold, by: ben }, 'not-your-role'],
    ['by the clock', { ...hold, by: system }, 'not-your-role'],
    ['when it is not open', { ...hold, task: 'decide#1' }, 'unknown-task'],
  ])('is not held %s', (_, command, code) => {
    expect(opened().refusal(command).code).toBe(code);
  });

  it('is not held over the head of who has it', () => {
    const run = opened().do({ type: 'claim', task: 'prepare#1', by: ana });
    const by = person('abe', 'client.staff');
    expect(run.refusal({ ...hold, by }).code).toBe('taken-by-someone-else');
  });

  it('cannot go on when it is not on hold', () => {
    expect(opened().refusal(goOn).code).toBe('task-not-on-hold');
  });
});

describe('another deadline', () => {
  const move = (dueAt: string, reason = 'The supplier is late.'): Command => ({
    ...{
      type: 'move-deadline',
      task: 'prepare#1',
      dueAt,
      reason,
      by: person('mia', 'client.aims_manager'),
    },
  });

  it('moves the escalation along, reckoned from the opening', () => {
    const run = opened().do(move('2026-11-30T10:00:00+00:00'));
    expect(times(run)).toEqual([
      '2026-11-30T10:00:00.000Z',
      'prepare#1^1 2026-11-26T10:00:00.000Z',
      'prepare#1^2 2026-11-30T10:00:00.000Z',
    ]);
    expect(run.events.find(({ type }) => type === 'deadline-moved')).toMatchObject({
      reason: 'The supplier is late.',
    });
  });

  it('leaves alone the levels that were reached', () => {
    const run = opened().at('2026-11-25T10:00:00.000Z');
    run.do({ type: 'fire-timer', timer: 'prepare#1^1', by: system });
    run.do(move('2026-11-30T10:00:00Z'));
    expect(run.state.timers.map(({ key }) => key)).toEqual(['prepare#1^2']);
  });

  it('that is the same changes nothing', () => {
    const run = opened();
    const before = run.events.length;
    expect(run.do(move('2026-11-26T10:00:00.000Z')).events).toHaveLength(before);
  });

  it.each([
    ['soon', 'because', 'invalid-facts'],
    ['2026-11-26', 'because', 'invalid-facts'],
    ['2026-13-26T10:00:00Z', 'because', 'invalid-facts'],
    ['2026-11-30T10:00:00Z', '', 'reason-required'],
  ])('“%s” for “%s” is refused', (dueAt, reason, code) => {
    expect(opened().refusal(move(dueAt, reason)).code).toBe(code);
  });
});
