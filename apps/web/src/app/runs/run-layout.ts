import { graphlib, layout } from '@dagrejs/dagre';
import type { RunStep } from '@plumbline/contracts';

export const NODE_WIDTH = 212;
export const NODE_HEIGHT = 72;

/** A step with its place on the canvas. */
export interface PlacedStep {
  readonly step: RunStep;
  readonly position: { readonly x: number; readonly y: number };
}

/** A way between two steps. */
export interface Way {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly label: string | null;
  readonly taken: boolean;
  /** Leads up again, so it is drawn around the side. */
  readonly back: boolean;
}

/** The steps of a run from top to bottom, in the order of the work, without crossing where that is possible. */
export function layoutRun(steps: readonly RunStep[]): {
  readonly nodes: readonly PlacedStep[];
  readonly ways: readonly Way[];
} {
  const known = new Set(steps.map(({ id }) => id));
  const ways = steps.flatMap(({ id: from, next }) =>
    next
      .filter(({ to }) => known.has(to))
      .map(({ to, label, taken }, at) => ({ id: `${from}-${at}`, from, to, label, taken })),
  );
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 48, ranksep: 56, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of steps) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  for (const { id, from, to } of ways) graph.setEdge(from, to, {}, id);
  layout(graph);
  const nodes = steps.map((step): PlacedStep => {
    const { x, y } = graph.node(step.id) as { x: number; y: number };
    return { step, position: { x: x - NODE_WIDTH / 2, y: y - NODE_HEIGHT / 2 } };
  });
  const height = new Map(nodes.map(({ step, position }) => [step.id, position.y]));
  return {
    nodes,
    ways: ways.map((way) => ({
      ...way,
      back: (height.get(way.to) ?? 0) <= (height.get(way.from) ?? 0),
    })),
  };
}

/** How large the canvas is drawn and where its origin stands, in pixels of the window on it. */
export interface View {
  readonly scale: number;
  readonly position: { readonly x: number; readonly y: number };
}

/** The smallest scale at which names can be read. */
const LEGIBLE = 0.75;
/** Empty pixels around the drawing. */
export const MARGIN = 24;

/** What the drawing takes at scale 1, from its left top corner. */
export function extentOf(nodes: readonly PlacedStep[]): {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
} {
  const x = Math.min(...nodes.map(({ position }) => position.x));
  const y = Math.min(...nodes.map(({ position }) => position.y));
  const right = Math.max(...nodes.map(({ position }) => position.x + NODE_WIDTH));
  const bottom = Math.max(...nodes.map(({ position }) => position.y + NODE_HEIGHT));
  return nodes.length === 0
    ? { x: 0, y: 0, width: 0, height: 0 }
    : { x, y, width: right - x, height: bottom - y };
}

/** All of it in the middle, never larger than drawn. */
export function viewOfAll(
  nodes: readonly PlacedStep[],
  window: { readonly width: number; readonly height: number },
): View {
  const extent = extentOf(nodes);
  const fits = Math.min(
    (window.width - 2 * MARGIN) / Math.max(1, extent.width),
    (window.height - 2 * MARGIN) / Math.max(1, extent.height),
  );
  const scale = Math.max(0.2, Math.min(1, fits));
  return {
    scale,
    position: {
      x: (window.width - extent.width * scale) / 2 - extent.x * scale,
      y: (window.height - extent.height * scale) / 2 - extent.y * scale,
    },
  };
}

/**
 * Where to look first: all of it when that can be read; else one step in the middle, without showing
 * emptiness beside the drawing while there is more of it on the other side.
 */
export function viewOfStep(
  nodes: readonly PlacedStep[],
  window: { readonly width: number; readonly height: number },
  id: string | undefined,
): View {
  const all = viewOfAll(nodes, window);
  const node = nodes.find(({ step }) => step.id === id) ?? nodes[0];
  if (!node || all.scale >= LEGIBLE) return all;
  const extent = extentOf(nodes);
  const along = (space: number, start: number, length: number, middle: number): number => {
    if (length + 2 * MARGIN <= space) return (space - length) / 2 - start;
    const least = space - MARGIN - start - length;
    return Math.min(MARGIN - start, Math.max(least, space / 2 - middle));
  };
  const { x, y } = node.position;
  return {
    scale: 1,
    position: {
      x: along(window.width, extent.x, extent.width, x + NODE_WIDTH / 2),
      y: along(window.height, extent.y, extent.height, y + NODE_HEIGHT / 2),
    },
  };
}
