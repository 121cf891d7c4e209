import type { Step, StepId, WorkflowDefinition } from '../definition/definition.ts';
import { move } from './move.ts';
import type { Command, Refusal } from '../run/run.ts';
import { decision, Driven } from '../testing/driven.ts';
import {
  aDefinition,
  adviser,
  approval,
  end,
  parallel,
  person,
  surroundings,
  system,
  task,
} from '../testing/samples.data.ts';

const ana = person('ana', 'client.staff');
const ben = person('ben', 'client.risk_owner', 'client.approver');
const cleo = person('cleo', 'client.approver');
const dan = person('dan', 'client.approver');
const eve = person('eve', 'client.top_management');
const known = { trained: true, owner: 'ana', orgSize: 'small', residualLevel: 'low' };

/** The approval run, waiting for its decision. */
function atDecision(score: number, facts = {}): Driven {
  return new Driven(approval, { facts: { ...known, ...facts } })
    .submit('describe#1', ana, { name: 'Helper', score })
    .submit('review#1', ben);
}

describe('a run from proposal to decision', () => {
  it('goes through form, table, review and approval to its end', () => {
    const run = atDecision(7).decide('decide#1', cleo, 'approve');
    expect(run.events.map(({ type }) => type)).toEqual([
      ...['run-started', 'step-entered', 'task-opened'],
      ...['task-submitted', 'task-closed', 'facts-set', 'step-left'],
      ...['step-entered', 'table-evaluated', 'facts-set', 'step-left'],
      ...['step-entered', 'task-opened'],
      ...['task-submitted', 'task-closed', 'step-left', 'step-entered', 'task-opened'],
      ...['decision-recorded', 'task-closed', 'facts-set', 'step-left'],
      ...['step-entered', 'step-left', 'run-ended'],
    ]);
    expect(run.state).toMatchObject({
      ...{ runId: 'run-1', status: 'ended', outcome: 'approved', tokens: [], tasks: [] },
      facts: { describedBy: 'ana', decidedBy: 'cleo', outcome: 'approve', tier: 'limited' },
      performers: { describe: ['ana'], review: ['ben'], decide: ['cleo'] },
    });
    expect(run.events.at(-1)).toMatchObject({ writes: { tier: 'limited', stage: 'live' } });
  });

  it('offers the work to the person whom the fact names and sets deadlines in business days', () => {
    const run = new Driven(approval, { facts: known });
    expect(run.state.tasks).toMatchObject([
      {
        ...{ key: 'describe#1', step: 'describe', role: 'client.staff', also: null },
        ...{ assignee: 'ana', needed: 1, votes: [], blocked: null },
        dueAt: '2026-11-26T17:00:00.000Z',
      },
    ]);
  });

  it.each([
    [14, '2026-12-08T17:00:00.000Z'],
    [7, '2026-12-01T17:00:00.000Z'],
  ])('takes the first deadline whose condition holds (score %d)', (score, dueAt) => {
    expect(atDecision(score).state.tasks[0]?.dueAt).toBe(dueAt);
  });

  it('does not offer a task to somebody whom separation of duties would refuse', () => {
    expect(atDecision(7, { approver: 'ana' }).state.tasks[0]?.assignee).toBeNull();
    expect(atDecision(7, { approver: 'cleo' }).state.tasks[0]?.assignee).toBe('cleo');
  });

  it.each([
    [['cleo'], 'cleo'],
    [['cleo', 'dan'], null],
    [[], null],
    [[''], null],
    [null, null],
  ])('offers it to a fact that holds people only when that is one (%j)', (approvers, assignee) => {
    const several: WorkflowDefinition = {
      ...approval,
      facts: approval.facts.map((fact) =>
        fact.name === 'approver' ? { ...fact, type: { kind: 'people' } } : fact,
      ),
    };
    const run = new Driven(several, { facts: { ...known, approver: approvers } })
      .submit('describe#1', ana, { name: 'Helper', score: 7 })
      .submit('review#1', ben);
    expect(run.state.tasks[0]?.assignee).toBe(assignee);
  });

  it('records what a table looked at and which row gave the answer', () => {
    expect(atDecision(7).events).toContainEqual(
      expect.objectContaining({
        ...{ type: 'table-evaluated', table: 'DT-TIER', row: 2 },
        ...{ inputs: { score: 7 }, outputs: { tier: 'limited' } },
      }),
    );
  });

  it('repeats earlier steps after being sent back, and keeps everybody who ever did them', () => {
    const run = new Driven(approval, { facts: known })
      .submit('describe#1', ana, { name: 'Helper', score: 7 })
      .do({ type: 'send-back', task: 'review#1', to: 'describe', reason: 'Too short.', by: ben });
    expect(run.open).toEqual(['describe#2']);
    run
      .do({ type: 'assign', task: 'describe#2', assignee: null, by: system })
      .submit('describe#2', person('fay', 'client.staff'), { name: 'Helper', score: 8 })
      .submit('review#2', ben)
      .decide('decide#1', cleo, 'changes');
    expect(run.open).toEqual(['describe#3']);
    expect(run.state.visits).toEqual({ describe: 3, tier: 2, review: 2, decide: 1 });
    expect(run.state.performers['describe']).toEqual(['ana', 'fay']);
    expect(run.state.facts).toMatchObject({ score: 8, outcome: 'changes' });
  });

  it('freezes what the decision rests on', () => {
    const run = atDecision(7).decide('decide#1', cleo, 'approve');
    expect(run.events.find(({ type }) => type === 'decision-recorded')).toMatchObject({
      basis: { name: 'Helper', tier: 'limited', residualLevel: 'low', trained: true },
      ...{ final: true, result: 'approve', reason: 'Because.', waived: [] },
    });
  });
});

describe('the approvers', () => {
  const one = { role: 'client.approver', also: null };
  const two = { role: 'client.top_management', also: 'client.approver' };

  it.each([
    ['minimal', 3, { trained: null }, { ...one, needed: 1 }],
    ['limited', 7, {}, { ...one, needed: 1 }],
    ['high', 20, {}, { ...one, needed: 2 }],
    ['high residual risk', 7, { residualLevel: 'high' }, { ...two, needed: 2 }],
  ])('of %s are set by the table', (_, score, facts, authority) => {
    expect(atDecision(score, facts).state.tasks[0]).toMatchObject(authority);
  });

  it('decide together, the same person never twice', () => {
    const run = atDecision(20).decide('decide#1', cleo, 'approve');
    expect(run.state.tasks[0]?.votes).toEqual([
      { personId: 'cleo', roles: ['client.approver'], outcome: 'approve' },
    ]);
    expect(run.refusal(decision('decide#1', cleo, 'approve')).code).toBe('already-decided');
    expect(run.refusal({ type: 'claim', task: 'decide#1', by: cleo }).code).toBe('already-decided');
    expect(
      run.refusal({ type: 'assign', task: 'decide#1', assignee: 'cleo', by: system }).code,
    ).toBe('already-decided');
    expect(run.decide('decide#1', dan, 'approve').state.outcome).toBe('approved');
  });

  it('are overruled by any one of them who does not approve', () => {
    const run = atDecision(20)
      .decide('decide#1', cleo, 'approve')
      .decide('decide#1', dan, 'reject');
    expect(run.state.outcome).toBe('rejected');
  });

  it.each([
    ['approve-with-conditions', 'approve'],
    ['approve', 'approve-with-conditions'],
  ])('are all bound by one who sets conditions (%s, then %s)', (first, second) => {
    const run = atDecision(20).decide('decide#1', cleo, first).decide('decide#1', dan, second);
    expect(run.state.outcome).toBe('approved-with-conditions');
    expect(run.state.facts['outcome']).toBe('approve-with-conditions');
  });

  it('must fill the seats of both roles', () => {
    const run = atDecision(7, { residualLevel: 'high' }).decide('decide#1', cleo, 'approve');
    const refused = run.refusal(decision('decide#1', dan, 'approve'));
    expect(refused).toMatchObject({ code: 'not-your-role' });
    expect(refused.message).toContain('“top management” must');
    expect(run.decide('decide#1', eve, 'approve').state.outcome).toBe('approved');
  });

  it('take one seat even with both roles', () => {
    const both = person('gus', 'client.top_management', 'client.approver');
    const run = atDecision(7, { residualLevel: 'high' }).decide('decide#1', both, 'approve');
    expect(run.state.status).toBe('running');
    expect(run.decide('decide#1', eve, 'approve').state.outcome).toBe('approved');
  });

  it('are looked up again at the decision, on the facts of that moment', () => {
    const run = atDecision(7, { residualLevel: 'critical' });
    expect(run.state.tasks[0]?.blocked).toBe('Treat the critical risk, or stop.');
    expect(run.refusal(decision('decide#1', eve, 'approve')).code).toBe('approval-blocked');
    run.with({ residualLevel: 'low' });
    expect(run.refusal(decision('decide#1', eve, 'approve')).code).toBe('not-your-role');
    run.decide('decide#1', cleo, 'approve');
    expect(run.events).toContainEqual(
      expect.objectContaining({
        ...{ type: 'authority-changed', role: 'client.approver', needed: 1, blocked: null },
      }),
    );
    expect(run.state.outcome).toBe('approved');
  });

  it('can settle a matter for which fewer are needed by now', () => {
    const run = atDecision(7, { residualLevel: 'high' }).decide('decide#1', cleo, 'approve');
    run.with({ residualLevel: 'low' });
    expect(run.decide('decide#1', dan, 'approve').state.outcome).toBe('approved');
  });

  it('can decide otherwise while approval is blocked', () => {
    const run = atDecision(7, { residualLevel: 'critical' }).decide('decide#1', eve, 'reject');
    expect(run.state.outcome).toBe('rejected');
  });

  it('are nobody while no row of the table fits', () => {
    const run = atDecision(7).with({});
    run.state = { ...run.state, facts: { ...run.state.facts, tier: null } };
    expect(run.refusal(decision('decide#1', cleo, 'approve'))).toMatchObject({
      code: 'approval-blocked',
      message: expect.stringContaining('No rule of “Who approves” fits'),
    });
  });
});

describe('separation of duties', () => {
  const owner = person('ana', 'client.approver');

  it('is judged for the real person on the facts of the decision', () => {
    const run = atDecision(7).with({ owner: 'zoe' });
    const zoe = person('zoe', 'client.approver');
    expect(run.refusal(decision('decide#1', zoe, 'approve'))).toMatchObject({
      ...{ code: 'separation-of-duties', rule: 'SOD-01' },
      message: 'You own this system. Ask someone else to do “Go live”.',
    });
    expect(run.refusal(decision('decide#1', zoe, 'reject')).code).toBe('separation-of-duties');
    run.with({ owner: 'cleo' });
    expect(run.decide('decide#1', zoe, 'approve').state.outcome).toBe('approved');
  });

  it('also keeps people from a form', () => {
    const filled: WorkflowDefinition = {
      ...approval,
      steps: approval.steps.map((step) =>
        step.id === 'review' && step.type === 'task' ? { ...step, type: 'form' } : step,
      ),
    };
    const both = person('ana', 'client.staff', 'client.risk_owner');
    const run = new Driven(filled, { facts: known }).submit('describe#1', both, {
      name: 'Helper',
      score: 7,
    });
    const command: Command = { type: 'submit', task: 'review#1', answers: {}, by: both };
    expect(run.refusal(command).rule).toBe('SOD-05');
  });

  it('keeps whoever did an earlier step from the later one', () => {
    const both = person('ana', 'client.staff', 'client.risk_owner');
    const run = new Driven(approval, { facts: known }).submit('describe#1', both, {
      name: 'Helper',
      score: 7,
    });
    const command: Command = { type: 'submit', task: 'review#1', answers: {}, by: both };
    expect(run.refusal(command)).toMatchObject({ code: 'separation-of-duties', rule: 'SOD-05' });
    expect(run.refusal({ type: 'claim', task: 'review#1', by: both }).rule).toBe('SOD-05');
    expect(
      run.refusal({ type: 'assign', task: 'review#1', assignee: 'ana', by: system }).rule,
    ).toBe('SOD-05');
  });

  it.each([
    ['a micro organisation with a declared exception', 7, 'micro', ['SOD-01'], true],
    ['a micro organisation without one', 7, 'micro', [], false],
    ['an exception to another rule', 7, 'micro', ['SOD-02'], false],
    ['a small organisation', 7, 'small', ['SOD-01'], false],
    ['a high tier', 20, 'micro', ['SOD-01'], false],
    ['nothing declared', 7, 'micro', null, false],
  ])('for %s', (_, score, orgSize, exceptions, lifted) => {
    const run = atDecision(score, { orgSize, exceptions });
    const result = run.try(decision('decide#1', owner, 'approve'));
    expect(result.refused).toBe(!lifted);
    if (!result.refused) {
      expect(result.events).toContainEqual(expect.objectContaining({ waived: ['SOD-01'] }));
    }
  });
});

describe('an exception', () => {
  it('cannot be handed in: it is the organisation’s alone', () => {
    const own: WorkflowDefinition = {
      ...approval,
      facts: approval.facts.map((fact) =>
        ['exceptions', 'orgSize'].includes(fact.name) ? { ...fact, source: 'run' } : fact,
      ),
    };
    const run = new Driven(own, { facts: known }, { exceptions: ['SOD-01'], orgSize: 'micro' })
      .submit('describe#1', ana, { name: 'Helper', score: 7 })
      .submit('review#1', ben);
    const owner = person('ana', 'client.approver');
    expect(run.refusal(decision('decide#1', owner, 'approve')).rule).toBe('SOD-01');
  });
});

describe('tasks', () => {
  it('are claimed, released and assigned', () => {
    const run = atDecision(7).do({ type: 'claim', task: 'decide#1', by: cleo });
    expect(run.state.tasks[0]?.assignee).toBe('cleo');
    expect(run.refusal({ type: 'claim', task: 'decide#1', by: dan }).code).toBe(
      'taken-by-someone-else',
    );
    expect(run.refusal({ type: 'release', task: 'decide#1', by: dan }).code).toBe(
      'taken-by-someone-else',
    );
    run.do({ type: 'release', task: 'decide#1', by: cleo });
    expect(run.state.tasks[0]?.assignee).toBeNull();
    run.do({ type: 'assign', task: 'decide#1', assignee: 'dan', by: system });
    expect(run.refusal(decision('decide#1', cleo, 'approve')).code).toBe('taken-by-someone-else');
    expect(run.decide('decide#1', dan, 'approve').state.outcome).toBe('approved');
  });

  it.each<Command>([
    { type: 'claim', task: 'decide#1', by: cleo },
    { type: 'assign', task: 'decide#1', assignee: 'cleo', by: system },
  ])('are not touched by asking again ($type)', (command) => {
    const run = atDecision(7).do(command);
    const again = run.try(command);
    expect(again).toEqual({ refused: false, state: run.state, events: [] });
  });

  it('may be done by the person whom the record names, also without the role', () => {
    const run = new Driven(approval, { facts: { ...known, owner: 'hal' } });
    run.submit('describe#1', person('hal'), { name: 'Helper', score: 7 });
    expect(run.open).toEqual(['review#1']);
  });
});

describe('facts', () => {
  it('of the subject win over older ones of the run; those of the run are its own', () => {
    const run = new Driven(
      approval,
      { facts: { residualLevel: 'low', tier: 'prohibited', stranger: 1 } },
      { residualLevel: 'critical', stranger: 2 },
    )
      .submit('describe#1', ana, { name: 'Helper', score: 7 })
      .submit('review#1', ben);
    expect(run.state.facts).not.toHaveProperty('stranger');
    expect(run.state.tasks[0]).toMatchObject({ blocked: null, role: 'client.approver' });
    expect(
      run.with({ residualLevel: null }).refusal(decision('decide#1', cleo, 'approve')),
    ).toMatchObject({ code: 'gate-not-met' });
  });

  it('are calculated one after the other, each on those before', () => {
    const sums = aDefinition(
      'sum',
      [
        {
          ...{ type: 'check', id: 'sum', stage: 'main', name: 'Sum' },
          set: [
            { fact: 'one', value: { cel: '1' } },
            { fact: 'two', value: { cel: 'one + one' } },
          ],
          next: [{ to: 'done', when: { cel: 'two == 2' } }, { to: 'wrong' }],
        },
        ...[end('done'), end('wrong')],
      ],
      ['one', 'two'].map((name) => ({ name, type: { kind: 'number' }, source: 'calculated' })),
    );
    const run = new Driven(sums);
    expect(run.state).toMatchObject({ outcome: 'done', facts: { one: 1, two: 2 } });
  });

  it('know the date in the organisation’s time zone', () => {
    const dated = aDefinition(
      'note',
      [
        {
          ...{ type: 'check', id: 'note', stage: 'main', name: 'Note the day' },
          set: [{ fact: 'day', value: { cel: 'today' } }],
          next: [{ to: 'done' }],
        },
        end('done'),
      ],
      [
        { name: 'today', type: { kind: 'date' }, source: 'run' },
        { name: 'day', type: { kind: 'date' }, source: 'calculated' },
      ],
    );
    const calendar = { ...surroundings().calendar, timeZone: 'Pacific/Auckland' };
    const run = new Driven(dated, { now: '2026-11-24T11:30:00.000Z', calendar });
    expect(run.state.facts).toEqual({ day: '2026-11-25' });
  });
});

describe('every refusal', () => {
  const looping: WorkflowDefinition = aDefinition('one', [
    { ...{ type: 'check', id: 'one', stage: 'main', name: 'One' }, next: [{ to: 'two' }] },
    { ...{ type: 'check', id: 'two', stage: 'main', name: 'Two' }, next: [{ to: 'one' }] },
  ]);
  const decided = () => atDecision(7).decide('decide#1', cleo, 'approve');
  const started = () => new Driven(approval, { facts: known });
  const waiting = () => new Driven(parallel).submit('prepare#1', ana);
  const start = (facts = {}): Command => ({ type: 'start', runId: 'r', facts, by: system });
  const cancel = (reason: string): Command => ({ type: 'cancel', reason, by: ben });
  const submit = (answers: object, by: Command['by'] = ana): Command => ({
    ...{ type: 'submit', task: 'describe#1', by },
    answers: { ...answers },
  });
  const sendBack = (to: StepId, reason = 'No.'): Command => ({
    ...{ type: 'send-back', task: 'review#1', to, reason, by: ben },
  });
  const atReview = () => started().submit('describe#1', ana, { name: 'Helper', score: 7 });

  it.each<[Refusal['code'], string, Driven, Command]>([
    ['run-not-active', 'an ended run', decided(), cancel('Late.')],
    ['run-not-active', 'a cancelled run', started().do(cancel('Stop.')), cancel('Again.')],
    ['already-started', 'a second start', started(), start()],
    ['unknown-task', 'a finished task', decidedTask(), submit({})],
    ['unknown-task', 'a task that never was', started(), decision('x#1', cleo, 'approve')],
    [
      'unknown-outcome',
      'an outcome that is not there',
      atDecision(7),
      decision('decide#1', cleo, 'x'),
    ],
    ['unknown-outcome', 'one not offered now', atDecision(7), decision('decide#1', cleo, 'stop')],
    ['unknown-outcome', 'a decision on a form', started(), decision('describe#1', ana, 'approve')],
    [
      'unknown-outcome',
      'answers to a decision',
      atDecision(7),
      { type: 'submit', task: 'decide#1', answers: {}, by: cleo },
    ],
    ['not-your-role', 'another role', atDecision(7), decision('decide#1', eve, 'approve')],
    ['not-your-role', 'the system', started(), submit({ name: 'x', score: 1 }, system)],
    [
      'adviser-never-approves',
      'an adviser with the role',
      atDecision(7),
      decision('decide#1', adviser('ida', 'client.approver'), 'reject'),
    ],
    [
      'adviser-never-approves',
      'an adviser’s claim',
      atDecision(7),
      { type: 'claim', task: 'decide#1', by: adviser('ida', 'client.approver') },
    ],
    [
      'gate-not-met',
      'an unmet condition',
      atDecision(7, { trained: false }),
      decision('decide#1', cleo, 'approve'),
    ],
    [
      'gate-not-met',
      'an unknown',
      atDecision(7, { trained: null }),
      decision('decide#1', cleo, 'approve'),
    ],
    [
      'reason-required',
      'a blank reason',
      atDecision(7),
      { ...decision('decide#1', cleo, 'reject'), reason: '  ' },
    ],
    [
      'reason-required',
      'a reason that cannot be kept',
      atDecision(7),
      { ...decision('decide#1', cleo, 'approve'), reason: 'a\u0000b' },
    ],
    [
      'conditions-required',
      'a condition by a day that is none',
      atDecision(7),
      {
        ...decision('decide#1', cleo, 'approve-with-conditions'),
        conditions: [{ text: 'Train', owner: 'ana', due: '2027-02-30' }],
      },
    ],
    ['reason-required', 'a blank reason to cancel', started(), cancel(' ')],
    ['reason-required', 'a blank reason to send back', atReview(), sendBack('describe', '')],
    [
      'conditions-required',
      'no conditions',
      atDecision(7),
      { ...decision('decide#1', cleo, 'approve-with-conditions'), conditions: [] },
    ],
    [
      'conditions-required',
      'a condition without an owner',
      atDecision(7),
      {
        ...decision('decide#1', cleo, 'approve-with-conditions'),
        conditions: [{ text: 'Train', owner: '', due: '2027-01-31' }],
      },
    ],
    [
      'conditions-required',
      'conditions on a plain approval',
      atDecision(7),
      {
        ...decision('decide#1', cleo, 'approve'),
        conditions: [{ text: 'Train', owner: 'ana', due: '2027-01-31' }],
      },
    ],
    ['invalid-answers', 'a missing answer', started(), submit({ name: 'Helper' })],
    ['cannot-send-back', 'a step not named', atReview(), sendBack('decide')],
    [
      'cannot-send-back',
      'a form without targets',
      started(),
      { type: 'send-back', task: 'describe#1', to: 'describe', reason: 'No.', by: ana },
    ],
    [
      'cannot-send-back',
      'a decision',
      atDecision(7),
      { type: 'send-back', task: 'decide#1', to: 'describe', reason: 'No.', by: cleo },
    ],
    [
      'taken-by-someone-else',
      'an assigned task',
      started(),
      submit({ name: 'x', score: 1 }, person('bo', 'client.staff')),
    ],
    [
      'unknown-timer',
      'a timer not armed',
      started(),
      { type: 'fire-timer', timer: 'wait#1', by: system },
    ],
    [
      'timer-not-due',
      'a timer too early',
      waiting(),
      { type: 'fire-timer', timer: 'wait#1', by: system },
    ],
    [
      'unknown-child',
      'a child not started',
      waiting(),
      { type: 'end-child', child: 'called#1', outcome: 'x', facts: {}, by: system },
    ],
    [
      'cannot-continue',
      'a table without a fitting row',
      started(),
      submit({ name: 'x', score: 0 }),
    ],
  ])('%s: %s', (code, _, run, command) => {
    const { state } = run;
    const before = JSON.stringify(state);
    const refused = run.refusal(command);
    expect(refused.code).toBe(code);
    expect(refused.message).toMatch(/\.$/);
    expect(JSON.stringify(state)).toBe(before);
  });

  it.each<[Refusal['code'], WorkflowDefinition, Command]>([
    ['run-not-active', approval, cancel('Never started.')],
    ['invalid-facts', approval, start({ score: 'many' })],
    ['too-many-steps', looping, start()],
  ])('%s before there is a run', (code, definition, command) => {
    const result = move(definition, null, command, surroundings());
    expect(result).toMatchObject({ refused: true, code });
  });

  it.each([
    [199, false],
    [200, true],
  ])('of a run that passes %d steps and an ending at once', (count, refused) => {
    const checks = Array.from({ length: count }, (_, at): Step => ({
      ...{ type: 'check', id: `c${at}`, stage: 'main', name: `c${at}` },
      next: [{ to: at + 1 === count ? 'e' : `c${at + 1}` }],
    }));
    const result = move(aDefinition('c0', [...checks, end('e')]), null, start(), surroundings());
    expect(result.refused).toBe(refused);
  });

  it('names the unmet conditions with their cure and the wrong answers with their path', () => {
    const gate = atDecision(7, { trained: false });
    expect(gate.refusal(decision('decide#1', cleo, 'approve')).unmet).toEqual([
      { key: 'trained', label: 'The overseer is trained', cure: 'Train the overseer.' },
    ]);
    expect(started().refusal(submit({ name: 'Helper', score: 99, x: 1 })).problems).toEqual([
      { path: 'x', message: 'There is no such question here. Remove this answer.' },
      { path: 'score', message: '“Score” must be 24 or less.' },
    ]);
  });

  it('also meets a fact of the wrong kind in the surroundings', () => {
    const run = atDecision(7).with({ residualLevel: 7 });
    expect(run.refusal(decision('decide#1', cleo, 'approve')).code).toBe('cannot-continue');
  });

  function decidedTask(): Driven {
    return started().submit('describe#1', ana, { name: 'Helper', score: 7 });
  }
});

describe('steps that do not apply', () => {
  const optional = (when: Parameters<typeof task>[2]) =>
    aDefinition(
      'first',
      [task('first', 'second', when), task('second', 'done'), end('done')],
      [{ name: 'tier', type: { kind: 'text' }, source: 'subject' }],
    );

  it.each([
    ['are skipped', 'minimal', ['second#1']],
    ['are done when they apply', 'high', ['first#1']],
    ['are done when that cannot be told', null, ['first#1']],
  ])('%s', (_, tier, open) => {
    const when = { when: { fact: 'tier', is: 'equal' as const, value: 'high' } };
    expect(new Driven(optional(when), { facts: { tier } }).open).toEqual(open);
  });
});
