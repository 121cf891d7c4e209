import type { ParallelStep, Step, StepId } from '../definition/definition.ts';
import type { Analysis, Rest, Result, Trace } from './soundness-region.ts';

/** What can come of a parallel block as a whole: `passed`, or what came of one of its branches. */
export interface Block {
  readonly results: ReadonlyMap<Result, Trace>;
  readonly rests: readonly Rest[];
  /** Where control goes when the block is passed. */
  readonly next: readonly StepId[];
}

interface Branch {
  readonly analysis: Analysis;
  /** Starts always; else only when its condition holds. */
  readonly certain: boolean;
}

/** How many incomparable states of a block are kept: far more than any block that people write. */
const maxStates = 2_000;

/** A block with too many states to be told apart. */
export class TooManyStates extends Error {}

/** Puts the analyses of its branches together to that of a block. */
export function blockFrom(
  parallel: ParallelStep,
  closing: Step | undefined,
  branches: readonly Branch[],
): Block {
  const join = closing?.type === 'join' && closing.closes === parallel.id ? closing : null;
  const { enough } = join ?? {};
  const count = enough && 'count' in enough ? enough.count : Infinity;
  const results = new Map<Result, Trace>();
  for (const { analysis } of branches) {
    for (const [result, trace] of analysis.results) {
      const known = results.get(result);
      if (result === 'arrived' || result === 'came' || result === 'over') continue;
      if (!known || known.length > trace.length) results.set(result, trace);
    }
  }
  const passing = join && passed(branches, count, enough !== undefined && 'when' in enough);
  if (join && passing) results.set('passed', passing.length > 0 ? [...passing, join.id] : []);
  return {
    results,
    rests: restsOf(branches, join ? count : null),
    next: join ? join.next.map(({ to }) => to) : [],
  };
}

/** A short way past the join, if there is any. */
function passed(branches: readonly Branch[], count: number, early: boolean): Trace | null {
  const certain = branches.filter((branch) => branch.certain);
  if (certain.length === 0) return [];
  const arrivals = (some: readonly Branch[]): readonly Trace[] =>
    some
      .map(({ analysis }) => analysis.results.get('arrived'))
      .filter((trace) => trace !== undefined)
      .sort((left, right) => left.length - right.length);
  const needed = early ? 1 : count;
  const all = arrivals(branches);
  if (all.length >= needed) return all.slice(0, needed).flat();
  const sure = arrivals(certain);
  return sure.length === certain.length ? sure.flat() : null;
}

/** A state of some branches together: how many can still arrive, and what else can come. */
interface Together extends Rest {
  readonly can: number;
  readonly cannot: boolean;
}

/**
 * The states of the block that leave the least open. A join that passes early on a condition is not
 * counted on: the condition may never hold. `count` is null where the block has no join.
 */
function restsOf(branches: readonly Branch[], count: number | null): readonly Rest[] {
  let states: readonly Together[] = [
    { can: 0, cannot: false, results: new Set(), trace: [], at: [] },
  ];
  for (const { analysis, certain } of branches) {
    const started = states.flatMap((state) =>
      analysis.rests.map((rest) => combined(state, rest, count ?? 0)),
    );
    states = worst(certain ? started : [...states, ...started]);
    if (states.length > maxStates) throw new TooManyStates();
  }
  return states.map(({ can, cannot, results, trace, at }) => {
    const passes = count !== null && (!cannot || can >= count);
    return { results: passes ? new Set([...results, 'passed']) : results, trace, at };
  });
}

function combined(state: Together, rest: Rest, count: number): Together {
  const arrives = rest.results.has('arrived');
  // A join that counts does not wait for side paths.
  const comes = arrives || rest.results.has('came');
  const results = new Set([...state.results, ...rest.results]);
  for (const own of ['arrived', 'came']) results.delete(own);
  return {
    can: Number.isFinite(count) ? Math.min(count, state.can + (comes ? 1 : 0)) : 0,
    cannot: state.cannot || !arrives,
    results,
    trace: [...state.trace, ...rest.trace],
    // Where it stands still comes before where it only waits.
    at: arrives ? [...state.at, ...rest.at] : [...rest.at, ...state.at],
  };
}

/** Leaves out states that leave more open than another. */
function worst(states: readonly Together[]): readonly Together[] {
  const kept: Together[] = [];
  const isWorse = (one: Together, other: Together): boolean =>
    one.can <= other.can && (one.cannot || !other.cannot) && isWithin(one.results, other.results);
  for (const state of states) {
    if (kept.some((other) => isWorse(other, state))) continue;
    kept.splice(0, kept.length, ...kept.filter((other) => !isWorse(state, other)), state);
  }
  return kept;
}

/** Whether every result of the one is among those of the other. */
export function isWithin(one: ReadonlySet<Result>, other: ReadonlySet<Result>): boolean {
  return [...one].every((result) => other.has(result));
}
