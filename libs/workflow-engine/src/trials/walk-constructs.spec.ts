import type { WorkflowDefinition } from '../definition/definition.ts';
import { replay } from '../run/replay.ts';
import { aDefinition, end, task } from '../testing/samples.data.ts';
import {
  after,
  awaits,
  calls,
  choice,
  fact,
  form,
  join,
  pathEnd,
  split,
  tells,
  undo,
  upon,
  wait,
} from '../testing/steps.ts';
import { walk, type WalkChoices } from './walk.ts';

const facts = [
  ...[fact('people', 'people'), fact('one', 'person'), fact('verdict', 'text', 'form')],
  fact('views', { kind: 'list', of: { one: { kind: 'person' }, verdict: { kind: 'text' } } }),
  ...[fact('score', 'number'), fact('result')],
];
const verdict = { key: 'verdict', label: 'V', type: 'text', required: true } as const;

/** Every construct on the way to one of several endings. */
const everything: WorkflowDefinition = aDefinition(
  'first',
  [
    task('first', 'ask', {
      undoneBy: 'back',
      boundaries: [after('late', 3, 'note', false), upon('stop', 'stop', 'stopped')],
    }),
    ...[tells('note', 'noted'), pathEnd('noted'), task('back', 'undo')],
    form('ask', 'hear', [verdict], {
      each: { over: 'people', as: 'one', order: 'together', collect: 'views' },
    }),
    awaits('hear', 'go', 's', { takes: [{ ours: 'score', theirs: 'value' }] }),
    split('s', 'j', { call: { cel: 'score > 0' }, rest: null }),
    ...[calls('call', 'j', { failed: 'undo' }), wait('rest', 'j', 2, [after('soon', 1, 'j')])],
    ...[join('j', 's', 'judge'), choice('judge', { good: 'score > 5' }, 'poor')],
    ...[undo('undo', 'undone'), end('undone'), end('good'), end('poor'), end('stopped')],
  ],
  facts,
);

describe('a walk through every construct', () => {
  it.each<[string, WalkChoices, readonly string[]]>([
    ['poor', {}, ['items-started', 'signal-taken']],
    ['good', { signals: { hear: { value: 7 } } }, ['child-ended', 'boundary-fired']],
    ['poor', { boundaries: { first: 'late' } }, ['people-told']],
    ['stopped', { boundaries: { first: 'stop' } }, ['step-cancelled']],
    [
      'undone',
      { signals: { hear: { value: 1 } }, children: { call: 'cancelled' } },
      ['step-failed', 'step-undone'],
    ],
  ])('comes to “%s” by %j', (outcome, choices, types) => {
    const given = { facts: { people: ['ana', 'ben'] }, ...choices };
    const walked = walk(everything, given);
    expect([walked.stopped, walked.state.outcome]).toEqual([null, outcome]);
    expect(walked.events.map(({ type }) => type)).toEqual(expect.arrayContaining([...types]));
    expect(replay(walked.events)).toEqual(walked.state);
    expect(walk(everything, given)).toEqual(walked);
  });

  it('answers each item by its number', () => {
    const answers = { ask: [{ verdict: 'yes' }, { verdict: 'no' }] };
    const { state } = walk(everything, { facts: { people: ['ana', 'ben'] }, answers });
    expect(state.facts['views']).toEqual([
      { one: 'ana', verdict: 'yes' },
      { one: 'ben', verdict: 'no' },
    ]);
  });

  it('cannot go on when a called run is cancelled and no way leads on', () => {
    const only = aDefinition('call', [calls('call', 'e'), end('e')], facts);
    expect(() => walk(only, { children: { call: 'cancelled' } })).toThrow('no way on');
  });
});
