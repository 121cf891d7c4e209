import fc from 'fast-check';
import { chooseAssignee, needsCandidates } from './assignment.ts';
import type { AssignPolicy } from '../definition/definition.ts';
import type { Candidate } from '../run/run.ts';
import { Driven } from '../testing/driven.ts';
import { ana, ben, candidate, decision } from '../testing/people.data.ts';

const policies = ['least-loaded', 'round-robin', 'familiar'] as const;
const choice = (change = {}) => ({
  ...{ roles: ['client.approver'], performers: {}, isKeptOut: () => false, ...change },
});
const performers = { one: ['ben'], two: ['ben', 'cleo'], three: ['dan'] };

describe('choosing a person', () => {
  const [monday, tuesday] = ['2026-11-23T10:00:00.000Z', '2026-11-24T10:00:00.000Z'];

  it.each<[string, AssignPolicy, readonly Candidate[], string | null]>([
    ['nobody', 'least-loaded', [], null],
    [
      'who has least to do',
      'least-loaded',
      [candidate('ben', { openTasks: 2 }), candidate('cleo', { openTasks: 1 })],
      'cleo',
    ],
    [
      'who has had nothing for longest, of two with as much',
      'least-loaded',
      [
        candidate('ben', { lastAssignedAt: tuesday }),
        candidate('cleo', { lastAssignedAt: monday }),
      ],
      'cleo',
    ],
    [
      'whose turn it is',
      'round-robin',
      [
        candidate('ben', { openTasks: 9, lastAssignedAt: monday }),
        candidate('cleo', { lastAssignedAt: tuesday }),
      ],
      'ben',
    ],
    [
      'who never had one first',
      'round-robin',
      [candidate('ben', { lastAssignedAt: monday }), candidate('cleo')],
      'cleo',
    ],
    ['by id in a tie', 'round-robin', [candidate('cleo'), candidate('ben')], 'ben'],
    ['who knows most of it', 'familiar', [candidate('cleo'), candidate('ben')], 'ben'],
    [
      'who knows it next, when the first is away',
      'familiar',
      [candidate('cleo'), candidate('ben', { away: true }), candidate('eve')],
      'cleo',
    ],
    ['nobody when nobody knows it', 'familiar', [candidate('eve')], null],
    ['nobody away', 'least-loaded', [candidate('ben', { away: true })], null],
    [
      'nobody without the role',
      'round-robin',
      [candidate('ben', { roles: ['client.staff'] })],
      null,
    ],
  ])('gives %s', (_, policy, candidates, expected) => {
    expect(chooseAssignee(policy, candidates, choice({ performers }))).toBe(expected);
  });

  it.each(policies)('by %s never gives somebody who is kept out', (policy) => {
    const isKeptOut = (personId: string) => personId === 'ben';
    const all = [candidate('ben'), candidate('dan', { openTasks: 5 })];
    expect(chooseAssignee(policy, all, choice({ performers, isKeptOut }))).toBe('dan');
  });

  const someone = fc.record({
    personId: fc.constantFrom('ana', 'ben', 'cleo', 'dan'),
    roles: fc.subarray(['client.approver', 'client.staff']),
    openTasks: fc.nat(3),
    lastAssignedAt: fc.constantFrom(null, monday, tuesday),
    away: fc.boolean(),
  });
  const people = fc.uniqueArray(someone, { selector: ({ personId }) => personId });

  it('does not depend on the order of the candidates, and gives only somebody suitable', () => {
    fc.assert(
      fc.property(fc.constantFrom(...policies), people, (policy, all) => {
        const chosen = chooseAssignee(policy, all, choice({ performers }));
        expect(chooseAssignee(policy, all.toReversed(), choice({ performers }))).toBe(chosen);
        const found = all.find(({ personId }) => personId === chosen);
        const fits = all.some(
          ({ personId, roles, away }) =>
            !away &&
            roles.includes('client.approver') &&
            (policy !== 'familiar' || personId !== 'ana'),
        );
        expect(chosen !== null).toBe(fits);
        expect(found?.away ?? false).toBe(false);
      }),
    );
  });
});

describe('a step that chooses its person', () => {
  it('needs candidates', () => {
    expect(needsCandidates(decision())).toBe(false);
    expect(needsCandidates(decision({ assign: 'round-robin' }))).toBe(true);
  });

  it('offers the task to them, and waits to be claimed without any', () => {
    const candidates = [candidate('cleo', { openTasks: 1 }), candidate('dan')];
    const definition = decision({ assign: 'least-loaded' });
    const run = new Driven(definition, { candidates }).submit('prepare#1', ana);
    expect(run.state.tasks[0]?.assignee).toBe('dan');
    const alone = new Driven(definition).submit('prepare#1', ana);
    expect(alone.state.tasks[0]?.assignee).toBeNull();
  });

  it('passes over whoever prepared it, and the named person when away', () => {
    const candidates = [
      candidate('ana', { roles: ['client.staff', 'client.approver'] }),
      candidate('boss', { away: true }),
      candidate('dan', { openTasks: 8 }),
    ];
    const definition = decision({ assign: 'least-loaded', assignee: 'boss' });
    const facts = { boss: 'boss' };
    const run = new Driven(definition, { candidates, facts }).submit('prepare#1', ana);
    expect(run.state.tasks[0]?.assignee).toBe('dan');
    const back = candidates.map((each) => ({ ...each, away: false }));
    const here = new Driven(definition, { candidates: back, facts }).submit('prepare#1', ana);
    expect(here.state.tasks[0]?.assignee).toBe('boss');
  });

  it('stays with the person who knows the matter', () => {
    const candidates = [
      candidate('ana', { roles: ['client.staff'], openTasks: 9 }),
      candidate('zoe'),
    ];
    const again = { role: 'client.staff', assign: 'familiar' } as const;
    const run = new Driven(decision({}, again), { candidates });
    expect(run.state.tasks[0]?.assignee).toBeNull();
    run.submit('prepare#1', ana).decide('decide#1', ben, 'changes');
    expect(run.state.tasks[0]).toMatchObject({ key: 'prepare#2', assignee: 'ana' });
  });

  it('offers a decision of several to one after another', () => {
    const quorum = { seats: [{ role: 'client.approver', count: 2 }], needs: 'all' } as const;
    const candidates = [candidate('ben'), candidate('cleo'), candidate('dan', { openTasks: 1 })];
    const definition = decision({ assign: 'least-loaded', quorum });
    const run = new Driven(definition, { candidates }).submit('prepare#1', ana);
    expect(run.state.tasks[0]?.assignee).toBe('ben');
    run.decide('decide#1', ben, 'yes');
    expect(run.state.tasks[0]?.assignee).toBe('cleo');
    expect(run.events.at(-1)).toMatchObject({ type: 'task-assigned', policy: 'least-loaded' });
  });
});
