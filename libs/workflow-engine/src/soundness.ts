import type { Compiled } from './compiled.ts';
import type { DefinitionProblem } from './definition-problem.ts';
import type { Step, StepId } from './definition.ts';
import { exitsOf, skipTargets } from './graph.ts';
import { besideIn, depthAt } from './places.ts';

/** The most markings that are explored. Definitions of people stay far below. */
const maxMarkings = 50_000;

/** A token: its step and the branches around it, as `<parallel>/<branch>`, outermost first. */
interface Place {
  readonly step: StepId;
  readonly scope: readonly string[];
}

/** All tokens at one moment, in a fixed order; empty when the run has ended. */
type Marking = readonly Place[];

interface Reached {
  readonly marking: Marking;
  readonly from: Reached | null;
  /** What was done last: `<step>` or `<step>: <outcome>`. */
  readonly by: string;
  readonly next: Reached[];
}

/**
 * Explores every marking that a run can reach when any outcome, transition and skip may happen.
 * Sound means: from everywhere an ending can be reached, nothing happens twice at once and no step
 * is dead. Facts are not looked at, so a found trace may be one that the facts rule out.
 */
export function checkSoundness(compiled: Compiled): readonly DefinitionProblem[] {
  const explored = explore(compiled);
  if (explored.tooLarge) {
    const message = 'The flow has too many combinations to be checked. Split it into workflows.';
    return [{ code: 'too-large', severity: 'error', place: 'steps', message }];
  }
  return [
    ...twoAtOnce(explored.all),
    ...cannotComplete(explored.all),
    ...deadSteps(compiled, explored.all),
  ];
}

interface Explored {
  readonly all: readonly Reached[];
  readonly tooLarge: boolean;
}

function explore(compiled: Compiled): Explored {
  const known = new Map<string, Reached>();
  const all: Reached[] = [];
  const reach = (marking: Marking, from: Reached | null, by: string): Reached => {
    const key = keyOf(marking);
    const seen = known.get(key);
    if (seen) return seen;
    const reached: Reached = { marking, from, by, next: [] };
    known.set(key, reached);
    all.push(reached);
    return reached;
  };
  reach([{ step: compiled.definition.start, scope: [] }], null, 'start');
  for (let at = 0; at < all.length; at += 1) {
    const here = all[at];
    if (!here) break;
    if (all.length > maxMarkings) return { all, tooLarge: true };
    // Two tokens in one place are reported; going on from there would never end.
    if (hasTwins(here.marking)) continue;
    for (const { marking, by } of movesFrom(compiled, here.marking)) {
      here.next.push(reach(marking, here, by));
    }
  }
  return { all, tooLarge: false };
}

function nameOf({ step, scope }: Place): string {
  return `${step}@${scope.join('>')}`;
}

function keyOf(marking: Marking): string {
  return marking.map(nameOf).join('|');
}

function ordered(places: readonly Place[]): Marking {
  return [...places].sort((left, right) => (nameOf(left) < nameOf(right) ? -1 : 1));
}

function hasTwins(marking: Marking): boolean {
  return marking.some((place, at) => {
    const next = marking[at + 1];
    return next !== undefined && nameOf(place) === nameOf(next);
  });
}

interface PossibleMove {
  readonly marking: Marking;
  readonly by: string;
}

function* movesFrom(compiled: Compiled, marking: Marking): Generator<PossibleMove> {
  for (const place of marking) {
    const step = compiled.steps.get(place.step);
    if (!step) continue;
    const others = marking.filter((other) => other !== place);
    if (step.type === 'end') {
      yield { marking: [], by: step.id };
    } else if (step.type === 'parallel') {
      const started = step.branches.map(({ id, start }) =>
        placed(compiled, start, [...place.scope, `${step.id}/${id}`]),
      );
      yield { marking: ordered([...others, ...started]), by: step.id };
    } else if (step.type === 'join') {
      yield* joined(compiled, marking, place, step);
    } else {
      for (const { to, by, key } of exitsOf(step, compiled.steps)) {
        const shown = by === 'next' ? step.id : `${step.id}: ${by === 'outcome' ? key : by}`;
        yield { marking: gone(compiled, others, place.scope, to), by: shown };
      }
    }
    if (step.when) {
      for (const to of skipTargets(step, compiled.steps)) {
        yield { marking: gone(compiled, others, place.scope, to), by: `${step.id}: skipped` };
      }
    }
  }
}

function* joined(
  compiled: Compiled,
  marking: Marking,
  place: Place,
  step: Step & { readonly type: 'join' },
): Generator<PossibleMove> {
  const outer = place.scope.slice(0, -1);
  const isInBlock = besideIn(place.scope, outer.length);
  const inBlock = marking.filter(({ scope }) => isInBlock?.(scope));
  const waits = (other: Place): boolean =>
    other.step === step.id && other.scope.length === place.scope.length;
  // One of the waiting tokens stands for all, so that the join passes once, when nothing else is
  // open in its block.
  if (inBlock[0] !== place || !inBlock.every(waits)) return;
  const others = marking.filter((other) => !inBlock.includes(other));
  for (const { to } of step.next) {
    yield { marking: gone(compiled, others, outer, to), by: step.id };
  }
}

function placed(compiled: Compiled, to: StepId, scope: readonly string[]): Place {
  return { step: to, scope: scope.slice(0, depthAt(compiled, to, scope)) };
}

/** The marking after a token went to a step; what was beside it in a block that it left is gone. */
function gone(
  compiled: Compiled,
  others: readonly Place[],
  scope: readonly string[],
  to: StepId,
): Marking {
  const arrived = placed(compiled, to, scope);
  const isLeft = besideIn(scope, arrived.scope.length);
  return ordered([...others.filter((other) => !isLeft?.(other.scope)), arrived]);
}

function traceTo(reached: Reached): readonly string[] {
  const trace: string[] = [];
  for (let at = reached; at.from; at = at.from) trace.unshift(at.by);
  return trace;
}

function twoAtOnce(all: readonly Reached[]): readonly DefinitionProblem[] {
  const found = all.find(({ marking }) => hasTwins(marking));
  if (!found) return [];
  const twin = found.marking.find((place, at) => found.marking[at + 1]?.step === place.step);
  return [
    {
      code: 'two-at-once',
      severity: 'error',
      place: `steps.${twin?.step ?? ''}`,
      message: 'The run can come here twice at the same time. Join the branches before.',
      trace: traceTo(found),
    },
  ];
}

/**
 * The nearest marking from which no ending can be reached; where the run stands still, if there is
 * such a one.
 */
function cannotComplete(all: readonly Reached[]): readonly DefinitionProblem[] {
  const backwards = new Map<Reached, Reached[]>();
  for (const reached of all) {
    for (const next of reached.next) {
      const sources = backwards.get(next);
      if (sources) sources.push(reached);
      else backwards.set(next, [reached]);
    }
  }
  const completing = new Set(all.filter(({ marking }) => marking.length === 0));
  // A set is walked in order of insertion, with what is added on the way.
  for (const reached of completing) {
    for (const source of backwards.get(reached) ?? []) completing.add(source);
  }
  const doomed = all.filter((one) => !completing.has(one) && !hasTwins(one.marking));
  const stuck = doomed.find(({ next }) => next.length === 0) ?? doomed[0];
  if (!stuck) return [];
  const open = stuck.marking.map(({ step }) => step);
  return [
    {
      code: 'cannot-complete',
      severity: 'error',
      place: `steps.${open[0] ?? ''}`,
      message: `No ending can be reached once the run is at ${open.join(' and ')}.`,
      trace: traceTo(stuck),
    },
  ];
}

function deadSteps(
  { definition, places }: Compiled,
  all: readonly Reached[],
): readonly DefinitionProblem[] {
  const alive = new Set(all.flatMap(({ marking }) => marking.map(({ step }) => step)));
  return definition.steps
    .filter(({ id }) => places.has(id) && !alive.has(id))
    .map(({ id, name }) => ({
      code: 'unreachable-step',
      severity: 'error',
      place: `steps.${id}`,
      message: `No run can come to “${name}”.`,
    }));
}
