import type { RunStep } from '@plumbline/contracts';
import type { Place, Size } from '../canvas/geometry.ts';
import { layered } from '../canvas/layered.ts';

export const NODE_SIZE: Size = { width: 212, height: 72 };

/** A way between two steps. */
export interface Way {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly label: string | null;
  readonly taken: boolean;
  /** Leads up again, so it is drawn around the side. */
  readonly back: boolean;
  /** Points between other steps that it goes through. */
  readonly through: readonly Place[];
}

/** The steps of a run from top to bottom, in the order of the work, without crossing where that is possible. */
export function layoutRun(steps: readonly RunStep[]): {
  readonly places: ReadonlyMap<string, Place>;
  readonly ways: readonly Way[];
} {
  const known = new Set(steps.map(({ id }) => id));
  const ways = steps.flatMap(({ id: from, next }) =>
    next
      .filter(({ to }) => known.has(to))
      .map(({ to, label, taken }, at) => ({ id: `${from}-${at}`, from, to, label, taken })),
  );
  const { places, through } = layered([...known], ways, NODE_SIZE, { across: 48, down: 56 });
  const height = (id: string): number => places.get(id)?.y ?? 0;
  return {
    places,
    ways: ways.map((way) => ({
      ...way,
      back: height(way.to) <= height(way.from),
      through: through.get(way.id) ?? [],
    })),
  };
}
