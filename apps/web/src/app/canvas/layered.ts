import { graphlib, layout } from '@dagrejs/dagre';
import type { Place, Size } from './geometry.ts';

/** What follows what. */
export interface Edge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

/** Where everything stands. */
export interface Layered {
  readonly places: ReadonlyMap<string, Place>;
  /** Points between the nodes of the rows that a way passes, from top to bottom; none for most. */
  readonly through: ReadonlyMap<string, readonly Place[]>;
}

/** Nodes in rows from top to bottom, in the order of the edges, with as few crossings as can be found. */
export function layered(
  ids: readonly string[],
  edges: readonly Edge[],
  size: Size,
  gaps: { readonly across: number; readonly down: number },
): Layered {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({
    rankdir: 'TB',
    nodesep: gaps.across,
    ranksep: gaps.down,
    marginx: 16,
    marginy: 16,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of ids) graph.setNode(id, { ...size });
  const known = new Set(ids);
  const drawn = edges.filter(({ from, to }) => known.has(from) && known.has(to) && from !== to);
  for (const { id, from, to } of drawn) graph.setEdge(from, to, {}, id);
  layout(graph);
  const places = new Map(
    ids.map((id): [string, Place] => {
      const { x, y } = graph.node(id) as Place;
      return [id, { x: Math.round(x - size.width / 2), y: Math.round(y - size.height / 2) }];
    }),
  );
  const through = new Map<string, readonly Place[]>();
  for (const { id, from, to } of drawn) {
    const { points } = graph.edge(from, to, id) as { readonly points?: readonly Place[] };
    // The first and the last lie on the nodes' borders; points in the gaps between rows say nothing.
    const between = (points ?? []).slice(1, -1).filter((_, at) => at % 2 === 1);
    if (between.length > 0) through.set(id, between);
  }
  return { places, through };
}
