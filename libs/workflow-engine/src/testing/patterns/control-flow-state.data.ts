import type { EachRule } from '../../definition/definition.ts';
import { end, task } from '../samples.data.ts';
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
  upon,
  wait,
} from '../steps.ts';
import type { Example } from './example.ts';

const facts = [
  ...[
    fact('people', 'people'),
    fact('one', 'person'),
    fact('result'),
    fact('next', 'text', 'form'),
  ],
  fact('parts', { kind: 'choices', options: ['p', 'q', 'r'] }, 'calculated'),
  fact('part', { kind: 'choice', options: ['p', 'q', 'r'] }),
  fact('left', 'number', 'calculated'),
  ...[fact('didB', 'boolean', 'calculated'), fact('didC', 'boolean', 'calculated')],
];
const given = { people: ['ana', 'ben', 'cleo'] };
const each = (change: Partial<EachRule> = {}): EachRule => ({
  ...{ over: 'people', as: 'one', order: 'together' },
  ...change,
});
const zEnd = [task('z', 'e'), end('e')];
const next = [{ key: 'next', label: 'What next', type: 'text', required: true }] as const;
const keptFor = { amount: 9, unit: 'calendar-days' } as const;

/** Somebody chooses what comes next among b and c, until both are done; b is done before d. */
const chosen = [
  check('begin', 'more', { didB: 'false', didC: 'false' }),
  choice('more', { e: 'didB && didC' }, 'ask'),
  form('ask', 'way', next),
  choice('way', { b: 'next == "b" && !didB', c: 'next == "c" && !didC' }, 'ask'),
  ...[task('b', 'markB'), check('markB', 'more', { didB: 'true' })],
  ...[task('c', 'markC'), check('markC', 'more', { didC: 'true' }), end('e')],
];

/** As before, and c has two steps in their order, between which b may come. */
const interleaved = [
  check('begin', 'more', { didB: 'false', left: '2.0' }),
  choice('more', { e: 'didB && left == 0.0' }, 'ask'),
  form('ask', 'way', next),
  choice(
    'way',
    { b: 'next == "b" && !didB', c: 'next == "c" && left == 2.0', d: 'next == "c" && left == 1.0' },
    'ask',
  ),
  ...[task('b', 'markB'), check('markB', 'more', { didB: 'true' })],
  ...[task('c', 'markC'), check('markC', 'more', { left: 'left - 1.0' })],
  ...[task('d', 'markC'), end('e')],
];

/** Examples of instances, states, triggers and cancelling, by number. */
export const states: Readonly<Record<string, Example>> = {
  'WCP-12': {
    ...{ facts, given },
    steps: [
      ...[split('s', 'j', { a: null, b: null }), calls('a', 'j', { each: each() })],
      ...[task('b', 'c'), task('c', 'j'), join('j', 's', 'e'), end('e')],
    ],
    begins: 'b#1 a#1.1 a#1.2 a#1.3',
    plays: [
      ['b#1', 'c#1 a#1.1 a#1.2 a#1.3'],
      ['end a#1.2', 'c#1 a#1.1 a#1.3'],
      ['c#1', 'a#1.1 a#1.3'],
    ],
  },
  'WCP-13': {
    facts,
    steps: [
      check('set', 'a', { parts: '["p", "q"]' }),
      task('a', 'z', { each: { over: 'parts', as: 'part', order: 'together' } }),
      ...zEnd,
    ],
    begins: 'a#1.1 a#1.2',
    plays: [
      ['a#1.2', 'a#1.1'],
      ['a#1.1', 'z#1'],
    ],
  },
  'WCP-14': {
    ...{ facts, given },
    steps: [task('a', 'z', { each: each() }), ...zEnd],
    begins: 'a#1.1 a#1.2 a#1.3',
    plays: [
      ['a#1.1', 'a#1.2 a#1.3'],
      ['a#1.3', 'a#1.2'],
      ['a#1.2', 'z#1'],
    ],
  },
  'WCP-16': {
    steps: [
      awaits('w', 'yes', 'a', { boundaries: [upon('no', 'no', 'b'), after('late', 5, 'c')] }),
      ...[task('a', 'e'), task('b', 'e'), task('c', 'e'), end('e')],
    ],
    begins: 'w#1',
    plays: [
      ['signal no', 'b#1'],
      ['no w signal yes', 'b#1'],
      ['b#1', '→ e'],
    ],
  },
  'WCP-17': {
    ...{ facts, steps: interleaved, begins: 'ask#1' },
    plays: [
      ...([
        ['ask#1 next=c', 'c#1'],
        ['c#1', 'ask#2'],
        ['ask#2 next=b', 'b#1'],
      ] as const),
      ...([
        ['b#1', 'ask#3'],
        ['ask#3 next=b', 'ask#4'],
        ['ask#4 next=c', 'd#1'],
      ] as const),
      ['d#1', '→ e'],
    ],
  },
  'WCP-18': {
    steps: [wait('open', 'z', 14), ...[task('appeal', 'done'), pathEnd('done'), ...zEnd]].map(
      (step) =>
        step.id === 'open' && step.type === 'timer'
          ? { ...step, boundaries: [upon('appeal', 'appeal', 'appeal', false)] }
          : step,
    ),
    begins: 'open#1',
    plays: [
      ['signal appeal', 'appeal#1 open#1'],
      ['appeal#1', 'open#1'],
      ['fire open#1', 'z#1'],
      ['no w signal appeal', 'z#1'],
    ],
  },
  'WCP-19': {
    steps: [task('a', 'e', { boundaries: [upon('stop', 'stop', 'b')] }), task('b', 'e'), end('e')],
    begins: 'a#1',
    plays: [
      ['signal stop', 'b#1'],
      ['b#1', '→ e'],
    ],
  },
  'WCP-20': {
    steps: [
      split('s', 'j', { a: null, b: null }),
      task('a', 'j'),
      wait('b', 'j', 3),
      join('j', 's', 'e'),
      end('e'),
    ],
    begins: 'a#1 b#1',
    plays: [['cancel', 'cancelled']],
  },
  'WCP-23': {
    steps: [task('a', 'w'), awaits('w', 'go', 'e'), end('e')],
    begins: 'a#1',
    plays: [
      ['no w signal go', 'a#1'],
      ['a#1', 'w#1'],
      ['signal go', '→ e'],
    ],
  },
  'WCP-24': {
    steps: [task('a', 'w'), awaits('w', 'go', 'e', { keptFor }), end('e')],
    begins: 'a#1',
    plays: [
      ['signal go', 'a#1'],
      ['a#1', '→ e'],
    ],
  },
  'WCP-25': {
    steps: [
      split('s', 'j', { a: null, i: null }),
      task('a', 'j', { boundaries: [upon('stop', 'stop', 'z')] }),
      ...[split('i', 'ij', { x: null, y: null }), task('x', 'ij'), wait('y', 'ij', 9)],
      ...[join('ij', 'i', 'j'), join('j', 's', 'z'), ...zEnd],
    ],
    begins: 'a#1 x#1 y#1',
    plays: [
      ['signal stop', 'z#1'],
      ['z#1', '→ e'],
    ],
  },
  'WCP-26': {
    ...{ facts, given },
    steps: [task('a', 'e', { each: each(), boundaries: [upon('stop', 'stop', 'z')] }), ...zEnd],
    begins: 'a#1.1 a#1.2 a#1.3',
    plays: [
      ['a#1.2', 'a#1.1 a#1.3'],
      ['signal stop', 'z#1'],
    ],
  },
  'WCP-27': {
    ...{ facts, given },
    steps: [task('a', 'z', { each: each(), boundaries: [after('late', 5, 'z')] }), ...zEnd],
    begins: 'a#1.1 a#1.2 a#1.3',
    plays: [
      ['a#1.2', 'a#1.1 a#1.3'],
      ['fire a#1!late', 'z#1'],
      ['z#1', '→ e'],
    ],
  },
  'WCP-34': {
    ...{ facts, given },
    steps: [
      ...[split('s', 'j', { a: null, one: null }), calls('a', 'j', { each: each() })],
      ...[awaits('one', 'done', 'two', { keptFor }), awaits('two', 'done', 'z', { keptFor })],
      ...[task('z', 'j'), join('j', 's', 'e'), end('e')],
    ],
    begins: 'a#1.1 a#1.2 a#1.3 one#1',
    plays: [
      ...([
        ['signal done', 'a#1.1 a#1.2 a#1.3 two#1'],
        ['end a#1.3', 'a#1.1 a#1.2 two#1'],
      ] as const),
      ...([
        ['signal done', 'z#1 a#1.1 a#1.2'],
        ['end a#1.1', 'z#1 a#1.2'],
        ['z#1', 'a#1.2'],
      ] as const),
      ['end a#1.2', '→ e'],
    ],
  },
  'WCP-35': {
    ...{ facts, given },
    steps: [task('a', 'z', { each: each({ enough: { count: 2 } }) }), ...zEnd],
    begins: 'a#1.1 a#1.2 a#1.3',
    plays: [
      ['a#1.3', 'a#1.1 a#1.2'],
      ['a#1.1', 'z#1'],
      ['z#1', '→ e'],
    ],
  },
  'WCP-40': {
    ...{ facts, steps: chosen, begins: 'ask#1' },
    plays: [
      ...([
        ['ask#1 next=c', 'c#1'],
        ['c#1', 'ask#2'],
        ['ask#2 next=c', 'ask#3'],
      ] as const),
      ...([
        ['ask#3 next=b', 'b#1'],
        ['b#1', '→ e'],
      ] as const),
    ],
  },
  'WCP-41': {
    ...{ facts, given },
    steps: [calls('a', 'z', { each: each({ enough: { count: 2 } }) }), ...zEnd],
    begins: 'a#1.1 a#1.2 a#1.3',
    plays: [
      ['end a#1.2', 'a#1.1 a#1.3'],
      ['end a#1.1', 'z#1'],
    ],
  },
  'WCP-42': {
    facts,
    steps: [
      check('set', 'a', { parts: '["p", "q", "r"]' }),
      calls('a', 'z', { each: { over: 'parts', as: 'part', order: 'together' } }),
      ...zEnd,
    ],
    begins: 'a#1.1 a#1.2 a#1.3',
    plays: [],
  },
};
