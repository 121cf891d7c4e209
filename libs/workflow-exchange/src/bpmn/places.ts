import type { Layout, Place } from '../document.ts';
import { layersOf } from './layers.ts';
import { type Drawing, type DrawnNode, nodeOf } from './drawing.ts';

/** Where an element is drawn, and how large: the upper left corner. */
export interface Box extends Place {
  readonly width: number;
  readonly height: number;
}

/** The width and height that our canvas gives every step. */
const STEP = { width: 220, height: 76 };

function sizeOf({ kind }: DrawnNode): { width: number; height: number } {
  if (kind.endsWith('Gateway')) return { width: 50, height: 50 };
  if (kind.endsWith('Event')) return { width: 36, height: 36 };
  return { width: 100, height: 80 };
}

/** A box for each element: where people put its step, else laid out from left to right. */
export function boxesOf(drawing: Drawing, { places }: Layout): ReadonlyMap<string, Box> {
  const automatic = laidOut(drawing);
  const boxes = new Map<string, Box>();
  for (const node of drawing.nodes) {
    const size = sizeOf(node);
    const placed = node.step === null ? undefined : places[node.step];
    const centre = placed
      ? { x: placed.x + STEP.width / 2, y: placed.y + STEP.height / 2 }
      : (automatic.get(node.id) ?? { x: 0, y: 0 });
    boxes.set(node.id, boxAround(centre, size));
  }
  placeBeside(drawing, boxes, places);
  return boxes;
}

/** Gateways after a step that was moved go below it, boundary events onto its edge. */
function placeBeside(drawing: Drawing, boxes: Map<string, Box>, places: Layout['places']): void {
  const beside = new Map<string, number>();
  for (const node of drawing.nodes) {
    const host = node.attachedTo === null ? undefined : boxes.get(node.attachedTo);
    if (host) {
      const nth = beside.get(node.attachedTo ?? '') ?? 0;
      beside.set(node.attachedTo ?? '', nth + 1);
      const centre = { x: host.x + 20 + nth * 44, y: host.y + host.height };
      boxes.set(node.id, boxAround(centre, sizeOf(node)));
    } else if (node.id.startsWith('g.') && Object.hasOwn(places, node.id.slice(2))) {
      const before = boxes.get(nodeOf(node.id.slice(2)));
      if (!before) continue;
      const centre = { x: before.x + before.width / 2, y: before.y + before.height + 50 };
      boxes.set(node.id, boxAround(centre, sizeOf(node)));
    }
  }
}

function boxAround(centre: Place, size: { width: number; height: number }): Box {
  const x = Math.round(centre.x - size.width / 2);
  return { x, y: Math.round(centre.y - size.height / 2), ...size };
}

/** How far apart the centres of two columns, and of two rows, are. */
const COLUMN = 170;
const ROW = 130;

function laidOut({ nodes, flows }: Drawing): ReadonlyMap<string, Place> {
  const hosts = new Map(nodes.map(({ id, attachedTo }) => [id, attachedTo ?? id]));
  const free = nodes.filter(({ attachedTo }) => attachedTo === null).map(({ id }) => id);
  const ways = flows.map(({ from, to }) => [hosts.get(from) ?? from, to] as const);
  const places = new Map<string, Place>();
  for (const [column, layer] of layersOf(free, ways).entries()) {
    for (const [row, id] of layer.entries()) {
      places.set(id, { x: 80 + column * COLUMN, y: 80 + row * ROW });
    }
  }
  return places;
}
