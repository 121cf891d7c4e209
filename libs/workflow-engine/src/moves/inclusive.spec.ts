import type { Step } from '../definition/definition.ts';
import { Driven } from '../testing/driven.ts';
import { aDefinition, end, person, task } from '../testing/samples.data.ts';
import { after, check, choice, fact, join, pathEnd, split, upon } from '../testing/steps.ts';

const ana = person('ana', 'client.staff');
const has = (value: string) => ({ fact: 'topics', is: 'includes', value }) as const;
const facts = [
  fact('topics', { kind: 'choices', options: ['law', 'risk', 'ethics'] }),
  fact('enough', 'boolean', 'form'),
];

/** Law and risk and ethics, each when it is a topic; then the end. */
const inclusive = aDefinition(
  's',
  [
    split('s', 'j', { law: has('law'), risk: has('risk'), ethics: has('ethics') }),
    ...[task('law', 'j'), task('risk', 'risk2'), task('risk2', 'j'), task('ethics', 'j')],
    ...[join('j', 's', 'after'), task('after', 'e'), end('e')],
  ],
  facts,
);

const startWith = (...topics: string[]) => new Driven(inclusive, {}, { topics });

describe('an inclusive split', () => {
  it.each<[string[], string[]]>([
    [['law'], ['law#1']],
    [
      ['law', 'ethics'],
      ['law#1', 'ethics#1'],
    ],
    [
      ['law', 'risk', 'ethics'],
      ['law#1', 'risk#1', 'ethics#1'],
    ],
    [[], ['after#1']],
  ])('starts for %j what its conditions say', (topics, open) => {
    expect(startWith(...topics).open).toEqual(open);
  });

  it('does not start a branch of which it cannot be told', () => {
    expect(new Driven(inclusive).open).toEqual(['after#1']);
  });

  it('goes past the join when no branch starts, without entering it', () => {
    const run = startWith();
    expect(run.state.visits).toEqual({ s: 1, after: 1 });
  });

  it('passes its join exactly once, when the last started branch arrives', () => {
    const run = startWith('law', 'risk').submit('law#1', ana);
    expect(run.open).toEqual(['risk#1']);
    run.submit('risk#1', ana);
    expect(run.places).toEqual(['j', 'risk2']);
    run.submit('risk2#1', ana);
    expect(run.open).toEqual(['after#1']);
    expect(run.events.filter((e) => e.type === 'step-entered' && e.step === 'after')).toHaveLength(
      1,
    );
    expect(run.submit('after#1', ana).state.status).toBe('ended');
  });

  it('passes its join once when all branches arrive in one go', () => {
    const automatic = aDefinition('s', [
      split('s', 'j', { a: null, b: { cel: 'true' }, c: { cel: 'false' } }),
      ...[check('a', 'a2'), check('a2', 'j'), check('b', 'j'), check('c', 'j')],
      ...[join('j', 's', 'after'), task('after', 'e'), end('e')],
    ]);
    const run = new Driven(automatic);
    expect(run.open).toEqual(['after#1']);
    expect(run.state.visits).toEqual({ s: 1, a: 1, b: 1, a2: 1, j: 2, after: 1 });
  });

  it('judges its branches anew each time round', () => {
    const loop = aDefinition(
      's',
      [
        split('s', 'j', { a: null, b: { cel: 'enough != true' } }),
        ...[task('a', 'j'), task('b', 'j'), join('j', 's', 'more')],
        choice('more', { s: 'enough != true' }, 'e'),
        end('e'),
      ],
      facts,
    );
    const run = new Driven(loop, {}, { enough: false }).submit('a#1', ana).submit('b#1', ana);
    expect(run.open).toEqual(['a#2', 'b#2']);
    expect(run.state.tokens.map(({ scope }) => scope)).toEqual([['s#2/b1'], ['s#2/b2']]);
  });
});

describe('a join that needs only some of its branches', () => {
  const some = (enough: Parameters<typeof join>[3], ...steps: Step[]) =>
    new Driven(
      aDefinition(
        's',
        [
          split('s', 'j', { a: null, b: null, c: null }),
          ...[task('a', 'j'), task('b', 'j'), task('c', 'j')],
          ...[join('j', 's', 'after', enough), task('after', 'e'), end('e'), ...steps],
        ],
        facts,
      ),
      {},
      { enough: false },
    );

  it('passes at the count and cancels the rest', () => {
    const run = some({ count: 2 }).submit('c#1', ana);
    expect(run.open).toEqual(['a#1', 'b#1']);
    const before = run.events.length;
    run.submit('a#1', ana);
    expect(run.open).toEqual(['after#1']);
    expect(run.since(before)).toEqual([
      ...['task-submitted', 'task-closed', 'step-left', 'step-entered', 'step-left', 'step-left'],
      ...['task-closed', 'step-cancelled', 'step-entered', 'task-opened'],
    ]);
    expect(run.refusal({ type: 'submit', task: 'b#1', answers: {}, by: ana }).code).toBe(
      'unknown-task',
    );
  });

  it('passes at once at a count of one, and when all are there at a count above them', () => {
    expect(some({ count: 1 }).submit('b#1', ana).open).toEqual(['after#1']);
    const all = some({ count: 9 }).submit('a#1', ana).submit('b#1', ana);
    expect(all.open).toEqual(['c#1']);
    expect(all.submit('c#1', ana).open).toEqual(['after#1']);
  });

  it('passes when its condition holds on an arrival', () => {
    const run = new Driven(
      aDefinition(
        's',
        [
          split('s', 'j', { a: null, b: null }),
          ...[check('a', 'a2'), task('a2', 'a3'), check('a3', 'j', { enough: 'true' })],
          ...[task('b', 'j'), join('j', 's', 'after', { when: { cel: 'enough' } })],
          ...[task('after', 'e'), end('e')],
        ],
        facts,
      ),
    );
    expect(run.open).toEqual(['b#1', 'a2#1']);
    expect(run.submit('a2#1', ana).open).toEqual(['after#1']);
  });

  it('cancels a nested block and what is on its way with the rest', () => {
    const run = new Driven(
      aDefinition('s', [
        split('s', 'j', { a: null, i: null }),
        ...[task('a', 'j'), split('i', 'ij', { x: null, y: null })],
        ...[task('x', 'ij'), task('y', 'ij'), join('ij', 'i', 'j')],
        ...[join('j', 's', 'after', { count: 1 }), task('after', 'e'), end('e')],
      ]),
    );
    expect(run.open).toEqual(['a#1', 'x#1', 'y#1']);
    expect(run.submit('a#1', ana).state.tokens).toEqual([{ step: 'after', visit: 1, scope: [] }]);
  });
});

describe('a side path in a block', () => {
  const boundaries = [after('late', 3, 'remind', false), upon('news', 'news', 'remind', false)];
  const definition = aDefinition('s', [
    split('s', 'j', { a: null, b: null }),
    ...[task('a', 'j', { boundaries }), task('b', 'j', { sendBackTo: ['s'] })],
    ...[task('remind', 'done'), pathEnd('done'), join('j', 's', 'after')],
    ...[task('after', 'e'), end('e')],
  ]);

  it('holds back the join until it has ended', () => {
    const run = new Driven(definition).fire('a#1!late').submit('a#1', ana).submit('b#1', ana);
    expect(run.open).toEqual(['remind#1']);
    expect(run.places).toEqual(['remind', 'j', 'j']);
    expect(run.submit('remind#1', ana).open).toEqual(['after#1']);
  });

  it('is cancelled when the block is left', () => {
    const run = new Driven(definition).fire('a#1!late');
    run.do({ type: 'send-back', task: 'b#1', to: 's', reason: 'Again.', by: ana });
    expect(run.open).toEqual(['a#2', 'b#2']);
  });

  it('replaces the one that it started before', () => {
    const run = new Driven(definition).signal('news', 'n1');
    expect(run.state.tokens.at(-1)?.scope).toEqual(['s#1/b1', 'a#1!news']);
    run.signal('news', 'n2');
    expect(run.open).toEqual(['a#1', 'b#1', 'remind#2']);
    // Another boundary starts another path, to the same step.
    expect(run.fire('a#1!late').open).toEqual(['a#1', 'b#1', 'remind#2', 'remind#3']);
  });
});
