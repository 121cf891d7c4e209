import { compiledOf } from '../definition/compiled.ts';
import type { Facts } from '../expressions/condition.ts';
import type { EachRule, Step } from '../definition/definition.ts';
import { factsAtTask } from './items.ts';
import { Driven } from '../testing/driven.ts';
import { aDefinition, end, person, system, task } from '../testing/samples.data.ts';
import { calls, choice, fact, form } from '../testing/steps.ts';

const ana = person('ana', 'client.staff');
const ben = person('ben', 'client.staff');
const rows = { kind: 'list', of: { one: { kind: 'person' }, verdict: { kind: 'text' } } } as const;
const facts = [
  ...[fact('people', 'people'), fact('one', 'person'), fact('verdict', 'text', 'form')],
  ...[fact('views', rows), fact('by', 'people'), fact('result'), fact('score', 'number')],
  fact('note', 'text', 'form'),
];

const each = (change: Partial<EachRule> = {}): EachRule => ({
  ...{ over: 'people', as: 'one', order: 'together', collect: 'views' },
  ...change,
});

const verdict = { key: 'verdict', label: 'Verdict', type: 'text', required: true } as const;
const forOneself = {
  ...({ key: 'note', label: 'Note', type: 'text', required: true } as const),
  when: { fact: 'one', is: 'equal', value: 'ana' },
} as const;

const asked = (rule: EachRule, change: Partial<Step & { type: 'form' }> = {}) =>
  aDefinition(
    'ask',
    [
      form('ask', 'after', [verdict, forOneself], { each: rule, ...change }),
      task('after', 'e'),
      end('e'),
    ],
    facts,
  );

const begin = (rule: EachRule, people: readonly string[], change = {}) =>
  new Driven(asked(rule, change), {}, { people });

const answer = (text: string, note?: string): Facts => ({
  verdict: text,
  ...(note !== undefined && { note }),
});

describe('a step for each item', () => {
  it('opens a task for each, together, with the item', () => {
    const run = begin(each(), ['ana', 'ben'], { assignee: 'one' });
    expect(run.state.tasks).toMatchObject([
      { key: 'ask#1.1', step: 'ask', assignee: 'ana', item: { n: 1, value: 'ana' } },
      { key: 'ask#1.2', step: 'ask', assignee: 'ben', item: { n: 2, value: 'ben' } },
    ]);
    expect(run.state.tokens).toHaveLength(1);
    expect(run.state.facts).toEqual({ people: ['ana', 'ben'], views: [] });
  });

  it('gathers the answers in the order of the list and goes on after the last', () => {
    const run = begin(each(), ['ana', 'ben'], { performer: 'by' });
    run.submit('ask#1.2', ben, answer('no'));
    expect(run.state.facts['views']).toEqual([{ one: 'ben', verdict: 'no' }]);
    run.submit('ask#1.1', ana, answer('yes', 'mine'));
    expect(run.open).toEqual(['after#1']);
    expect(run.state.items).toEqual([]);
    expect(run.state.facts).toEqual({
      ...{ people: ['ana', 'ben'], by: ['ben', 'ana'] },
      views: [
        { one: 'ana', verdict: 'yes' },
        { one: 'ben', verdict: 'no' },
      ],
    });
  });

  it('shows the item to whoever looks at its task while that is open', () => {
    const run = begin(each(), ['ana', 'ben']).submit('ask#1.1', ana, answer('yes', 'mine'));
    const shown = (key: string) =>
      factsAtTask(compiledOf(run.definition), run.state, key, run.around)['one'];
    expect(['ask#1.1', 'ask#1.2', 'none#1'].map(shown)).toEqual([undefined, 'ben', undefined]);
  });

  it('asks by the item in the conditions of its form', () => {
    const run = begin(each(), ['ana', 'ben']);
    const refused = run.refusal({
      ...{ type: 'submit', task: 'ask#1.1', answers: answer('x'), by: ana },
    });
    expect(refused.problems).toMatchObject([{ path: 'note' }]);
  });

  it('keeps an item apart from the people it names', () => {
    const because = 'It is about you.';
    const separation = [{ id: 'SOD-05', parties: ['one'], waivable: 'never', because }];
    const run = begin(each(), ['ana', 'ben'], { separation });
    const mine = { type: 'submit', task: 'ask#1.1', answers: answer('x', 'y'), by: ana } as const;
    expect(run.refusal(mine)).toMatchObject({ code: 'separation-of-duties', rule: 'SOD-05' });
    expect(run.submit('ask#1.2', ana, answer('x')).open).toEqual(['ask#1.1']);
    expect(run.refusal({ type: 'claim', task: 'ask#1.1', by: ana }).code).toBe(
      'separation-of-duties',
    );
  });

  it('does one after another when asked to', () => {
    const run = begin(each({ order: 'one-by-one' }), ['ben', 'ana', 'cleo']);
    expect(run.open).toEqual(['ask#1.1']);
    run.submit('ask#1.1', ben, answer('a'));
    expect(run.open).toEqual(['ask#1.2']);
    expect(run.state.tasks[0]?.item).toEqual({ n: 2, value: 'ana' });
    run.submit('ask#1.2', ana, answer('b', 'c')).submit('ask#1.3', ben, answer('c'));
    expect(run.open).toEqual(['after#1']);
  });

  it.each<[string, EachRule['enough']]>([
    ['so many are finished', { count: 1 }],
    ['an answer makes the condition hold', { when: { cel: 'verdict == "no"' } }],
    ['what was gathered does', { when: { cel: 'views.exists(v, v.verdict == "no")' } }],
  ])('is enough when %s; the others are cancelled', (_, enough) => {
    const run = begin(each({ ...(enough && { enough }) }), ['ben', 'cleo', 'dee']);
    run.submit('ask#1.2', ana, answer('no'));
    expect(run.open).toEqual(['after#1']);
    const cancelled = run.events.filter((e) => e.type === 'task-closed' && e.why === 'cancelled');
    expect(cancelled).toMatchObject([{ key: 'ask#1.1' }, { key: 'ask#1.3' }]);
  });

  it('is not enough while the condition does not hold', () => {
    const enough = { when: { cel: 'verdict == "no"' } };
    const run = begin(each({ enough, order: 'one-by-one' }), ['ben', 'cleo']);
    expect(run.submit('ask#1.1', ana, answer('yes')).open).toEqual(['ask#1.2']);
  });

  it.each([[[]], [null]])('passes on for the list %j', (people) => {
    const run = new Driven(asked(each()), {}, { people });
    expect(run.open).toEqual(['after#1']);
    expect(run.state.facts['views']).toEqual([]);
  });

  it('refuses a list that is too long', () => {
    const people = Array.from({ length: 201 }, (_, n) => `p${n}`);
    expect(() => begin(each(), people)).toThrow('cannot-continue');
  });

  it('is sent back as a whole', () => {
    const definition = aDefinition(
      'first',
      [
        task('first', 'ask'),
        form('ask', 'e', [verdict], { each: each(), sendBackTo: ['first'] }),
        end('e'),
      ],
      facts,
    );
    const run = new Driven(definition, {}, { people: ['ana', 'ben'] }).submit('first#1', ana);
    run.do({ type: 'send-back', task: 'ask#1.2', to: 'first', reason: 'Not these.', by: ana });
    expect(run.open).toEqual(['first#2']);
    expect(run.submit('first#2', ana).open).toEqual(['ask#2.1', 'ask#2.2']);
  });

  it.each([
    [
      'rows',
      { kind: 'list', of: { n: { kind: 'number' } } },
      [{ n: 1 }, { n: 2 }],
      [[{ n: 1 }], [{ n: 2 }]],
    ],
    ['evidence', 'evidence', ['x', 'y'], [['x'], ['y']]],
    ['text of choices', 'text', ['x', 'y'], ['x', 'y']],
  ] as const)('holds an item of %s as its fact does', (_, kind, list, values) => {
    const kinds = typeof kind === 'string' ? kind : kind;
    const over = kind === 'text' ? ({ kind: 'choices', options: ['x', 'y'] } as const) : kinds;
    const run = new Driven(
      aDefinition(
        'ask',
        [task('ask', 'e', { each: { over: 'all', as: 'it', order: 'together' } }), end('e')],
        [fact('all', over), fact('it', kinds)],
      ),
      {},
      { all: list },
    );
    expect(run.state.tasks.map(({ item }) => item?.value)).toEqual(values);
  });
});

describe('a workflow called for each item', () => {
  const definition = aDefinition(
    'call',
    [
      calls('call', 'after', {
        each: each(),
        input: [{ theirs: 'who', ours: 'one' }],
        output: [{ ours: 'verdict', theirs: 'said' }],
      }),
      ...[choice('after', {}, 'e'), end('e')],
    ],
    facts,
  );
  const begun = () => new Driven(definition, {}, { people: ['ana', 'ben'] });
  const ended = (child: string, said: string) =>
    ({ type: 'end-child', child, outcome: 'done', facts: { said }, by: system }) as const;

  it('starts a child run for each and gathers what they give', () => {
    const run = begun();
    const started = run.events.filter(({ type }) => type === 'child-started');
    expect(started).toMatchObject([
      { key: 'call#1.1', calls: 'WF-CALLED', facts: { who: 'ana' } },
      { key: 'call#1.2', calls: 'WF-CALLED', facts: { who: 'ben' } },
    ]);
    run.do(ended('call#1.2', 'no')).do(ended('call#1.1', 'yes'));
    expect(run.state.status).toBe('ended');
    expect(run.state.facts['views']).toEqual([
      { one: 'ana', verdict: 'yes' },
      { one: 'ben', verdict: 'no' },
    ]);
    expect(run.state.facts).not.toHaveProperty('result');
  });

  it('ends a child only once', () => {
    const run = begun().do(ended('call#1.2', 'no'));
    expect(run.refusal(ended('call#1.2', 'no')).code).toBe('unknown-child');
  });
});
