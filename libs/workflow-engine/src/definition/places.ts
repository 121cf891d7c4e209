import type { Step, StepId, WorkflowDefinition } from './definition.ts';
import { boundariesOf, exitsOf, skipTargets } from './graph.ts';

/** What stands for the side path around a step that only side paths come to. */
export const sidePath = '!';

/**
 * The branches around each reachable step, as `<parallel>/<branch>`, outermost first. A step that
 * is reached from several places lies in what these have in common, so that going there leaves the
 * blocks in between. What only side paths come to, maybe several, lies in `sidePath` and then in
 * the branches opened by them.
 */
export function placesIn(
  definition: WorkflowDefinition,
  steps: ReadonlyMap<StepId, Step>,
): ReadonlyMap<StepId, readonly string[]> {
  const main = new Map<StepId, readonly string[]>();
  spread(steps, main, [{ to: definition.start, place: [] }], (to) => steps.has(to));
  const places = new Map(main);
  const besides = [...main.keys()].flatMap((id) => besideOf(steps.get(id)));
  spread(steps, places, besides, (to) => steps.has(to) && !main.has(to));
  return places;
}

interface Reach {
  readonly to: StepId;
  readonly place: readonly string[];
}

/** Where the side paths of a step begin. */
function besideOf(step: Step | undefined): readonly Reach[] {
  return (step ? boundariesOf(step) : []).flatMap(({ interrupts, to }) =>
    interrupts ? [] : [{ to, place: [sidePath] }],
  );
}

/** Finds the places of all steps that can be come to from these, as far as they are looked at. */
function spread(
  steps: ReadonlyMap<StepId, Step>,
  places: Map<StepId, readonly string[]>,
  from: readonly Reach[],
  looksAt: (to: StepId) => boolean,
): void {
  const pending = [...from];
  const inside = places.size > 0;
  for (let next = pending.pop(); next; next = pending.pop()) {
    const step = steps.get(next.to);
    if (!step || !looksAt(next.to)) continue;
    const known = places.get(next.to);
    const arrived = step.type === 'join' ? outsideOf(next.place, step.closes) : next.place;
    const place = known ? commonStart(known, arrived) : arrived;
    if (known?.length === place.length) continue;
    places.set(next.to, place);
    for (const { to, by, key } of exitsOf(step, steps)) {
      if (by === 'beside') continue;
      pending.push({ to, place: by === 'branch' ? [...place, `${step.id}/${key}`] : place });
    }
    if (inside) pending.push(...besideOf(step));
    if (step.when) for (const to of skipTargets(step, steps)) pending.push({ to, place });
  }
}

/** The steps of a definition and where they lie. */
export interface Surveyed {
  readonly steps: ReadonlyMap<StepId, Step>;
  readonly places: ReadonlyMap<StepId, readonly string[]>;
}

/**
 * How much of what is open around a place stays open when control goes from there to a step.
 * `scope` lists it outermost first, as in a token (`<parallel>#<visit>/<branch>`,
 * `<step>#<visit>!<boundary>`) or without visits.
 */
export function depthAt({ steps, places }: Surveyed, to: StepId, scope: readonly string[]): number {
  const step = steps.get(to);
  if (step?.type === 'join') {
    return scope.findLastIndex((entry) => isBranchOf(entry, step.closes)) + 1;
  }
  const place = places.get(to) ?? [];
  const base = place[0] === sidePath ? scope.findLastIndex(isSidePath) : 0;
  return Math.min(base + place.length, scope.length);
}

/** Whether an entry of a scope, with or without its visit, is a branch of this parallel step. */
export function isBranchOf(entry: string, parallel: StepId): boolean {
  return entry.startsWith(`${parallel}#`) || entry.startsWith(`${parallel}/`);
}

/** Whether an entry of a scope is a side path; else it is a branch. */
export function isSidePath(entry: string): boolean {
  return entry.includes(sidePath);
}

/**
 * What is cancelled when control leaves `scope` down to this depth: of a block, everything else
 * that is open in it; of a side path, everything else that is open beside its step. Nothing when
 * nothing is left.
 */
export function besideIn(
  scope: readonly string[],
  depth: number,
): ((other: readonly string[]) => boolean) | null {
  const entry = scope[depth];
  if (entry === undefined) return null;
  const around = scope.slice(0, depth);
  const within = (other: readonly string[]): boolean =>
    around.every((open, at) => other[at] === open);
  if (isSidePath(entry)) return within;
  const block = blockOf(entry);
  return (other) => within(other) && (other[depth]?.startsWith(block) ?? false);
}

/** The block that a branch belongs to, as every branch of it begins: `<parallel>#<visit>/`. */
export function blockOf(branch: string): string {
  return branch.slice(0, branch.lastIndexOf('/') + 1);
}

function outsideOf(place: readonly string[], parallel: StepId): readonly string[] {
  const at = place.findLastIndex((branch) => branch.startsWith(`${parallel}/`));
  return at < 0 ? place : place.slice(0, at);
}

function commonStart(left: readonly string[], right: readonly string[]): readonly string[] {
  const end = left.findIndex((branch, at) => branch !== right[at]);
  return end < 0 ? left : left.slice(0, end);
}
