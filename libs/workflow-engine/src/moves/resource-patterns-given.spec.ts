import type { ApprovalStep, Step } from '../definition/definition.ts';
import type { Command } from '../run/run.ts';
import { rolesNow } from '../people/seats.ts';
import { ana, ben, candidate, cleo, decision, eve, fay } from '../testing/people.data.ts';
import { decision as decideBy, Driven } from '../testing/driven.ts';
import { provePatterns } from '../testing/patterns/prove.ts';
import { resourcePatterns } from '../testing/patterns/resource-patterns.data.ts';
import { aDefinition, end, person, system, task } from '../testing/samples.data.ts';

const abe = person('abe', 'client.staff');
const facts = { tier: 'low', owner: 'olga' };

function at(change: Partial<ApprovalStep>, around: ConstructorParameters<typeof Driven>[1] = {}) {
  return new Driven(decision(change), { facts, ...around }).submit('prepare#1', ana);
}
const holder = (run: Driven) => run.state.tasks[0]?.assignee;
const roles = (run: Driven) => run.state.tasks.flatMap((open) => rolesNow(open));
const codeOf = (run: Driven, key: string, by: Parameters<typeof decideBy>[1]) =>
  run.refusal(decideBy(key, by, 'yes')).code;

/** Steps of these ids one after another. */
function inLine(...steps: readonly Step[]) {
  return aDefinition(
    steps[0]?.id ?? '',
    [...steps, end('end')],
    [
      { name: 'owner', type: { kind: 'person' }, source: 'subject' },
      { name: 'skill', type: { kind: 'text' }, source: 'subject' },
      { name: 'first', type: { kind: 'person' }, source: 'run' },
      { name: 'done', type: { kind: 'boolean' }, source: 'calculated' },
    ],
  );
}

provePatterns(resourcePatterns, 'Creation patterns', {
  'WRP-1': () => {
    const run = at({ assignee: 'boss' }, { facts: { ...facts, boss: 'cleo' } });
    expect(holder(run)).toBe('cleo');
    expect(codeOf(run, 'decide#1', ben)).toBe('taken-by-someone-else');
  },
  'WRP-2': () => {
    const run = at({});
    expect(roles(run)).toEqual(['client.approver']);
    expect(codeOf(run, 'decide#1', eve)).toBe('not-your-role');
    expect(run.decide('decide#1', ben, 'yes').state.outcome).toBe('live');
  },
  'WRP-3': () => {
    const roleFrom = { cel: 'tier == "high" ? "client.top_management" : ""' };
    const run = new Driven(decision({ roleFrom }), { facts }).with({ tier: 'high' });
    run.submit('prepare#1', ana);
    expect(roles(run)).toEqual(['client.top_management']);
    expect(run.decide('decide#1', fay, 'yes').state.outcome).toBe('live');
  },
  'WRP-4': () => {
    const giveOn: Command = {
      ...{ type: 'delegate', task: 'decide#1', to: 'cleo', toRoles: ['client.approver'] },
      ...{ reason: 'Leave.', by: ben },
    };
    expect(at({}).do(giveOn).state.tasks[0]?.assignee).toBe('cleo');
    expect(at({ delegable: 'nobody' }).refusal(giveOn).code).toBe('cannot-delegate');
    const hold = { type: 'hold', task: 'decide#1', reason: 'Wait.', by: eve } as const;
    expect(at({}).refusal(hold).code).toBe('not-your-role');
  },
  'WRP-5': () => {
    const both = person('ana', 'client.staff', 'client.approver');
    const run = new Driven(decision(), { facts }).submit('prepare#1', both);
    expect(run.refusal(decideBy('decide#1', both, 'yes'))).toMatchObject({
      ...{ code: 'separation-of-duties', rule: 'SOD-05' },
    });
    expect(run.decide('decide#1', ben, 'yes').state.outcome).toBe('live');
  },
  'WRP-6': () => {
    const run = new Driven(
      inLine(
        task('one', 'two', { performer: 'first' }),
        task('two', 'three', { assignee: 'first' }),
        task('three', 'end', { assignee: 'first' }),
      ),
    ).submit('one#1', ana);
    expect(run.refusal({ type: 'submit', task: 'two#1', answers: {}, by: abe }).code).toBe(
      'taken-by-someone-else',
    );
    expect(run.submit('two#1', ana).submit('three#1', ana).state.status).toBe('ended');
  },
  'WRP-7': () => {
    const staff = ['client.staff'];
    const candidates = [
      candidate('abe', { roles: staff }),
      candidate('ana', { roles: staff, openTasks: 9 }),
    ];
    const steps = [task('one', 'two'), task('two', 'end', { assign: 'familiar' })];
    expect(holder(new Driven(inLine(...steps), { candidates }).submit('one#1', ana))).toBe('ana');
    const apart = {
      id: 'SOD-05',
      steps: ['one'],
      because: 'You did it.',
      waivable: 'never',
    } as const;
    const kept = [
      task('one', 'two'),
      task('two', 'end', { assign: 'familiar', separation: [apart] }),
    ];
    expect(holder(new Driven(inLine(...kept), { candidates }).submit('one#1', ana))).toBeNull();
  },
  'WRP-8': () => {
    const roleFrom = { cel: 'skill == "privacy" ? "client.privacy" : "client.security"' };
    const run = new Driven(inLine(task('one', 'end', { roleFrom })), {
      facts: { skill: 'privacy' },
    });
    expect(roles(run)).toEqual(['client.privacy']);
    expect(run.refusal({ type: 'submit', task: 'one#1', answers: {}, by: ana }).code).toBe(
      'not-your-role',
    );
    expect(run.submit('one#1', person('pia', 'client.privacy')).state.status).toBe('ended');
  },
  'WRP-9': () => {
    const candidates = [
      candidate('ben', { lastAssignedAt: '2026-11-23T10:00:00.000Z' }),
      candidate('cleo', { lastAssignedAt: '2026-11-20T10:00:00.000Z' }),
    ];
    expect(holder(at({ assign: 'round-robin' }, { candidates }))).toBe('cleo');
  },
  'WRP-10': () => {
    const escalation = [{ at: 100, action: 'reassign', assignee: 'boss' }] as const;
    const run = at({ escalation }, { facts: { ...facts, boss: 'cleo' } });
    run.at('2026-11-26T17:00:00.000Z');
    run.do({ type: 'fire-timer', timer: 'decide#1^1', by: system });
    expect(holder(run)).toBe('cleo');
  },
  'WRP-11': () => {
    const check: Step = {
      ...{ type: 'check', id: 'check', stage: 'main', name: 'Check', next: [{ to: 'end' }] },
      set: [{ fact: 'done', value: { cel: 'true' } }],
    };
    const run = new Driven(inLine(check));
    expect(run.state).toMatchObject({ status: 'ended', facts: { done: true } });
  },
});

provePatterns(resourcePatterns, 'Push patterns', {
  'WRP-12': () => {
    const run = at({ assignee: 'boss' }, { facts: { ...facts, boss: 'cleo' } });
    run.do({ type: 'release', task: 'decide#1', by: cleo });
    expect(run.decide('decide#1', ben, 'yes').state.outcome).toBe('live');
  },
  'WRP-13': () => {
    const run = at({});
    expect(holder(run)).toBeNull();
    run.do({ type: 'claim', task: 'decide#1', by: cleo });
    expect(codeOf(run, 'decide#1', ben)).toBe('taken-by-someone-else');
  },
  'WRP-14': () => {
    const run = at({}).do({ type: 'assign', task: 'decide#1', assignee: 'cleo', by: system });
    expect(codeOf(run, 'decide#1', ben)).toBe('taken-by-someone-else');
    expect(run.decide('decide#1', cleo, 'yes').state.outcome).toBe('live');
  },
  'WRP-16': () => {
    // One after another, as the caller notes when each was last given something.
    const given: (string | null | undefined)[] = [];
    const last = new Map<string, string>();
    for (const day of ['1', '2', '3', '4']) {
      const candidates = ['ben', 'cleo', 'dan'].map((id) =>
        candidate(id, { lastAssignedAt: last.get(id) ?? null }),
      );
      const chosen = holder(at({ assign: 'round-robin' }, { candidates }));
      given.push(chosen);
      last.set(chosen ?? '', `2026-12-0${day}T10:00:00.000Z`);
    }
    expect(given).toEqual(['ben', 'cleo', 'dan', 'ben']);
  },
  'WRP-17': () => {
    const candidates = [candidate('ben', { openTasks: 3 }), candidate('cleo', { openTasks: 2 })];
    expect(holder(at({ assign: 'least-loaded' }, { candidates }))).toBe('cleo');
  },
  'WRP-19': () => {
    const run = new Driven(decision(), { facts });
    expect(run.open).toEqual(['prepare#1']);
    expect(run.submit('prepare#1', ana).open).toEqual(['decide#1']);
  },
  'WRP-20': () => {
    const escalation = [{ at: 50, action: 'reassign', assignee: 'boss' }] as const;
    const run = at({ escalation }, { facts: { ...facts, boss: 'cleo' } });
    expect(holder(run)).toBeNull();
    run.at('2026-11-25T13:30:00.000Z');
    run.do({ type: 'fire-timer', timer: 'decide#1^1', by: system });
    expect(holder(run)).toBe('cleo');
  },
});
