import type { Condition, Step, StepId } from '@plumbline/workflow-engine';
import type { Design } from './design.ts';

/** How a way out of a step is written. */
export type WayKind =
  'next' | 'outcome' | 'branch' | 'boundary' | 'failed' | 'send-back' | 'undone-by';

/** A way from one step to another. */
export interface Way {
  /** Unique in a design and stable while the order of a step's ways is. */
  readonly id: string;
  readonly from: StepId;
  readonly kind: WayKind;
  /** Its number among the ways of this kind. */
  readonly at: number;
  readonly to: StepId;
  readonly label: string | null;
  readonly when: Condition | null;
}

interface Told {
  readonly label?: string | undefined;
  readonly when?: Condition | undefined;
}

/** Every way out of a step, as people see them. */
export function waysOf(step: Step): readonly Way[] {
  const ways: Way[] = [];
  withTargets(step, (way) => {
    ways.push(way);
    return way.to;
  });
  return ways;
}

/** Every way of a design. */
export function allWays({ definition }: Design): readonly Way[] {
  return definition.steps.flatMap(waysOf);
}

/** The ways that lead to a step. */
export function waysInto(design: Design, id: StepId): readonly Way[] {
  return allWays(design).filter(({ to }) => to === id);
}

/**
 * The step with every way led to where `target` says; `null` takes the way out. The same step when
 * nothing changes.
 */
export function withTargets(step: Step, target: (way: Way) => StepId | null): Step {
  const lead = (kind: WayKind, at: number, to: StepId, told: Told = {}): StepId | null =>
    target({
      id: `${step.id}/${kind}/${at}`,
      from: step.id,
      ...{ kind, at, to },
      label: told.label?.trim() || null,
      when: told.when ?? null,
    });
  const list = <T>(
    items: readonly T[],
    kind: WayKind,
    read: (item: T) => StepId,
    put: (item: T, to: StepId) => T,
    told: (item: T) => Told,
  ): readonly T[] => {
    const led = items.flatMap((item, at) => {
      const to = lead(kind, at, read(item), told(item));
      if (to === read(item)) return [item];
      return to === null ? [] : [put(item, to)];
    });
    return led.length === items.length && led.every((item, at) => item === items[at]) ? items : led;
  };
  let led: Step = step;
  if ('next' in led) {
    const next = list(
      led.next,
      'next',
      ({ to }) => to,
      (item, to) => ({ ...item, to }),
      (item) => item,
    );
    if (next !== led.next) led = { ...led, next };
  }
  if (led.type === 'approval') {
    const outcomes = list(
      led.outcomes,
      'outcome',
      ({ to }) => to,
      (item, to) => ({ ...item, to }),
      (item) => item,
    );
    if (outcomes !== led.outcomes) led = { ...led, outcomes };
  }
  if (led.type === 'parallel') {
    const branches = list(
      led.branches,
      'branch',
      ({ start }) => start,
      (item, start) => ({ ...item, start }),
      (item) => item,
    );
    if (branches !== led.branches) led = { ...led, branches };
  }
  if ('boundaries' in led && led.boundaries) {
    const boundaries = list(
      led.boundaries,
      'boundary',
      ({ to }) => to,
      (item, to) => ({ ...item, to }),
      ({ label }) => ({ label }),
    );
    if (boundaries !== led.boundaries) led = { ...led, boundaries };
  }
  if ('sendBackTo' in led && led.sendBackTo) {
    const sendBackTo = list(
      led.sendBackTo,
      'send-back',
      (to) => to,
      (_, to) => to,
      () => ({}),
    );
    if (sendBackTo !== led.sendBackTo) led = { ...led, sendBackTo };
  }
  if ('failed' in led && led.failed !== undefined) {
    const failed = lead('failed', 0, led.failed);
    if (failed === null) {
      const { failed: _gone, ...rest } = led;
      led = rest;
    } else if (failed !== led.failed) led = { ...led, failed };
  }
  if ('undoneBy' in led && led.undoneBy !== undefined) {
    const undoneBy = lead('undone-by', 0, led.undoneBy);
    if (undoneBy === null) {
      const { undoneBy: _gone, ...rest } = led;
      led = rest;
    } else if (undoneBy !== led.undoneBy) led = { ...led, undoneBy };
  }
  return led;
}

/** The way on that is taken when nothing special happens: where a new step after this one goes. */
export function mainWay(step: Step): Way | null {
  const ways = waysOf(step);
  if (step.type === 'approval') {
    const at = step.outcomes.findIndex(({ effect }) => effect.startsWith('approve'));
    return ways.find((way) => way.kind === 'outcome' && way.at === Math.max(at, 0)) ?? null;
  }
  return ways.findLast(({ kind }) => kind === 'next') ?? null;
}

/** Whether work can come from one step to another without being sent back or undone. */
export function leadsTo(design: Design, from: StepId, to: StepId): boolean {
  const steps = new Map(design.definition.steps.map((step) => [step.id, step]));
  const seen = new Set<StepId>();
  const pending = [from];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (id === to) return true;
    const step = steps.get(id);
    if (!step || seen.has(id)) continue;
    seen.add(id);
    for (const way of waysOf(step)) {
      if (way.kind !== 'send-back' && way.kind !== 'undone-by') pending.push(way.to);
    }
  }
  return false;
}
