import type { Boundary, Outcome, Step, WorkflowDefinition } from '../definition/definition.ts';
import { aDefinition, end, outcome, task } from './samples.data.ts';
import {
  after,
  awaits,
  calls,
  check,
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
} from './steps.ts';

const facts = [
  ...[fact('people', 'people', 'form'), fact('one', 'person'), fact('verdict', 'text', 'form')],
  fact('views', { kind: 'list', of: { one: { kind: 'person' }, verdict: { kind: 'text' } } }),
  ...[fact('score', 'number'), fact('result'), fact('way'), fact('sum', 'number', 'calculated')],
];
const takes = [{ ours: 'score', theirs: 'value' }];
const keptFor = { amount: 2, unit: 'calendar-days' } as const;
const beside: readonly Boundary[] = [
  after('late', 2, 'note', false),
  { ...upon('news', 'news', 'aside', false), takes },
];
const leaves = (id: string, ...outcomes: readonly Outcome[]): Step => ({
  ...{ type: 'approval', id, stage: 'main', name: id, role: 'client.approver', question: '?' },
  ...{ separation: [], shows: [], undoneBy: 'back', boundaries: beside, outcomes },
});

/** Every construct of the flow at once, for random commands: sound, and full of ways. */
export const tangle: WorkflowDefinition = aDefinition(
  'start',
  [
    form('start', 's', [{ key: 'people', label: 'Who', type: 'people', required: false }], {
      undoneBy: 'back',
      boundaries: beside,
    }),
    split('s', 'j', {
      a: null,
      inner: { cel: 'score > 0' },
      ask: { cel: 'score != 3' },
      hear: null,
    }),
    task('a', 'a2', {
      ...{ undoneBy: 'back', sendBackTo: ['start'] },
      boundaries: [...beside, upon('stop', 'stop', 'undo')],
    }),
    leaves('a2', outcome('yes', 'approve', 'j'), outcome('no', 'reject', 'undo')),
    split('inner', 'ij', { x: null, y: null, z: { cel: 'score > 1' } }),
    task('x', 'ij', { boundaries: beside }),
    wait('y', 'sum', 3, [after('soon', 1, 'x2'), ...beside]),
    check('sum', 'ij', { sum: 'score / (score - 2.0)' }, { failed: 'x2', undoneBy: 'back' }),
    calls('z', 'ij', { failed: 'x3', boundaries: [upon('stop', 'stop', 'x3')] }),
    ...[task('x2', 'ij'), task('x3', 'ij'), join('ij', 'inner', 'j', { count: 2 })],
    form('ask', 'asked', [{ key: 'verdict', label: 'V', type: 'text', required: true }], {
      each: {
        ...{ over: 'people', as: 'one', order: 'together', collect: 'views' },
        enough: { when: { cel: 'verdict == "no"' } },
      },
      boundaries: [...beside, after('end', 9, 'j')],
    }),
    choice('asked', { each: 'size(views) > 1' }, 'j'),
    calls('each', 'j', {
      each: { over: 'people', as: 'one', order: 'one-by-one' },
      undoneBy: 'back',
      failed: 'j',
    }),
    awaits('hear', 'go', 'j', { takes, keptFor, boundaries: [after('late', 4, 'j')] }),
    join('j', 's', 'last'),
    leaves('last', outcome('again', 'ask-for-changes', 'start'), outcome('ok', 'approve', 'good')),
    // Side paths, one with a block and a side path of its own.
    ...[
      tells('note', 'noted', { roles: ['client.staff'] }),
      pathEnd('noted'),
      split('aside', 'aj', { p: null, q: null }),
    ],
    ...[task('p', 'aj', { boundaries: [after('late', 1, 'note', false)] }), wait('q', 'aj', 5)],
    ...[join('aj', 'aside', 'aside2'), task('aside2', 'noted')],
    ...[undo('undo', 'stopped'), task('back', 'undo'), end('stopped'), end('good')],
  ],
  facts,
);
