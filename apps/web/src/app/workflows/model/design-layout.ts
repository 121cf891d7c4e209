import { graphlib, layout } from '@dagrejs/dagre';
import type { StepId } from '@plumbline/workflow-engine';
import type { Design, Place } from './design.ts';
import { allWays, waysOf } from './ways.ts';

export const NODE_WIDTH = 220;
export const NODE_HEIGHT = 76;

/**
 * Where every step stands: as people placed them, else laid out from top to bottom. A step without a
 * place among placed ones stands below what leads to it, where nothing else is.
 */
export function placesOf(design: Design): ReadonlyMap<StepId, Place> {
  const { definition, layout: chosen } = design;
  if (Object.keys(chosen).length === 0) return laidOut(design);
  const places = new Map<StepId, Place>();
  for (const { id } of definition.steps) {
    const place = chosen[id];
    if (place) places.set(id, place);
  }
  for (const { id } of definition.steps) {
    if (places.has(id)) continue;
    const before = definition.steps.find(
      (step) => places.has(step.id) && waysOf(step).some(({ to }) => to === id),
    );
    const at = (before && places.get(before.id)) ?? { x: 0, y: -NODE_HEIGHT };
    places.set(id, freePlace({ x: at.x, y: at.y + NODE_HEIGHT + 56 }, [...places.values()]));
  }
  return places;
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

function laidOut(design: Design): ReadonlyMap<StepId, Place> {
  const { steps, start } = design.definition;
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 56, ranksep: 64, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  const ids = new Set(steps.map(({ id }) => id));
  const size = { width: NODE_WIDTH, height: NODE_HEIGHT };
  // The start first: the layout turns round the ways that lead back to it.
  const order = [...steps].sort((a, b) => Number(b.id === start) - Number(a.id === start));
  for (const { id } of order) graph.setNode(id, { ...size });
  for (const way of allWays(design)) {
    // What is sent back or undone does not say what comes first.
    if (way.kind === 'send-back' || way.kind === 'undone-by' || !ids.has(way.to)) continue;
    if (way.from !== way.to) graph.setEdge(way.from, way.to, {}, way.id);
  }
  layout(graph);
  return new Map(
    steps.map(({ id }) => {
      const { x, y } = graph.node(id) as Place;
      return [id, { x: Math.round(x - NODE_WIDTH / 2), y: Math.round(y - NODE_HEIGHT / 2) }];
    }),
  );
}
