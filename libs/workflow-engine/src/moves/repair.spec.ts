import { Driven } from '../testing/driven.ts';
import { aDefinition, end, person, system, task } from '../testing/samples.data.ts';
import { after, awaits, calls, fact, join, pathEnd, split, undo, wait } from '../testing/steps.ts';
import type { RepairAction } from '../run/run.ts';

const ana = person('ana', 'client.staff');
const facts = [
  ...[fact('score', 'number'), fact('owner', 'person', 'subject'), fact('result')],
  ...[fact('people', 'people'), fact('one', 'person'), fact('size', 'text', 'organisation')],
];

const repair = (action: RepairAction, reason = 'It is stuck.') =>
  ({ type: 'repair', action, reason, by: ana }) as const;

const line = aDefinition(
  'a',
  [
    task('a', 'w', { undoneBy: 'back', boundaries: [after('late', 9, 'e')] }),
    ...[wait('w', 'k', 3), calls('k', 'h'), awaits('h', 'go', 'each')],
    task('each', 'u', {
      ...{ each: { over: 'people', as: 'one', order: 'one-by-one' }, undoneBy: 'back' },
    }),
    ...[undo('u', 'e'), task('back', 'u'), end('e')],
  ],
  facts,
);
const begun = () => new Driven(line, {}, { people: ['ana', 'ben'] });

describe('skipping', () => {
  it('ends each kind of wait and goes on, and what was skipped is not undone', () => {
    const run = begun();
    for (const [key, place] of [
      ...[
        ['a#1', 'w'],
        ['w#1', 'k'],
        ['k#1', 'h'],
        ['h#1', 'each'],
      ],
    ] as const) {
      run.do(repair({ kind: 'skip', key }));
      expect(run.places).toEqual([place]);
    }
    expect(run.state).toMatchObject({ timers: [], children: [], awaiting: [], undoable: [] });
    run.do(repair({ kind: 'skip', key: 'each#1.1' }));
    expect(run.open).toEqual(['each#1.2']);
    run.do(repair({ kind: 'skip', key: 'each#1.2' }));
    expect(run.state).toMatchObject({ status: 'ended', undoable: [], visits: { u: 1 } });
  });

  it('skips all items with their step, and goes where it is told', () => {
    const run = begun().do(repair({ kind: 'skip', key: 'a#1', to: 'each' }));
    expect(run.do(repair({ kind: 'skip', key: 'each#1' })).state.status).toBe('ended');
  });

  it('is told in the events, with its reason', () => {
    const action = { kind: 'skip', key: 'a#1' } as const;
    expect(begun().do(repair(action)).events).toContainEqual(
      expect.objectContaining({ type: 'run-repaired', action, reason: 'It is stuck.', by: ana }),
    );
  });
});

describe('trying again', () => {
  it('starts the wait of the step anew', () => {
    const run = begun()
      .submit('a#1', ana)
      .do(repair({ kind: 'skip', key: 'w#1' }));
    run.do(repair({ kind: 'retry', key: 'k#1' }));
    expect(run.state.children).toMatchObject([{ key: 'k#2' }]);
    expect(run.events.filter(({ type }) => type === 'child-cancelled')).toHaveLength(1);
  });
});

describe('setting facts', () => {
  it('sets those of the run and leaves control where it is', () => {
    const run = begun().do(repair({ kind: 'set-facts', facts: { score: 3 } }));
    expect(run.state.facts).toMatchObject({ score: 3 });
    expect(run.open).toEqual(['a#1']);
  });
});

describe('moving', () => {
  const definition = aDefinition('s', [
    task('s', 'p', { boundaries: [after('other', 1, 'else', false)] }),
    ...[task('else', 'done')],
    split('p', 'j', { a: null, b: null }),
    ...[task('a', 'a2', { boundaries: [after('late', 1, 'note', false)] }), task('a2', 'j')],
    ...[task('note', 'note2'), task('note2', 'done'), pathEnd('done')],
    split('b', 'ij', { x: null, y: null }),
    ...[task('x', 'ij'), task('y', 'ij'), join('ij', 'b', 'b2'), task('b2', 'j')],
    ...[join('j', 'p', 'last'), task('last', 'e'), end('e')],
  ]);
  const open = () => new Driven(definition).submit('s#1', ana).fire('a#1!late');

  it.each<[string, string, string[]]>([
    ['a#1', 'a2', ['x', 'y', 'note', 'a2']],
    ['a#1', 'j', ['x', 'y', 'note', 'j']],
    ['x#1', 'ij', ['a', 'y', 'note', 'ij']],
    ['x#1', 'b2', ['a', 'note', 'b2']],
    ['x#1', 'b', ['a', 'note', 'x', 'y']],
    ['x#1', 'last', ['last']],
    ['a#1', 's', ['s']],
    ['note#1', 'note2', ['a', 'x', 'y', 'note2']],
  ])('takes control from %s to %s', (from, to, places) => {
    expect(open().do(repair({ kind: 'move', from, to })).places).toEqual(places);
  });

  it.each([
    ['a#1', 'x', 'in a branch that is not open here'],
    ['a#1', 'b2', 'in another branch'],
    ['a#1', 'note', 'in a side path'],
    ['a#1', 'done', 'the end of a side path'],
    ['note#1', 'a2', 'outside the side path'],
    ['note#1', 'else', 'in another side path'],
    ['x#1', 'y', 'in a branch beside'],
  ])('never takes it from %s to %s, %s', (from, to) => {
    const run = open();
    const before = structuredClone(run.state);
    expect(run.refusal(repair({ kind: 'move', from, to })).code).toBe('cannot-repair');
    expect(run.refusal(repair({ kind: 'skip', key: from, to })).code).toBe('cannot-repair');
    expect(run.state).toEqual(before);
  });

  it('cannot touch a join that waits', () => {
    const run = open().submit('x#1', ana);
    expect(run.refusal(repair({ kind: 'skip', key: 'ij#1' })).code).toBe('cannot-repair');
    expect(run.refusal(repair({ kind: 'retry', key: 'ij#1' })).code).toBe('cannot-repair');
  });
});

describe('a repair', () => {
  it.each<[string, RepairAction, string, string]>([
    ['no reason', { kind: 'skip', key: 'a#1' }, '', 'reason-required'],
    ['an unknown key', { kind: 'skip', key: 'a#2' }, 'Why.', 'cannot-repair'],
    ['a boundary', { kind: 'skip', key: 'a#1!late' }, 'Why.', 'cannot-repair'],
    ['an unknown step', { kind: 'move', from: 'a#1', to: 'none' }, 'Why.', 'cannot-repair'],
    ['a place without control', { kind: 'move', from: 'w#1', to: 'a' }, 'Why.', 'cannot-repair'],
    ['an unknown fact', { kind: 'set-facts', facts: { no: 1 } }, 'Why.', 'cannot-repair'],
    ['a subject’s fact', { kind: 'set-facts', facts: { owner: 'x' } }, 'Why.', 'cannot-repair'],
    ['a firm fact', { kind: 'set-facts', facts: { size: 'x' } }, 'Why.', 'cannot-repair'],
    ['a wrong kind', { kind: 'set-facts', facts: { score: 'x' } }, 'Why.', 'invalid-facts'],
    ['no facts', { kind: 'set-facts', facts: {} }, 'Why.', 'cannot-repair'],
  ])('with %s is refused and changes nothing', (_, action, reason, code) => {
    const run = begun();
    const before = structuredClone(run.state);
    expect(run.refusal(repair(action, reason)).code).toBe(code);
    expect(run.state).toEqual(before);
  });

  it('tries only whole steps again', () => {
    const run = begun().do(repair({ kind: 'move', from: 'a#1', to: 'each' }));
    expect(run.refusal(repair({ kind: 'retry', key: 'each#1.1' })).code).toBe('cannot-repair');
    expect(run.do(repair({ kind: 'retry', key: 'each#1' })).open).toEqual(['each#2.1']);
  });

  it('of a run that has ended is refused', () => {
    const run = begun().do({ type: 'cancel', reason: 'No.', by: system });
    expect(run.refusal(repair({ kind: 'skip', key: 'a#1' })).code).toBe('run-not-active');
  });
});
