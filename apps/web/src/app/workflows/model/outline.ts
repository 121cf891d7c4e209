import { placesIn, type Step, type StepId } from '@plumbline/workflow-engine';
import type { Design } from './design.ts';
import { type Way, waysOf } from './ways.ts';

/** One line of the outline. */
export interface OutlineLine {
  readonly step: Step;
  /** From 1, in reading order. */
  readonly number: number;
  /** How many parallel branches it is inside. */
  readonly depth: number;
  /** The branch that starts here, in words; null elsewhere. */
  readonly branch: string | null;
  /** Nothing leads here. */
  readonly loose: boolean;
  readonly ways: readonly OutlineWay[];
}

/** A way on, with the number of the line it leads to; null when there is no such step. */
export interface OutlineWay {
  readonly way: Way;
  readonly number: number | null;
  readonly name: string;
  /** It goes on with the next line: nothing to say. */
  readonly plain: boolean;
  readonly back: boolean;
}

/** The steps in the order of the work, ways back aside; what nothing leads to comes last. */
export function outlineOf(design: Design): readonly OutlineLine[] {
  const { definition } = design;
  const steps = new Map(definition.steps.map((step) => [step.id, step]));
  const order = reading(design, steps);
  const numbers = new Map(order.map((id, at) => [id, at + 1]));
  const places = placesIn(definition, steps);
  const branches = new Map<StepId, string>();
  for (const step of definition.steps) {
    if (step.type !== 'parallel') continue;
    for (const { start, label, id } of step.branches) branches.set(start, label?.trim() || id);
  }
  return order.flatMap((id, at): OutlineLine[] => {
    const step = steps.get(id);
    if (!step) return [];
    const place = places.get(id);
    const ways = waysOf(step).map((way): OutlineWay => {
      const number = numbers.get(way.to) ?? null;
      return {
        way,
        number,
        name: steps.get(way.to)?.name ?? way.to,
        plain: way.kind === 'next' && !way.when && !way.label && way.to === order[at + 1],
        back: number !== null && number <= at + 1,
      };
    });
    return [
      {
        ...{ step, number: at + 1, ways },
        depth: place?.length ?? 0,
        branch: branches.get(id) ?? null,
        loose: place === undefined,
      },
    ];
  });
}

/** Every step after those that lead to it, as far as there is no way back; branches stay together. */
function reading(design: Design, steps: ReadonlyMap<StepId, Step>): readonly StepId[] {
  const done = new Set<StepId>();
  const finished: StepId[] = [];
  const visit = (from: StepId): void => {
    const pending: { id: StepId; left: StepId[] }[] = [];
    const enter = (id: StepId): void => {
      const step = steps.get(id);
      if (!step || done.has(id)) return;
      done.add(id);
      // The first way last, so that it comes first when the order is turned round.
      const left = waysOf(step)
        .filter(({ kind }) => kind !== 'send-back' && kind !== 'undone-by')
        .map(({ to }) => to);
      pending.push({ id, left });
    };
    enter(from);
    for (let top = pending.at(-1); top; top = pending.at(-1)) {
      const next = top.left.pop();
      if (next !== undefined) enter(next);
      else {
        finished.push(top.id);
        pending.pop();
      }
    }
  };
  visit(design.definition.start);
  const main = finished.reverse();
  const rest = design.definition.steps.filter(({ id }) => !done.has(id)).map(({ id }) => id);
  return [...main, ...rest];
}
