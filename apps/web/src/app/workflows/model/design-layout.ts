import type { StepId } from '@plumbline/workflow-engine';
import type { Size } from '../../canvas/geometry.ts';
import { layered, type Layered } from '../../canvas/layered.ts';
import type { Design, Layout, Place } from './design.ts';
import { allWays, type Way } from './ways.ts';

export const NODE_SIZE: Size = { width: 220, height: 76 };
const { width: NODE_WIDTH, height: NODE_HEIGHT } = NODE_SIZE;

/** All that the places of the steps rest on: a change of words leaves it as it was. */
export interface Shape {
  readonly start: StepId;
  readonly ids: readonly StepId[];
  readonly ways: readonly Pick<Way, 'id' | 'from' | 'to' | 'kind'>[];
  readonly layout: Layout;
}

export function shapeOf(design: Design): Shape {
  const { definition, layout } = design;
  const ids = definition.steps.map(({ id }) => id);
  return { start: definition.start, ids, ways: allWays(design), layout };
}

export function sameShape(a: Shape, b: Shape): boolean {
  return (
    a.start === b.start &&
    a.layout === b.layout &&
    a.ids.length === b.ids.length &&
    a.ways.length === b.ways.length &&
    a.ids.every((id, at) => id === b.ids[at]) &&
    a.ways.every((way, at) => way.id === b.ways[at]?.id && way.to === b.ways[at].to)
  );
}

/**
 * Where every step stands: as people placed them, else laid out from top to bottom. A step without a
 * place among placed ones stands below what leads to it, where nothing else is.
 */
export function drawingOf(shape: Shape): Layered {
  const { ids, ways, layout: chosen } = shape;
  if (Object.keys(chosen).length === 0) return laidOut(shape);
  const places = new Map<StepId, Place>();
  for (const id of ids) {
    const place = chosen[id];
    if (place) places.set(id, place);
  }
  for (const id of ids) {
    if (places.has(id)) continue;
    const before = ways.find(({ from, to }) => to === id && places.has(from))?.from;
    const at = (before !== undefined && places.get(before)) || { x: 0, y: -NODE_HEIGHT };
    places.set(id, freePlace({ x: at.x, y: at.y + NODE_HEIGHT + 56 }, [...places.values()]));
  }
  return { places, through: new Map() };
}

function freePlace(wanted: Place, taken: readonly Place[]): Place {
  let place = wanted;
  while (
    taken.some(
      ({ x, y }) => Math.abs(x - place.x) < NODE_WIDTH && Math.abs(y - place.y) < NODE_HEIGHT,
    )
  ) {
    place = { ...place, x: place.x + NODE_WIDTH + 40 };
  }
  return place;
}

function laidOut({ start, ids, ways }: Shape): Layered {
  // The start first: the layout turns round the ways that lead back to it.
  const order = [...ids].sort((a, b) => Number(b === start) - Number(a === start));
  // What is sent back or undone does not say what comes first.
  const forward = ways.filter(({ kind }) => kind !== 'send-back' && kind !== 'undone-by');
  return layered(order, forward, NODE_SIZE, { across: 56, down: 64 });
}
