import type { ApprovalStep, EscalationLevel } from '../definition/definition.ts';
import { rolesNow } from '../people/seats.ts';
import { decision as decideBy, Driven } from '../testing/driven.ts';
import { ana, ben, cleo, dan, decision, eve, fay } from '../testing/people.data.ts';
import { approverTable, person, system } from '../testing/samples.data.ts';

const mia = person('mia', 'client.aims_manager');
const manager = 'client.aims_manager';
const chain: readonly EscalationLevel[] = [
  { at: 50, action: 'remind' },
  { at: 100, action: 'tell', role: manager },
  { at: 150, action: 'reassign', role: 'client.top_management' },
  { at: 200, action: 'settle', outcome: 'no' },
];

function atDecision(change: Partial<ApprovalStep> = {}, facts = {}): Driven {
  const around = { facts: { tier: 'low', owner: 'olga', ...facts } };
  return new Driven(decision({ escalation: chain, ...change }), around).submit('prepare#1', ana);
}
const fire = (run: Driven, level: number) => {
  const timer = run.state.timers.find(({ key }) => key === `decide#1^${level}`);
  return run
    .at(timer?.dueAt ?? run.around.now)
    .do({ type: 'fire-timer', timer: `decide#1^${level}`, by: system });
};
const rolesOf = (run: Driven) => run.state.tasks.flatMap((task) => rolesNow(task));
const last = (run: Driven) => run.events.findLast(({ type }) => type === 'task-escalated');

describe('an escalation chain', () => {
  it('comes at shares of the business time between opening and deadline', () => {
    // Opened on Tuesday at ten; due at the end of Thursday: 23 working hours.
    const run = atDecision();
    expect(run.state.tasks[0]?.dueAt).toBe('2026-11-26T17:00:00.000Z');
    expect(run.state.timers).toEqual([
      ...[
        ['1', '2026-11-25T13:30:00.000Z'],
        ['2', '2026-11-26T17:00:00.000Z'],
        ['3', '2026-11-30T12:30:00.000Z'],
        ['4', '2026-12-01T16:00:00.000Z'],
      ].map(([level = '', dueAt]) => ({
        ...{ key: `decide#1^${level}`, step: 'decide', kind: 'escalation', dueAt },
      })),
    ]);
  });

  it('is not armed without a deadline', () => {
    const due = [
      {
        when: { fact: 'tier', is: 'equal', value: 'high' },
        due: { amount: 1, unit: 'business-days' },
      },
    ] as const;
    expect(atDecision({ due }).state.timers).toEqual([]);
  });

  it('reminds, tells, and lets help who was told', () => {
    const run = fire(atDecision(), 1);
    expect(last(run)).toMatchObject({ level: 1, action: 'remind', role: null });
    expect(rolesOf(run)).toEqual(['client.approver']);
    expect(run.refusal(decideBy('decide#1', mia, 'yes')).code).toBe('not-your-role');
    fire(run, 2);
    expect(last(run)).toMatchObject({ level: 2, action: 'tell', role: manager, helps: true });
    expect(run.state.tasks[0]).toMatchObject({ level: 2, helpers: [manager] });
    expect(rolesOf(run)).toEqual(['client.approver', manager]);
    expect(run.decide('decide#1', mia, 'yes').state).toMatchObject({ outcome: 'live', timers: [] });
  });

  it('lets who was told help with work too', () => {
    const due = [{ due: { amount: 1, unit: 'business-days' } }] as const;
    const run = new Driven(
      decision({}, { due, escalation: [{ at: 100, action: 'tell', role: manager }] }),
    );
    expect(run.refusal({ type: 'submit', task: 'prepare#1', answers: {}, by: mia }).code).toBe(
      'not-your-role',
    );
    run.at('2026-11-25T17:00:00.000Z');
    run.do({ type: 'fire-timer', timer: 'prepare#1^1', by: system }).submit('prepare#1', mia);
    expect(run.open).toEqual(['decide#1']);
  });

  it('takes the task from whoever has it and gives it to another role', () => {
    const run = atDecision().do({ type: 'claim', task: 'decide#1', by: ben });
    fire(run, 3);
    expect(run.state.tasks[0]).toMatchObject({
      ...{ assignee: null, raisedTo: 'client.top_management', level: 3 },
      ...{ role: 'client.top_management', seats: [{ role: 'client.top_management', count: 1 }] },
    });
    expect(rolesOf(run)).toEqual(['client.top_management']);
    expect(run.refusal(decideBy('decide#1', ben, 'yes')).code).toBe('not-your-role');
    expect(run.decide('decide#1', fay, 'yes').state.outcome).toBe('live');
  });

  it('gives work to another role', () => {
    const due = [{ due: { amount: 1, unit: 'business-days' } }] as const;
    const escalation = [{ at: 100, action: 'reassign', role: manager }] as const;
    const run = new Driven(decision({}, { due, escalation })).at('2026-11-25T17:00:00.000Z');
    run.do({ type: 'fire-timer', timer: 'prepare#1^1', by: system });
    expect(rolesOf(run)).toEqual([manager]);
    expect(run.submit('prepare#1', mia).open).toEqual(['decide#1']);
  });

  it.each([
    ['boss', 'boss', 'boss'],
    ['nobody known', null, null],
    ['whoever is kept out', 'olga', null],
    ['who prepared it', 'ana', null],
  ])('gives it to the person of a fact: %s', (_, boss, assignee) => {
    const escalation = [{ at: 100, action: 'reassign', assignee: 'boss' }] as const;
    const run = fire(atDecision({ escalation }, { boss }), 1);
    expect(run.state.tasks[0]).toMatchObject({ assignee, raisedTo: null, role: 'client.approver' });
  });

  it('settles by an outcome that does not approve, and nobody is said to have done it', () => {
    const run = fire(fire(fire(fire(atDecision(), 1), 2), 3), 4);
    expect(last(run)).toMatchObject({ level: 4, action: 'settle', outcome: 'no', by: system });
    expect(run.state).toMatchObject({ status: 'ended', outcome: 'rejected', timers: [] });
    expect(run.state.facts['outcome']).toBe('no');
    expect(run.state.facts['decidedBy'] ?? null).toBeNull();
    expect(run.state.performers['decide']).toBeUndefined();
  });

  it.each(['yes', 'maybe'])('never settles by “%s”', (outcome) => {
    const run = atDecision({ escalation: [{ at: 100, action: 'settle', outcome }] });
    const refused = run
      .at('2026-11-26T17:00:00.000Z')
      .refusal({ type: 'fire-timer', timer: 'decide#1^1', by: system });
    expect(refused.code).toBe('cannot-continue');
    expect(run.state.status).toBe('running');
  });

  it('changes nothing about who decides where the approver table has a row', () => {
    const run = atDecision({ approvers: approverTable }, { tier: 'high' });
    fire(run, 2);
    expect(last(run)).toMatchObject({ action: 'tell', helps: false });
    expect(rolesOf(run)).toEqual(['client.approver']);
    fire(run, 3);
    expect(rolesOf(run)).toEqual(['client.approver']);
    expect(run.refusal(decideBy('decide#1', mia, 'yes')).code).toBe('not-your-role');
    expect(run.refusal(decideBy('decide#1', fay, 'yes')).code).toBe('not-your-role');
  });

  it('keeps the votes that were cast, when they fit', () => {
    const quorum = {
      seats: [
        { role: 'client.approver', count: 2 },
        { role: 'client.legal', count: 1 },
      ],
      needs: 'all',
    } as const;
    const run = atDecision({ quorum }).decide('decide#1', ben, 'yes');
    fire(run, 2);
    run.decide('decide#1', mia, 'yes').decide('decide#1', cleo, 'yes');
    expect(run.state.outcome).toBe('live');
    expect(run.events.filter(({ type }) => type === 'decision-recorded')).toHaveLength(3);
  });

  it('ends with the task', () => {
    expect(atDecision().decide('decide#1', ben, 'changes').state.timers).toEqual([]);
    expect(atDecision().do({ type: 'cancel', reason: 'Over.', by: system }).state.timers).toEqual(
      [],
    );
  });

  it('is as far off again after a pause of the run', () => {
    const run = atDecision().do({ type: 'suspend', reason: 'Stop.', by: system });
    run.at('2026-11-25T10:00:00.000Z').do({ type: 'resume', reason: 'Go.', by: system });
    expect(run.state.timers[0]?.dueAt).toBe('2026-11-26T13:30:00.000Z');
  });

  it.each([
    ['before its time', 'decide#1^1', '2026-11-25T13:29:59.999Z', 'timer-not-due'],
    ['of a level that there is not', 'decide#1^9', '2026-12-25T13:30:00.000Z', 'unknown-timer'],
    ['of another task', 'prepare#1^1', '2026-12-25T13:30:00.000Z', 'unknown-timer'],
  ])('does not fire %s', (_, timer, now, code) => {
    const refused = atDecision().at(now).refusal({ type: 'fire-timer', timer, by: system });
    expect(refused.code).toBe(code);
  });

  it('fires each level once', () => {
    const run = fire(atDecision(), 1);
    expect(run.refusal({ type: 'fire-timer', timer: 'decide#1^1', by: system }).code).toBe(
      'unknown-timer',
    );
    expect(run.refusal(decideBy('decide#1', eve, 'yes')).code).toBe('not-your-role');
    expect(run.decide('decide#1', dan, 'no').state.outcome).toBe('rejected');
  });
});
