import type { Box, Place } from './geometry.ts';

/** A way to draw between two nodes. */
export interface Link {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** It leads back: drawn along the side. */
  readonly back: boolean;
  /** Points between other nodes that it goes through, from top to bottom. */
  readonly through?: readonly Place[];
}

/** How a way is drawn. */
export interface Route {
  /** The line, as the `d` of a path; it ends at the arrow's point. */
  readonly line: string;
  /** The arrow's point, likewise. */
  readonly point: string;
  /** Where it ends. */
  readonly end: Place;
  /** The middle of where its text stands. */
  readonly label: Place;
}

const CORNER = 8;
/** Distance of a way at the side from the nodes it goes past, and of two of them from each other. */
const LANE = 26;
const NEXT_LANE = 14;
/** The straight end before the arrow's point. */
const APPROACH = 18;

/** The lines of all ways, in straight pieces with round corners. */
export function routesOf(
  boxes: ReadonlyMap<string, Box>,
  links: readonly Link[],
): ReadonlyMap<string, Route> {
  const routes = new Map<string, Route>();
  const all = [...boxes.values()];
  const lanes: { readonly x: number; readonly top: number; readonly bottom: number }[] = [];
  for (const link of links) {
    const from = boxes.get(link.from);
    const to = boxes.get(link.to);
    if (!from || !to) continue;
    const below = to.y - (from.y + from.height);
    if (!link.back && below > CORNER) routes.set(link.id, downwards(from, to, link.through ?? []));
    else {
      const top = Math.min(from.y, to.y);
      const bottom = Math.max(from.y + from.height, to.y + to.height);
      const past = all.filter(({ y, height }) => y < bottom && y + height > top);
      let x = Math.max(...past.map((box) => box.x + box.width)) + LANE;
      while (
        lanes.some(
          (lane) => lane.top < bottom && lane.bottom > top && Math.abs(lane.x - x) < NEXT_LANE,
        )
      ) {
        x += NEXT_LANE;
      }
      lanes.push({ x, top, bottom });
      routes.set(link.id, alongside(from, to, x));
    }
  }
  return routes;
}

function downwards(from: Box, to: Box, through: readonly Place[]): Route {
  const start = { x: from.x + from.width / 2, y: from.y + from.height };
  const end = { x: to.x + to.width / 2, y: to.y };
  const points: Place[] = [start];
  let [x, y] = [start.x, start.y];
  // A point stands for a row of nodes: across happens between rows, down beside the nodes.
  for (const point of through) {
    const half = from.height / 2;
    if (point.y - half <= y || point.y + half >= end.y) continue;
    const turn = (y + point.y - half) / 2;
    points.push({ x, y: turn }, { x: point.x, y: turn });
    [x, y] = [point.x, point.y + half];
  }
  const turn = Math.max((y + end.y) / 2, end.y - 2 * APPROACH);
  points.push({ x, y: turn }, { x: end.x, y: turn }, end);
  const [first, second] = [points[1] ?? end, points[2] ?? end];
  // Two ways out of one node part where the line first goes across: its text stands there.
  const label =
    Math.abs(first.x - second.x) > 1
      ? { x: (first.x + second.x) / 2, y: first.y }
      : { x: start.x, y: (start.y + first.y) / 2 };
  return { line: rounded(points), point: `M${end.x} ${end.y}l-5 -9h10z`, end, label };
}

function alongside(from: Box, to: Box, x: number): Route {
  const start = { x: from.x + from.width, y: from.y + from.height / 2 };
  const self = from === to;
  const end = { x: to.x + to.width, y: to.y + to.height / 2 - (self ? to.height / 4 : 0) };
  const points = [start, { x, y: start.y }, { x, y: end.y }, end];
  const label = { x, y: (start.y + end.y) / 2 };
  return { line: rounded(points), point: `M${end.x} ${end.y}l9 -5v10z`, end, label };
}

/** A line through points, its corners round. */
function rounded(points: readonly Place[]): string {
  const clean = points.filter(
    (point, at) => at === 0 || !same(point, points[at - 1] ?? { x: NaN, y: NaN }),
  );
  return clean
    .map((point, at) => {
      const before = clean[at - 1];
      const after = clean[at + 1];
      if (!before) return `M${point.x} ${point.y}`;
      if (!after) return `L${point.x} ${point.y}`;
      const reach = Math.min(CORNER, far(before, point) / 2, far(point, after) / 2);
      const into = towards(point, before, reach);
      const out = towards(point, after, reach);
      return `L${into.x} ${into.y}Q${point.x} ${point.y} ${out.x} ${out.y}`;
    })
    .join('');
}

const same = (a: Place, b: Place): boolean => Math.abs(a.x - b.x) < 1 && Math.abs(a.y - b.y) < 1;
const far = (a: Place, b: Place): number => Math.hypot(a.x - b.x, a.y - b.y);

function towards(from: Place, to: Place, reach: number): Place {
  const part = reach / Math.max(far(from, to), 1);
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}
