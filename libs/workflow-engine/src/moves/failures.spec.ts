import type { DecisionTable, Step } from '../definition/definition.ts';
import { Driven } from '../testing/driven.ts';
import { aDefinition, end, outcome, person, system, task } from '../testing/samples.data.ts';
import { calls, check, fact, join, split, tells, undo } from '../testing/steps.ts';

const ana = person('ana', 'client.staff', 'client.approver');
const facts = [
  ...[fact('first', 'number', 'calculated'), fact('second', 'number', 'calculated')],
  ...[fact('list', { kind: 'list', of: { n: { kind: 'number' } } }), fact('result')],
  ...[fact('score', 'number'), fact('tier', 'text', 'table'), fact('items', 'people')],
  fact('one', 'person'),
];
const failing = { first: '1', second: 'list[7].n' };
const table: DecisionTable = {
  ...{ key: 'T', name: 'Tier', hit: 'first', inputs: ['score'] },
  outputs: [fact('tier', 'text', 'table')],
  rules: [{ when: { fact: 'score', is: 'above', value: 1 }, then: { tier: 'high' } }],
};
const tabled = (change: Partial<Step & { type: 'table' }> = {}): Step => ({
  ...{ type: 'table', id: 'x', stage: 'main', name: 'x', table, next: [{ to: 'e' }] },
  ...change,
});

const behind = (step: Step) =>
  aDefinition('w', [task('w', 'x'), step, task('mend', 'x'), end('e')], facts);

describe.each<[string, (failed?: string) => Step]>([
  ['a calculation', (failed) => check('x', 'e', failing, failed ? { failed } : {})],
  ['a table', (failed) => tabled(failed ? { failed } : {})],
])('%s that fails', (_, step) => {
  const known = { list: [{ n: 1 }], score: 1 };

  it('goes on by the way for that, and nothing of it is kept', () => {
    const run = new Driven(behind(step('mend')), {}, known).submit('w#1', ana);
    expect(run.open).toEqual(['mend#1']);
    expect(run.state.facts).toEqual(known);
    const [failure] = run.events.filter(({ type }) => type === 'step-failed');
    expect(failure).toMatchObject({ step: 'x', visit: 1 });
  });

  it('refuses the command where there is no such way', () => {
    const run = new Driven(behind(step()), {}, known);
    const refused = run.refusal({ type: 'submit', task: 'w#1', answers: {}, by: ana });
    expect(refused.code).toBe('cannot-continue');
    expect(run.open).toEqual(['w#1']);
  });
});

it('calculates one after the other, each with what came before', () => {
  const sums = { first: '1.0 + score', second: 'first * 10.0' };
  const run = new Driven(behind(check('x', 'e', sums)), {}, { score: 2 }).submit('w#1', ana);
  expect(run.state.facts).toMatchObject({ first: 3, second: 30 });
});

describe('a called run that was cancelled', () => {
  const cancelled = (child: string) => ({ type: 'child-cancelled', child, by: system }) as const;

  it('leads on by the way for that', () => {
    const run = new Driven(behind(calls('x', 'e', { failed: 'mend' }))).submit('w#1', ana);
    run.do(cancelled('x#1'));
    expect(run.open).toEqual(['mend#1']);
    expect(run.state.children).toEqual([]);
    expect(run.refusal(cancelled('x#1')).code).toBe('unknown-child');
  });

  it('leaves the step open without one, to be repaired', () => {
    const run = new Driven(behind(calls('x', 'e'))).submit('w#1', ana);
    const before = run.state;
    expect(run.do(cancelled('x#1')).state).toEqual(before);
  });

  it('fails the step with all its items', () => {
    const each = { over: 'items', as: 'one', order: 'together' } as const;
    const step = calls('x', 'e', { failed: 'mend', each });
    const run = new Driven(behind(step), {}, { items: ['a', 'b', 'c'] }).submit('w#1', ana);
    run.do(cancelled('x#1.2'));
    expect(run.open).toEqual(['mend#1']);
    expect(run.state).toMatchObject({ children: [], items: [] });
  });
});

describe('undoing', () => {
  const undone = (run: Driven) =>
    run.events.flatMap((event) => (event.type === 'step-undone' ? [event.key] : []));
  const backs = ['a', 'b', 'c'].map((id) => task(`un${id}`, 'undo'));
  const three = aDefinition('a', [
    task('a', 'b', { undoneBy: 'una' }),
    task('b', 'c', { undoneBy: 'unb', sendBackTo: ['a'] }),
    task('c', 'stop', { undoneBy: 'unc' }),
    ...[task('stop', 'undo', { sendBackTo: ['b'] }), undo('undo', 'e'), ...backs, end('e')],
  ]);

  it('takes the last that was finished first, each once, and then goes on', () => {
    const run = new Driven(three);
    for (const key of ['a#1', 'b#1', 'c#1', 'stop#1']) run.submit(key, ana);
    expect(run.open).toEqual(['unc#1']);
    run.submit('unc#1', ana).submit('unb#1', ana).submit('una#1', ana);
    expect(undone(run)).toEqual(['c#1', 'b#1', 'a#1']);
    expect(run.state).toMatchObject({ status: 'ended', undoable: [], visits: { undo: 4 } });
  });

  it('undoes what was done twice twice, and not what was only begun', () => {
    const run = new Driven(three).submit('a#1', ana);
    run.do({ type: 'send-back', task: 'b#1', to: 'a', reason: 'Again.', by: ana });
    run.submit('a#2', ana).submit('b#2', ana).submit('c#1', ana).submit('stop#1', ana);
    for (const key of ['unc#1', 'unb#1', 'una#1', 'una#2']) run.submit(key, ana);
    expect(undone(run)).toEqual(['c#1', 'b#2', 'a#2', 'a#1']);
  });

  it.each<[string, (run: Driven) => Driven]>([
    ['what was skipped', (run) => run],
    ['what a boundary or a join cancelled', (run) => run],
  ])('does not undo %s', (what) => {
    const skipped = what.includes('skipped');
    const definition = aDefinition('s', [
      split('s', 'j', { a: null, b: null }),
      task('a', 'j', { undoneBy: 'una', ...(skipped && { when: { cel: 'false' } }) }),
      ...[task('b', 'j', { undoneBy: 'unb' }), join('j', 's', 'undo', { count: 1 })],
      ...[undo('undo', 'e'), task('una', 'undo'), task('unb', 'undo'), end('e')],
    ]);
    const run = new Driven(definition);
    if (!skipped) run.submit('b#1', ana).submit('unb#1', ana);
    expect(undone(run)).toEqual(skipped ? [] : ['b#1']);
    expect(run.state.status).toBe('ended');
  });

  it('takes only the steps that it names', () => {
    const only = three.steps.map((step) => (step.id === 'undo' ? undo('undo', 'e', ['b']) : step));
    const run = new Driven({ ...three, steps: only });
    for (const key of ['a#1', 'b#1', 'c#1', 'stop#1', 'unb#1']) run.submit(key, ana);
    expect(undone(run)).toEqual(['b#1']);
    expect(run.state.status).toBe('ended');
  });

  it('takes what went by itself, called workflows, and decisions that approved', () => {
    const decide = (id: string, to: string): Step => ({
      ...{ type: 'approval', id, stage: 'main', name: id, role: 'client.approver' },
      ...{ question: '?', separation: [], shows: [], undoneBy: 'back' },
      outcomes: [outcome('yes', 'approve', to), outcome('no', 'reject', to)],
    });
    const run = new Driven(
      aDefinition(
        'c',
        [
          check('c', 't', { first: '1' }, { undoneBy: 'back' }),
          tells('t', 'k', { undoneBy: 'back' }),
          calls('k', 'd', { undoneBy: 'back' }),
          ...[decide('d', 'n'), decide('n', 'undo'), undo('undo', 'e'), check('back', 'undo')],
          end('e'),
        ],
        facts,
      ),
    );
    run.do({ type: 'end-child', child: 'k#1', outcome: 'done', facts: {}, by: system });
    run.decide('d#1', ana, 'yes').decide('n#1', ana, 'no');
    expect(undone(run)).toEqual(['d#1', 'k#1', 't#1', 'c#1']);
    expect(run.state.status).toBe('ended');
  });
});
