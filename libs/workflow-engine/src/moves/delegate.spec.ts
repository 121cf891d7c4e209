import type { Command } from '../run/run.ts';
import { Driven, decision as decideBy } from '../testing/driven.ts';
import { ana, ben, cleo, dan, decision, deputy, eve } from '../testing/people.data.ts';
import { adviser, system } from '../testing/samples.data.ts';

const around = { facts: { tier: 'low', owner: 'olga' } };
const atDecision = (change = {}) => new Driven(decision(change), around).submit('prepare#1', ana);
const atWork = (work = {}) => new Driven(decision({}, work), around);

function give(
  task: string,
  by: Command['by'],
  to: string,
  ...toRoles: string[]
): Command & { readonly type: 'delegate' } {
  return { type: 'delegate', task, to, toRoles, reason: 'On leave.', by };
}
const approver = 'client.approver';

describe('giving a task on', () => {
  it('gives it to the other, says why, and remembers from whom it came', () => {
    const run = atDecision().do({ type: 'claim', task: 'decide#1', by: ben });
    run.do(give('decide#1', ben, 'cleo', approver));
    expect(run.state.tasks[0]).toMatchObject({ assignee: 'cleo', delegatedBy: ['ben'] });
    expect(run.events.at(-1)).toMatchObject({
      ...{ type: 'task-delegated', assignee: 'cleo', reason: 'On leave.', by: ben },
    });
    expect(run.refusal(decideBy('decide#1', ben, 'yes')).code).toBe('taken-by-someone-else');
    expect(run.decide('decide#1', cleo, 'yes').state.outcome).toBe('live');
  });

  it('needs no claiming first', () => {
    const run = atDecision().do(give('decide#1', ben, 'cleo', approver));
    expect(run.state.tasks[0]?.assignee).toBe('cleo');
  });

  it('can be done again, and all who gave it are remembered', () => {
    const run = atDecision().do(give('decide#1', ben, 'cleo', approver));
    run.do(give('decide#1', cleo, 'dan', approver));
    expect(run.state.tasks[0]).toMatchObject({ assignee: 'dan', delegatedBy: ['ben', 'cleo'] });
    run.do(give('decide#1', dan, 'ben', approver));
    expect(run.state.tasks[0]).toMatchObject({ assignee: 'ben', delegatedBy: ['cleo', 'dan'] });
  });

  it.each<[string, Command]>([
    ['given back', { type: 'release', task: 'decide#1', by: cleo }],
    ['assigned', { type: 'assign', task: 'decide#1', assignee: 'dan', by: system }],
  ])('is forgotten when the task is %s', (_, command) => {
    const run = atDecision()
      .do(give('decide#1', ben, 'cleo', approver))
      .do(command);
    expect(run.state.tasks[0]?.delegatedBy).toEqual([]);
  });

  it('keeps apart who gave it and who got it, at the moment of acting', () => {
    const run = atDecision()
      .do(give('decide#1', ben, 'cleo', approver))
      .with({ owner: 'ben' });
    const refused = run.refusal(decideBy('decide#1', cleo, 'yes'));
    expect(refused).toMatchObject({ code: 'separation-of-duties', rule: 'SOD-01' });
    expect(refused.message).toContain('The person you act for');
    run.with({ owner: 'cleo' });
    expect(run.refusal(decideBy('decide#1', cleo, 'yes')).rule).toBe('SOD-01');
    expect(run.with({ owner: 'olga' }).decide('decide#1', cleo, 'yes').state.outcome).toBe('live');
  });

  it('does not burden somebody else who may act', () => {
    const run = atDecision()
      .do(give('decide#1', ben, 'cleo', approver))
      .with({ owner: 'ben' });
    run.do({ type: 'release', task: 'decide#1', by: cleo });
    expect(run.decide('decide#1', dan, 'yes').state.outcome).toBe('live');
  });

  it.each([
    ['somebody without the role', give('decide#1', ben, 'eve', 'client.legal'), 'cannot-delegate'],
    ['nobody with any role', give('decide#1', ben, 'eve'), 'cannot-delegate'],
    ['oneself', give('decide#1', ben, 'ben', approver), 'cannot-delegate'],
    [
      'the person represented',
      give('decide#1', deputy(ben, dan), 'dan', approver),
      'cannot-delegate',
    ],
    ['whom separation keeps out', give('decide#1', ben, 'ana', approver), 'separation-of-duties'],
    ['the owner', give('decide#1', ben, 'olga', approver), 'separation-of-duties'],
    ['anyone by one who may not', give('decide#1', eve, 'cleo', approver), 'not-your-role'],
    [
      'anyone by one kept out',
      give('decide#1', { ...ben, personId: 'ana' }, 'cleo', approver),
      'separation-of-duties',
    ],
    [
      'anyone by an adviser',
      give('decide#1', adviser('ida', approver), 'cleo', approver),
      'adviser-never-approves',
    ],
    ['anyone by the clock', give('decide#1', system, 'cleo', approver), 'not-your-role'],
    [
      'anyone without a reason',
      { ...give('decide#1', ben, 'cleo', approver), reason: ' ' },
      'reason-required',
    ],
    ['what is not open', give('prepare#1', ana, 'cleo', approver), 'unknown-task'],
  ])('to %s is refused', (_, command, code) => {
    const run = atDecision();
    expect(run.refusal(command).code).toBe(code);
    expect(run.state.tasks[0]?.assignee).toBeNull();
  });

  it('is refused to whoever has voted, and by whoever has', () => {
    const quorum = { seats: [{ role: approver, count: 2 }], needs: 'all' } as const;
    const run = atDecision({ quorum }).decide('decide#1', ben, 'yes');
    expect(run.refusal(give('decide#1', cleo, 'ben', approver)).code).toBe('already-decided');
    expect(run.refusal(give('decide#1', ben, 'cleo', approver)).code).toBe('already-decided');
  });

  it('is refused for what somebody else has', () => {
    const run = atDecision().do({ type: 'claim', task: 'decide#1', by: ben });
    expect(run.refusal(give('decide#1', cleo, 'dan', approver)).code).toBe('taken-by-someone-else');
  });

  it('is refused where the step forbids it', () => {
    const run = atDecision({ delegable: 'nobody' });
    expect(run.refusal(give('decide#1', ben, 'cleo', approver)).code).toBe('cannot-delegate');
  });

  it('never makes a decision one for anybody', () => {
    const run = atDecision({ delegable: 'anyone' });
    expect(run.refusal(give('decide#1', ben, 'eve', 'client.legal')).code).toBe('cannot-delegate');
  });
});

describe('work for anybody', () => {
  it('is given to somebody without the role, who then acts on behalf of the giver', () => {
    const run = atWork({ delegable: 'anyone' }).do(give('prepare#1', ana, 'eve', 'client.legal'));
    const submitted = { type: 'submit', task: 'prepare#1', answers: {} } as const;
    expect(run.refusal({ ...submitted, by: eve }).code).toBe('not-your-role');
    run.do({ ...submitted, by: deputy(eve, ana) });
    expect(run.state.performers['prepare']).toEqual(['eve', 'ana']);
  });

  it('is otherwise for people with the role', () => {
    const run = atWork();
    expect(run.refusal(give('prepare#1', ana, 'eve', 'client.legal')).code).toBe('cannot-delegate');
    run.do(give('prepare#1', ana, 'abe', 'client.staff'));
    expect(run.state.tasks[0]?.assignee).toBe('abe');
  });
});
