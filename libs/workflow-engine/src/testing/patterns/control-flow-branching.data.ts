import { end, task } from '../samples.data.ts';
import { awaits, calls, choice, fact, form, join, split, wait } from '../steps.ts';
import type { Example } from './example.ts';

const score = [fact('score', 'number')];
const result = [fact('result')];
const yes = { cel: 'true' };
const no = { cel: 'false' };
const abc = [task('a', 'j'), task('b', 'j'), task('c', 'j')];
const after = [task('z', 'e'), end('e')];
const three = split('s', 'j', { a: null, b: null, c: null });

/** What follows a pattern, in a branch that waits for so many signals of the called branches. */
const counted = (...names: readonly string[]) =>
  names.map((name, at) =>
    awaits(name, 'done', names[at + 1] ?? 'z', { keptFor: { amount: 9, unit: 'calendar-days' } }),
  );

/** Examples of branching, merging and looping, by number. */
export const branching: Readonly<Record<string, Example>> = {
  'WCP-1': {
    steps: [task('a', 'b'), task('b', 'e'), end('e')],
    begins: 'a#1',
    plays: [
      ['a#1', 'b#1'],
      ['b#1', '→ e'],
    ],
  },
  'WCP-2': {
    steps: [three, ...abc, join('j', 's', 'z'), ...after],
    begins: 'a#1 b#1 c#1',
    plays: [],
  },
  'WCP-3': {
    steps: [three, ...abc, join('j', 's', 'z'), ...after],
    begins: 'a#1 b#1 c#1',
    plays: [
      ['c#1', 'a#1 b#1'],
      ['a#1', 'b#1'],
      ['b#1', 'z#1'],
      ['z#1', '→ e'],
    ],
  },
  'WCP-4': {
    ...{ facts: score, given: { score: 7 }, begins: 'b#1', plays: [['b#1', '→ e']] },
    steps: [choice('w', { b: 'score > 5' }, 'a'), task('a', 'e'), task('b', 'e'), end('e')],
  },
  'WCP-5': {
    ...{
      facts: score,
      given: { score: 1 },
      begins: 'a#1',
      plays: [
        ['a#1', 'z#1'],
        ['z#1', '→ e'],
      ],
    },
    steps: [choice('w', { b: 'score > 5' }, 'a'), task('a', 'z'), task('b', 'z'), ...after],
  },
  'WCP-6': {
    steps: [split('s', 'j', { a: yes, b: no, c: yes }), ...abc, join('j', 's', 'z'), ...after],
    begins: 'a#1 c#1',
    plays: [],
  },
  'WCP-7': {
    steps: [split('s', 'j', { a: yes, b: no, c: yes }), ...abc, join('j', 's', 'z'), ...after],
    begins: 'a#1 c#1',
    plays: [
      ['c#1', 'a#1'],
      ['a#1', 'z#1'],
      ['z#1', '→ e'],
    ],
  },
  'WCP-8': {
    facts: result,
    steps: [
      ...[split('s', 'j', { a: null, b: null }), task('a', 'k'), task('b', 'l')],
      ...[calls('k', 'j'), calls('l', 'j'), join('j', 's', 'e'), end('e')],
    ],
    begins: 'a#1 b#1',
    plays: [
      ['a#1', 'b#1 k#1'],
      ['b#1', 'k#1 l#1'],
      ['end k#1', 'l#1'],
      ['end l#1', '→ e'],
    ],
  },
  'WCP-9': {
    facts: result,
    steps: [
      ...[split('s', 'j', { k: null, l: null, first: null }), calls('k', 'j'), calls('l', 'j')],
      ...[...counted('first'), task('z', 'j'), join('j', 's', 'e'), end('e')],
    ],
    begins: 'k#1 l#1 first#1',
    plays: [
      ['signal done', 'z#1 k#1 l#1'],
      ['end l#1', 'z#1 k#1'],
      ['z#1', 'k#1'],
      ['signal done', 'k#1'],
      ['end k#1', '→ e'],
    ],
  },
  'WCP-10': {
    facts: [fact('next', 'text', 'form')],
    steps: [
      form('a', 'w', [{ key: 'next', label: 'Next', type: 'text', required: true }]),
      choice('w', { b: 'next == "b"', c: 'next == "c"' }, 'e'),
      ...[task('b', 'c'), task('c', 'a'), end('e')],
    ],
    begins: 'a#1',
    plays: [
      ['a#1 next=c', 'c#1'],
      ['c#1', 'a#2'],
      ['a#2 next=b', 'b#1'],
      ['b#1', 'c#2'],
      ['c#2', 'a#3'],
      ['a#3 next=no', '→ e'],
    ],
  },
  'WCP-21': {
    facts: [fact('next', 'text', 'form')],
    given: { next: 'again' },
    steps: [
      choice('w', { a: 'next == "again"' }, 'e'),
      form('a', 'w', [{ key: 'next', label: 'Next', type: 'text', required: true }]),
      end('e'),
    ],
    begins: 'a#1',
    plays: [
      ['a#1 next=again', 'a#2'],
      ['a#2 next=enough', '→ e'],
    ],
  },
  'WCP-29': {
    steps: [three, ...abc, join('j', 's', 'z', { count: 1 }), ...after],
    begins: 'a#1 b#1 c#1',
    plays: [
      ['b#1', 'z#1'],
      ['z#1', '→ e'],
    ],
  },
  'WCP-30': {
    facts: result,
    steps: [
      ...[split('s', 'j', { k: null, l: null, m: null, one: null })],
      ...[calls('k', 'j'), calls('l', 'j'), calls('m', 'j'), ...counted('one', 'two')],
      ...[task('z', 'j'), join('j', 's', 'e'), end('e')],
    ],
    begins: 'k#1 l#1 m#1 one#1',
    plays: [
      ['signal done', 'k#1 l#1 m#1 two#1'],
      ['end k#1', 'l#1 m#1 two#1'],
      ['signal done', 'z#1 l#1 m#1'],
      ['end m#1', 'z#1 l#1'],
      ['z#1', 'l#1'],
      ['end l#1', '→ e'],
    ],
  },
  'WCP-32': {
    steps: [three, ...abc, join('j', 's', 'z', { count: 2 }), ...after],
    begins: 'a#1 b#1 c#1',
    plays: [
      ['b#1', 'a#1 c#1'],
      ['c#1', 'z#1'],
      ['z#1', '→ e'],
    ],
  },
  'WCP-37': {
    steps: [
      ...[split('s', 'j', { a: yes, i: yes, c: no }), task('a', 'j'), task('c', 'j')],
      ...[split('i', 'ij', { x: yes, y: no }), task('x', 'ij'), task('y', 'ij')],
      ...[join('ij', 'i', 'j'), join('j', 's', 'z'), ...after],
    ],
    begins: 'a#1 x#1',
    plays: [
      ['a#1', 'x#1'],
      ['x#1', 'z#1'],
      ['z#1', '→ e'],
    ],
  },
  'WCP-11': {
    steps: [
      split('s', 'j', { a: null, b: null }),
      task('a', 'j', {
        boundaries: [
          {
            ...{ id: 'late', label: 'Late', interrupts: false, to: 'n' },
            after: { amount: 1, unit: 'calendar-days' },
          },
        ],
      }),
      ...[wait('b', 'j', 3), task('n', 'p'), join('j', 's', 'e'), end('e')],
      { id: 'p', stage: 'main', name: 'p', type: 'path-end' },
    ],
    begins: 'a#1 b#1',
    plays: [
      ['fire a#1!late', 'a#1 n#1 b#1'],
      ['a#1', 'n#1 b#1'],
      ['fire b#1', 'n#1'],
      ['n#1', '→ e'],
    ],
  },
  'WCP-43': {
    steps: [
      split('s', 'j', { a: null, b: null }),
      task('a', 'out'),
      task('b', 'j'),
      join('j', 's', 'e'),
      end('e'),
      end('out'),
    ],
    begins: 'a#1 b#1',
    plays: [['a#1', '→ out']],
  },
};
