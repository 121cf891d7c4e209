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
      .map(({ to, label, taken }, at): Way => ({ id: `${from}-${at}`, from, to, label, taken })),
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
  return { nodes, ways };
}
