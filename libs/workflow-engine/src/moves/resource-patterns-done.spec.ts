import type { ApprovalStep, EscalationLevel } from '../definition/definition.ts';
import type { Command } from '../run/run.ts';
import { rolesNow } from '../people/seats.ts';
import {
  ana,
  ben,
  candidate,
  cleo,
  dan,
  decision,
  deputy,
  eve,
  fay,
} from '../testing/people.data.ts';
import { decision as decideBy, Driven } from '../testing/driven.ts';
import { provePatterns } from '../testing/patterns/prove.ts';
import { resourcePatterns } from '../testing/patterns/resource-patterns.data.ts';
import { aDefinition, end, person, system, task } from '../testing/samples.data.ts';

const facts = { tier: 'low', owner: 'olga' };
const both = [
  { role: 'client.legal', count: 1 },
  { role: 'client.approver', count: 1 },
];

function at(change: Partial<ApprovalStep> = {}): Driven {
  return new Driven(decision(change), { facts }).submit('prepare#1', ana);
}
const claim = (by: Command['by']): Command => ({ type: 'claim', task: 'decide#1', by });
const giveOn = (by: Command['by'], to: string): Command => ({
  ...{ type: 'delegate', task: 'decide#1', to, toRoles: ['client.approver'], reason: 'Leave.', by },
});
const roles = (run: Driven) => run.state.tasks.flatMap((open) => rolesNow(open));

/** Two pieces of work for the same people at once. */
const twoAtOnce = aDefinition('split', [
  {
    ...{ type: 'parallel', id: 'split', stage: 'main', name: 'Both', join: 'join' },
    branches: [
      { id: 'left', start: 'left' },
      { id: 'right', start: 'right' },
    ],
  },
  task('left', 'join'),
  task('right', 'join'),
  { type: 'join', id: 'join', stage: 'main', name: 'Done', closes: 'split', next: [{ to: 'end' }] },
  end('end'),
]);

provePatterns(resourcePatterns, 'Pull patterns', {
  'WRP-21': () => {
    const run = at().do(claim(ben));
    expect(run.state.tasks[0]).toMatchObject({ assignee: 'ben', votes: [] });
  },
  'WRP-22': () => {
    const run = at().do(claim(ben)).at('2026-12-24T10:00:00.000Z');
    expect(run.decide('decide#1', ben, 'yes').state.outcome).toBe('live');
  },
  'WRP-23': () => {
    expect(at().decide('decide#1', ben, 'yes').since(0)).not.toContain('task-claimed');
  },
  'WRP-24': () => {
    const run = at({ quorum: { seats: both, needs: 'all', ordered: true } });
    expect(roles(run)).toEqual(['client.legal']);
    expect(roles(run.decide('decide#1', eve, 'yes'))).toEqual(['client.approver']);
  },
  'WRP-26': () => {
    const orders = [
      ['left#1', 'right#1'],
      ['right#1', 'left#1'],
    ] as const;
    for (const [one, other] of orders) {
      const run = new Driven(twoAtOnce).submit(one, ana).submit(other, ana);
      expect(run.state.status).toBe('ended');
    }
  },
});

const chain: readonly EscalationLevel[] = [
  { at: 50, action: 'remind' },
  { at: 100, action: 'reassign', role: 'client.top_management' },
];
const escalate = (run: Driven, level: number) =>
  run
    .at(run.state.timers.find(({ key }) => key === `decide#1^${level}`)?.dueAt ?? '')
    .do({ type: 'fire-timer', timer: `decide#1^${level}`, by: system });

provePatterns(resourcePatterns, 'Detour patterns', {
  'WRP-27': () => {
    const run = at().do(giveOn(ben, 'cleo'));
    expect(run.state.tasks[0]).toMatchObject({ assignee: 'cleo', delegatedBy: ['ben'] });
    // What keeps either of them out is looked at when the decision is made.
    for (const owner of ['ben', 'cleo']) {
      const refused = run.with({ owner }).refusal(decideBy('decide#1', cleo, 'yes'));
      expect(refused.code).toBe('separation-of-duties');
    }
    expect(run.with({ owner: 'olga' }).decide('decide#1', cleo, 'yes').state.outcome).toBe('live');
    for (const by of [deputy(ana, ben), deputy(ben, ana)]) {
      expect(at().refusal(decideBy('decide#1', by, 'yes')).code).toBe('separation-of-duties');
    }
    expect(at().decide('decide#1', deputy(fay, ben), 'yes').state.outcome).toBe('live');
  },
  'WRP-28': () => {
    const run = escalate(escalate(at({ escalation: chain }).do(claim(ben)), 1), 2);
    expect(run.refusal(decideBy('decide#1', ben, 'yes')).code).toBe('not-your-role');
    expect(run.decide('decide#1', fay, 'yes').state.outcome).toBe('live');
  },
  'WRP-29': () => {
    const run = at().do(claim(ben)).do({ type: 'release', task: 'decide#1', by: ben });
    expect(run.state.tasks[0]?.assignee).toBeNull();
    expect(run.decide('decide#1', cleo, 'yes').state.outcome).toBe('live');
  },
  'WRP-30': () => {
    const run = at({
      escalation: chain,
      quorum: { seats: [{ role: 'client.approver', count: 2 }], needs: 'all' },
    });
    escalate(run.decide('decide#1', ben, 'yes'), 1);
    const [before] = run.do(claim(cleo)).state.tasks;
    const [after] = run.do(giveOn(cleo, 'dan')).state.tasks;
    expect(after).toEqual({ ...before, assignee: 'dan', delegatedBy: ['cleo'] });
    expect(after).toMatchObject({ level: 1, votes: [{ personId: 'ben' }] });
    expect(run.decide('decide#1', dan, 'yes').state.outcome).toBe('live');
  },
  'WRP-31': () => {
    const quorum = { seats: [{ role: 'client.approver', count: 2 }], needs: 'all' } as const;
    const run = at({ quorum }).decide('decide#1', ben, 'yes');
    run.do({
      ...{ type: 'repair', action: { kind: 'retry', key: 'decide#1' } },
      ...{ reason: 'Voted on an old draft.', by: system },
    });
    expect(run.state.tasks).toMatchObject([{ key: 'decide#2', assignee: null, votes: [] }]);
  },
  'WRP-32': () => {
    const run = at().do(claim(ben));
    run.do({ type: 'hold', task: 'decide#1', reason: 'Waits for the supplier.', by: ben });
    expect(run.refusal(decideBy('decide#1', ben, 'yes')).code).toBe('task-on-hold');
    run.at('2026-12-01T10:00:00.000Z').do({ type: 'continue', task: 'decide#1', by: ben });
    expect(run.state.tasks[0]?.dueAt).toBe('2026-12-03T17:00:00.000Z');
    expect(run.decide('decide#1', ben, 'yes').state.outcome).toBe('live');
  },
  'WRP-33': () => {
    const run = new Driven(decision(), { facts });
    run.do({
      ...{ type: 'repair', action: { kind: 'skip', key: 'prepare#1' } },
      ...{ reason: 'Was prepared elsewhere.', by: system },
    });
    expect(run.open).toEqual(['decide#1']);
    expect(run.state.performers['prepare']).toBeUndefined();
  },
  'WRP-34': () => {
    const steps = [task('one', 'two'), task('two', 'end', { sendBackTo: ['one'] }), end('end')];
    const run = new Driven(aDefinition('one', steps)).submit('one#1', ana);
    run.do({ type: 'send-back', task: 'two#1', to: 'one', reason: 'Too short.', by: ana });
    expect(run.open).toEqual(['one#2']);
    expect(run.submit('one#2', ana).open).toEqual(['two#2']);
  },
});

provePatterns(resourcePatterns, 'Auto-start patterns', {
  'WRP-36': () => {
    const candidates = [candidate('cleo')];
    const run = new Driven(decision({ assign: 'least-loaded' }), { facts, candidates });
    const before = run.events.length;
    run.submit('prepare#1', ana);
    expect(run.events.slice(before).find(({ type }) => type === 'task-opened')).toMatchObject({
      task: { assignee: 'cleo' },
    });
  },
  'WRP-37': () => {
    const run = at().do(claim(ben));
    expect(run.refusal(claim(cleo)).code).toBe('taken-by-someone-else');
    expect(run.decide('decide#1', ben, 'yes').state.outcome).toBe('live');
  },
  'WRP-39': () => {
    const steps = [
      task('one', 'two'),
      task('two', 'three', { assign: 'familiar' }),
      task('three', 'end', { assign: 'familiar' }),
      end('end'),
    ];
    const candidates = [candidate('ana', { roles: ['client.staff'] })];
    const run = new Driven(aDefinition('one', steps), { candidates }).submit('one#1', ana);
    expect(run.state.tasks[0]?.assignee).toBe('ana');
    expect(run.submit('two#1', ana).state.tasks[0]?.assignee).toBe('ana');
  },
});

provePatterns(resourcePatterns, 'Visibility patterns', {
  'WRP-40': () => {
    expect(roles(at({ quorum: { seats: both, needs: 'all' } }))).toEqual([
      ...['client.legal', 'client.approver'],
    ]);
    expect(roles(at({ quorum: { seats: both, needs: 'all', ordered: true } }))).toEqual([
      'client.legal',
    ]);
  },
});

provePatterns(resourcePatterns, 'Multiple-resource patterns', {
  'WRP-42': () => {
    const run = new Driven(twoAtOnce);
    for (const key of run.open) run.do({ type: 'claim', task: key, by: ana });
    expect(run.state.tasks.map(({ assignee }) => assignee)).toEqual(['ana', 'ana']);
  },
  'WRP-43': () => {
    const tell = [{ at: 50, action: 'tell', role: 'client.aims_manager' }] as const;
    const mia = person('mia', 'client.aims_manager');
    const run = at({ escalation: tell });
    expect(run.refusal(decideBy('decide#1', mia, 'yes')).code).toBe('not-your-role');
    expect(escalate(run, 1).decide('decide#1', mia, 'yes').state.outcome).toBe('live');
  },
});
