import type { ApprovalStep, Quorum } from '../definition/definition.ts';
import { rolesNow } from '../people/seats.ts';
import { decision as decideBy, Driven } from '../testing/driven.ts';
import { adviser, approverTable } from '../testing/samples.data.ts';
import { ana, ben, cleo, dan, decision, deputy, eve, fay } from '../testing/people.data.ts';
import { isVoteHidden, visibleVotes } from '../run/votes.ts';

const mixed: Quorum = {
  seats: [
    { role: 'client.legal', count: 1 },
    { role: 'client.approver', count: 2 },
  ],
  needs: 2,
};

function atDecision(change: Partial<ApprovalStep>, facts = {}): Driven {
  return new Driven(decision(change), { facts: { tier: 'low', ...facts } }).submit(
    'prepare#1',
    ana,
  );
}
const rolesOf = (run: Driven) => run.state.tasks.flatMap((task) => rolesNow(task));
const lastDecision = (run: Driven) =>
  run.events.findLast(({ type }) => type === 'decision-recorded');

describe('a quorum', () => {
  it('is shown on the task, with the roles that may act now', () => {
    const run = atDecision({ quorum: mixed });
    expect(run.state.tasks[0]).toMatchObject({ seats: mixed.seats, needed: 2, blind: false });
    expect(rolesOf(run)).toEqual(['client.legal', 'client.approver']);
    run.decide('decide#1', eve, 'yes');
    expect(rolesOf(run)).toEqual(['client.approver']);
  });

  it('of n is settled as soon as so many approve', () => {
    const run = atDecision({ quorum: mixed });
    run.decide('decide#1', ben, 'yes');
    expect(lastDecision(run)).toMatchObject({ final: false, result: null });
    run.decide('decide#1', eve, 'yes');
    expect(lastDecision(run)).toMatchObject({ final: true, result: 'yes' });
    expect(run.state).toMatchObject({ status: 'ended', outcome: 'live', tasks: [], timers: [] });
    expect(run.state.facts).toMatchObject({ outcome: 'yes', decidedBy: 'eve' });
  });

  it('is settled against as soon as the approvals needed can no longer come', () => {
    const run = atDecision({ quorum: mixed }).decide('decide#1', ben, 'no');
    expect(run.state.status).toBe('running');
    run.decide('decide#1', cleo, 'changes');
    expect(lastDecision(run)).toMatchObject({ final: true, result: 'no' });
    expect(run.state.outcome).toBe('rejected');
  });

  it('of any is settled by one, against only by all', () => {
    const any: Quorum = { ...mixed, needs: 'any' };
    expect(atDecision({ quorum: any }).decide('decide#1', ben, 'yes').state.outcome).toBe('live');
    const run = atDecision({ quorum: any }).decide('decide#1', ben, 'no');
    run.decide('decide#1', eve, 'no');
    expect(run.state.status).toBe('running');
    expect(run.decide('decide#1', cleo, 'no').state.outcome).toBe('rejected');
  });

  it('heeds a veto, whoever else approves', () => {
    const quorum = { ...mixed, veto: ['client.legal'] };
    const run = atDecision({ quorum }).decide('decide#1', ben, 'yes').decide('decide#1', eve, 'no');
    expect(run.state.outcome).toBe('rejected');
  });

  it('has no more votes of a role than seats', () => {
    const run = atDecision({ quorum: { ...mixed, needs: 'all' } });
    run.decide('decide#1', ben, 'yes').decide('decide#1', cleo, 'yes');
    const refused = run.refusal(decideBy('decide#1', dan, 'yes'));
    expect(refused).toMatchObject({ code: 'not-your-role' });
    expect(refused.message).toContain('“legal”');
    expect(run.refusal(decideBy('decide#1', fay, 'yes')).code).toBe('not-your-role');
  });

  it('asks for a seat also of who votes against', () => {
    const run = atDecision({ quorum: { ...mixed, needs: 'all', veto: [] } });
    run.decide('decide#1', ben, 'yes').decide('decide#1', cleo, 'yes');
    expect(run.refusal(decideBy('decide#1', dan, 'no')).code).toBe('not-your-role');
  });

  it('gives way to a row of the approver table, asked again at the moment of deciding', () => {
    const run = atDecision({ quorum: mixed, approvers: approverTable }, { tier: 'none' });
    expect(run.state.tasks[0]).toMatchObject({ seats: mixed.seats, needed: 2 });
    run.with({ tier: 'high' }).decide('decide#1', ben, 'yes');
    expect(run.events.some(({ type }) => type === 'authority-changed')).toBe(true);
    expect(run.state.tasks[0]).toMatchObject({
      ...{ seats: [{ role: 'client.approver', count: 2 }], needed: 2 },
    });
    expect(run.refusal(decideBy('decide#1', eve, 'yes')).code).toBe('not-your-role');
    expect(run.decide('decide#1', cleo, 'yes').state.outcome).toBe('live');
  });
});

describe('ordered seats', () => {
  const quorum: Quorum = { ...mixed, needs: 'all', ordered: true };

  it('are asked one after another', () => {
    const run = atDecision({ quorum });
    expect(rolesOf(run)).toEqual(['client.legal']);
    const refused = run.refusal(decideBy('decide#1', ben, 'yes'));
    expect(refused.code).toBe('not-your-turn');
    expect(refused.message).toContain('“legal”');
    expect(run.refusal(decideBy('decide#1', ben, 'no')).code).toBe('not-your-turn');
    run.decide('decide#1', eve, 'yes');
    expect(rolesOf(run)).toEqual(['client.approver']);
    run.decide('decide#1', ben, 'yes').decide('decide#1', cleo, 'yes');
    expect(run.state.outcome).toBe('live');
  });
});

describe('blind votes', () => {
  const quorum: Quorum = { ...mixed, needs: 'all', blind: true };

  it('show neither by what is seen nor by going on what was voted', () => {
    const run = atDecision({ quorum }).decide('decide#1', ben, 'no');
    expect(run.state.status).toBe('running');
    run.decide('decide#1', eve, 'yes');
    const [open] = run.state.tasks;
    if (!open) throw new Error('The matter was settled early.');
    const seen = (viewer: string | null) => visibleVotes(open, viewer).map((vote) => vote.outcome);
    expect(seen('ben')).toEqual(['no', null]);
    expect(seen('eve')).toEqual([null, 'yes']);
    expect(seen('cleo')).toEqual([null, null]);
    expect(seen(null)).toEqual([null, null]);
    expect(visibleVotes(open, 'cleo').map(({ personId }) => personId)).toEqual(['ben', 'eve']);
    run.decide('decide#1', cleo, 'yes');
    expect(run.state.outcome).toBe('rejected');
  });

  it('are hidden in events and capsules too, until the matter is settled', () => {
    const run = atDecision({ quorum }).decide('decide#1', deputy(ben, dan), 'no');
    const event = lastDecision(run);
    if (event?.type !== 'decision-recorded') throw new Error('Nothing was decided.');
    const hidden = (viewer: string | null) => isVoteHidden(run.state.tasks, event, viewer);
    expect(['ben', 'dan', 'cleo', null].map(hidden)).toEqual([false, false, true, true]);
    run.decide('decide#1', eve, 'no').decide('decide#1', cleo, 'no');
    expect(hidden('cleo')).toBe(false);
  });

  it('of others are open where the matter is not blind', () => {
    const run = atDecision({ quorum: mixed }).decide('decide#1', ben, 'no');
    const [open] = run.state.tasks;
    expect(open && visibleVotes(open, 'cleo')).toEqual([{ personId: 'ben', outcome: 'no' }]);
  });

  it('pass only through an open gate, also when the last one is against', () => {
    const gate = [
      {
        key: 'low',
        label: 'Low tier',
        cure: '',
        holds: { fact: 'tier', is: 'equal', value: 'low' },
      },
    ] as const;
    const run = atDecision({ gate, quorum: { ...quorum, needs: 2 } });
    run.decide('decide#1', ben, 'yes').decide('decide#1', cleo, 'yes').with({ tier: 'high' });
    expect(run.refusal(decideBy('decide#1', eve, 'no')).code).toBe('gate-not-met');
    expect(run.with({ tier: 'low' }).decide('decide#1', eve, 'no').state.outcome).toBe('live');
  });
});

describe('a deputy', () => {
  const byFay = { quorum: { seats: [{ role: 'client.top_management', count: 2 }], needs: 1 } };

  it('decides with the rights of either, and the vote says for whom', () => {
    const run = atDecision({ quorum: { ...byFay.quorum, needs: 2 } });
    expect(run.refusal(decideBy('decide#1', ben, 'yes')).code).toBe('not-your-role');
    run.decide('decide#1', deputy(ben, fay), 'yes');
    expect(run.state.tasks[0]?.votes).toEqual([
      {
        ...{ personId: 'ben', onBehalfOf: 'fay', outcome: 'yes' },
        roles: ['client.approver', 'client.top_management'],
      },
    ]);
    expect(lastDecision(run)?.by).toMatchObject({
      personId: 'ben',
      onBehalfOf: { personId: 'fay' },
    });
    expect(run.state.performers['decide']).toEqual(['ben', 'fay']);
  });

  it('never gives the person represented a second vote, nor gets one', () => {
    const run = atDecision({ quorum: { ...byFay.quorum, needs: 2 } });
    run.decide('decide#1', deputy(ben, fay), 'yes');
    for (const again of [fay, deputy(cleo, fay), deputy(ben, { ...fay, personId: 'gil' })]) {
      expect(run.refusal(decideBy('decide#1', again, 'yes')).code).toBe('already-decided');
      expect(run.refusal({ type: 'claim', task: 'decide#1', by: again }).code).toBe(
        'already-decided',
      );
    }
  });

  it.each([
    ['the deputy prepared it', deputy(ana, ben), 'You prepared it.'],
    ['the person represented prepared it', deputy(ben, ana), 'You prepared it.'],
    ['the deputy owns it', deputy({ ...ben, personId: 'olga' }, cleo), 'You own it.'],
    ['the person represented owns it', deputy(ben, { ...cleo, personId: 'olga' }), 'You own it.'],
  ])('is kept out when %s', (_, by, because) => {
    const run = atDecision({}, { owner: 'olga' });
    const refused = run.refusal(decideBy('decide#1', by, 'yes'));
    expect(refused).toMatchObject({ code: 'separation-of-duties' });
    expect(refused.message).toContain(because);
    expect(run.decide('decide#1', deputy(ben, cleo), 'yes').state.outcome).toBe('live');
  });

  it('is judged at the moment of acting, not when the work was taken', () => {
    const run = atDecision({}, { owner: 'olga' });
    run.do({ type: 'claim', task: 'decide#1', by: deputy(ben, cleo) }).with({ owner: 'cleo' });
    expect(run.refusal(decideBy('decide#1', deputy(ben, cleo), 'yes'))).toMatchObject({
      ...{ code: 'separation-of-duties', rule: 'SOD-01' },
    });
    expect(run.decide('decide#1', ben, 'yes').state.outcome).toBe('live');
  });

  it('may do what the person represented has, and keeps both apart from later steps', () => {
    const run = new Driven(decision(), { facts: { tier: 'low' } });
    run.do({ type: 'assign', task: 'prepare#1', assignee: 'ana', by: { kind: 'system' } });
    run.submit('prepare#1', deputy(ben, ana));
    expect(run.state.performers['prepare']).toEqual(['ben', 'ana']);
    expect(run.refusal(decideBy('decide#1', ben, 'yes')).rule).toBe('SOD-05');
  });

  it('is never an adviser', () => {
    const run = atDecision({});
    const by = adviser('ida', 'client.approver');
    if (by.kind !== 'person') throw new Error('An adviser is a person.');
    for (const each of [by, deputy(by, ben)]) {
      expect(run.refusal(decideBy('decide#1', each, 'yes'))).toMatchObject({
        ...{ code: 'adviser-never-approves', rule: 'SOD-07' },
      });
    }
    const work = new Driven(decision(), { facts: {} });
    expect(
      work.refusal({ type: 'submit', task: 'prepare#1', answers: {}, by: deputy(by, ana) }).code,
    ).toBe('adviser-never-approves');
  });
});
