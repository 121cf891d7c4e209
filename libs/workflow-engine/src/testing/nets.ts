import type { DefinitionProblemCode } from '../definition/definition-problem.ts';
import type { Step, WorkflowDefinition } from '../definition/definition.ts';
import { aDefinition, end, outcome, task } from './samples.data.ts';
import {
  after,
  awaits,
  calls,
  check,
  fact,
  join,
  pathEnd,
  split,
  undo,
  upon,
  wait,
} from './steps.ts';

/** A workflow whose verdict is known: sound, or the problem that must be found. */
export interface Net {
  readonly name: string;
  readonly definition: WorkflowDefinition;
  readonly verdict: 'sound' | DefinitionProblemCode;
}

const facts = [
  ...['go0', 'go1', 'go2'].map((name) => fact(name, 'boolean', 'subject')),
  ...[fact('result', 'text'), fact('note', 'text')],
];
const when = (nth: number) => ({ fact: `go${nth % 3}`, is: 'equal', value: true }) as const;

function net(name: string, verdict: Net['verdict'], start: string, ...steps: Step[]): Net {
  return { name, verdict, definition: aDefinition(start, [...steps, end('e')], facts) };
}

const ids = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, nth) => `${prefix}${nth}`);

/** An approval that may lead to each of these. */
function decide(id: string, ...to: string[]): Step {
  return {
    ...{ type: 'approval', id, stage: 'main', name: id, role: 'client.approver', question: '?' },
    ...{ separation: [], shows: [] },
    outcomes: to.map((target, nth) => outcome(`o${nth}`, nth === 0 ? 'approve' : 'reject', target)),
  };
}

/** Tasks one after another, the last leading to `to`. */
function chain(prefix: string, length: number, to: string): Step[] {
  const names = ids(length, prefix);
  return names.map((name, nth) => task(name, names[nth + 1] ?? to));
}

/** A block of branches, each a chain; `change` replaces steps by their ids. */
function block(
  branches: number,
  length: number,
  to: string,
  change: Readonly<Record<string, Step>> = {},
): Step[] {
  const starts = ids(branches, 'b').map((name) => `${name}x0`);
  return [
    split('p', 'j', Object.fromEntries(starts.map((start) => [start, null]))),
    ...ids(branches, 'b').flatMap((name) => chain(`${name}x`, length, 'j')),
    join('j', 'p', to),
  ].map((step) => change[step.id] ?? step);
}

/** A block within a block within a block. */
function nest(depth: number, to: string, innermost: Step[], first: string): Step[] {
  if (depth === 0) return innermost;
  const [p, j] = [`n${depth}`, `n${depth}j`];
  const inner = depth === 1 ? first : `n${depth - 1}`;
  return [
    split(p, j, { [inner]: null, [`n${depth}t`]: null }),
    task(`n${depth}t`, j),
    join(j, p, to),
    ...nest(depth - 1, j, innermost, first),
  ];
}

function sequences(n: number): Net[] {
  const back = (to: string) => [...chain('x', n, 'd'), decide('d', 'e', to)];
  return [
    net(`a chain of ${n}`, 'sound', 'x0', ...chain('x', n, 'e')),
    net(`a chain of ${n} with a way back`, 'sound', 'x0', ...back('x0')),
    net(`a chain of ${n} that only leads back`, 'no-end', 'x0', ...chain('x', n, 'x0')),
    net(
      `a choice with a loop of ${n}`,
      'cannot-complete',
      'd',
      decide('d', 'e', 'x0'),
      ...chain('x', n, 'x0'),
    ),
    net(
      `${n} steps that nobody comes to`,
      'unreachable-step',
      'a',
      task('a', 'e'),
      ...chain('x', n, 'e'),
    ),
    net(`a chain of ${n} to nowhere`, 'unknown-step', 'x0', ...chain('x', n, 'nowhere')),
    net(`a chain of ${n} without a way on`, 'no-way-on', 'x0', ...chain('x', n, 'y'), {
      ...task('y', 'e'),
      next: [],
    } as Step),
    net(
      `a calculation that goes round, after ${n}`,
      'automatic-loop',
      'x0',
      ...chain('x', n, 'c'),
      check('c', 'c2'),
      check('c2', 'c'),
    ),
    net(
      `a wait between ${n}`,
      'sound',
      'x0',
      ...chain('x', n, 'w'),
      wait('w', 'y', 3),
      awaits('y', 's', 'e'),
    ),
    net(
      `a called workflow that fails, after ${n}`,
      'sound',
      'x0',
      ...chain('x', n, 'c'),
      calls('c', 'e', { failed: 'x0' }),
    ),
    net(
      `an end of a side path after ${n}`,
      'block-structure',
      'x0',
      ...chain('x', n, 'd'),
      decide('d', 'e', 'q'),
      pathEnd('q'),
    ),
  ];
}

function blocks(n: number, length: number): Net[] {
  const of = (
    words: string,
    verdict: Net['verdict'],
    change: Record<string, Step> = {},
    ...more: Step[]
  ) =>
    net(
      `${n} branches of ${length}: ${words}`,
      verdict,
      more.some(({ id }) => id === 'pre') ? 'pre' : 'p',
      ...block(n, length, 'e', change),
      ...more,
    );
  const last = `b0x${length - 1}`;
  const conditional = Object.fromEntries(ids(n, 'b').map((name, nth) => [`${name}x0`, when(nth)]));
  const some = { ...conditional, b0x0: null };
  const both = split('p', 'j', { b0x0: null, b1x0: null });
  const twice = { ...both, branches: both.branches.map((one) => ({ ...one, start: 'b0x0' })) };
  return [
    of('all of them', 'sound'),
    of('any of them', 'sound', { p: split('p', 'j', conditional) }),
    of('one and some of them', 'sound', { p: split('p', 'j', some) }),
    of('one is enough', 'sound', { j: join('j', 'p', 'e', { count: 1 }) }),
    of('most are enough', 'sound', { j: join('j', 'p', 'e', { count: n - 1 }) }),
    of('enough when it holds', 'sound', { j: join('j', 'p', 'e', { when: when(0) }) }),
    of('more than all are needed', 'bad-number', { j: join('j', 'p', 'e', { count: n + 1 }) }),
    of('one leaves by an outcome', 'sound', { [last]: decide(last, 'j', 'e') }),
    of('one goes round', 'cannot-complete', { [last]: task(last, 'r') }, task('r', last)),
    of(
      'one goes round and any is enough',
      'sound',
      { [last]: task(last, 'r'), j: join('j', 'p', 'e', { count: 1 }) },
      task('r', last),
    ),
    of(
      'one that goes round may start',
      'cannot-complete',
      { p: split('p', 'j', { ...some, b0x0: when(0) }), [last]: task(last, 'r') },
      task('r', last),
    ),
    of(
      'one goes round in its choice',
      'cannot-complete',
      { [last]: decide(last, 'j', 'r') },
      task('r', 'r'),
    ),
    of(
      'one ends the side path that is none',
      'block-structure',
      { [last]: task(last, 'q') },
      pathEnd('q'),
    ),
    of(
      'one passes the join by',
      'left-behind',
      { [last]: task(last, 'e'), j: join('j', 'p', 'y') },
      task('y', 'e'),
    ),
    of(
      'one is jumped into',
      'block-structure',
      { [last]: task(last, 'j') },
      task('z', last),
      decide('pre', 'p', 'z'),
    ),
    of('two start at one step', 'two-at-once', { p: twice }),
    of('the join closes another', 'block-structure', { j: join('j', 'q', 'e') }),
    of('the join is left out', 'block-structure', { j: task('j', 'e') }),
    of('only one of them', 'block-structure', { p: split('p', 'j', { b0x0: null }) }),
    of('a step after the join is dead', 'unreachable-step', {}, task('dead', 'e')),
    of('one goes to the start of another', 'block-structure', { [last]: task(last, 'b1x0') }),
    of('back to before the block', 'sound', { [last]: decide(last, 'j', 'p') }),
    of('a late one goes on', 'sound', {
      [last]: task(last, 'j', { boundaries: [after('t', 2, 'j')] }),
    }),
    of('a late one ends it', 'sound', {
      [last]: task(last, 'j', { boundaries: [after('t', 2, 'e')] }),
    }),
    of(
      'a late one goes round',
      'cannot-complete',
      { [last]: task(last, 'j', { boundaries: [after('t', 2, 'r')] }) },
      task('r', 'r'),
    ),
    of(
      'a reminder beside',
      'sound',
      { [last]: task(last, 'j', { boundaries: [after('t', 2, 'r', false)] }) },
      task('r', 'q'),
      pathEnd('q'),
    ),
    of(
      'a reminder without an end',
      'left-behind',
      { [last]: task(last, 'j', { boundaries: [after('t', 2, 'r', false)] }) },
      task('r', 'r'),
    ),
    of(
      'a reminder that keeps the join waiting',
      'cannot-complete',
      { [last]: task(last, 'j', { boundaries: [upon('t', 's', 'r', false)] }) },
      task('r', 'r'),
    ),
    of(
      'a reminder that ends it',
      'sound',
      { [last]: task(last, 'j', { boundaries: [after('t', 2, 'r', false)] }) },
      task('r', 'e'),
    ),
    of(
      'a reminder that jumps into a branch',
      'block-structure',
      { [last]: task(last, 'j', { boundaries: [after('t', 2, 'r', false)] }) },
      task('r', 'b1x0'),
    ),
    of('a reminder that is a step of the run', 'block-structure', {
      [last]: task(last, 'j', { boundaries: [after('t', 2, 'b1x0', false)] }),
    }),
  ];
}

/** Blocks within blocks. */
function nested(depth: number): Net[] {
  const of = (words: string, verdict: Net['verdict'], innermost: Step[]) =>
    net(`${depth} deep: ${words}`, verdict, `n${depth}`, ...nest(depth, 'e', innermost, 'i'));
  return [
    of('all arrive', 'sound', [task('i', 'n1j')]),
    of('the innermost may end it', 'sound', [decide('i', 'n1j', 'e')]),
    of('the innermost goes back to the start', 'sound', [decide('i', 'n1j', `n${depth}`)]),
    of('the innermost goes round', 'cannot-complete', [task('i', 'i2'), task('i2', 'i')]),
    of('the innermost skips its join', 'sound', [decide('i', 'n1j', depth > 1 ? 'n2j' : 'e')]),
    of('the innermost waits at no join', 'block-structure', [
      task('i', 'x'),
      join('x', 'none', 'e'),
    ]),
    of('nobody comes to a step inside', 'unreachable-step', [task('i', 'n1j'), task('x', 'n1j')]),
  ];
}

/** Undoing. */
function undoing(n: number): Net[] {
  const steps = ids(n, 'x').map((name, nth) => task(name, `x${nth + 1}`, { undoneBy: `u${nth}` }));
  const of = (words: string, verdict: Net['verdict'], backs: string, ...more: Step[]) =>
    net(
      `${n} undone: ${words}`,
      verdict,
      'x0',
      ...steps,
      decide(`x${n}`, 'e', 'undo'),
      undo('undo', 'e'),
      ...ids(n, 'u').map((name) => task(name, backs)),
      ...more,
    );
  return [
    of('each leads back', 'sound', 'undo'),
    of('each leads elsewhere', 'bad-undo', 'e'),
    of('each goes round', 'cannot-complete', 'r', task('r', 'r')),
  ];
}

/** Nets written by hand, in families. */
export const nets: readonly Net[] = [
  ...[1, 2, 5, 20, 100].flatMap(sequences),
  ...[2, 3, 5, 8].flatMap((n) => [1, 3].flatMap((length) => blocks(n, length))),
  ...[1, 2, 3, 5].flatMap(nested),
  ...[1, 3, 10].flatMap(undoing),
];
