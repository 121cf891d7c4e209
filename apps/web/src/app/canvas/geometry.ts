/** A point; of a node its upper left corner. Pixels at scale 1. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Place, Size {}

/** What of the canvas is looked at: a point of it shows at `x + point.x * scale`. */
export interface View extends Place {
  readonly scale: number;
}

export type Direction = 'up' | 'down' | 'left' | 'right';

export const SMALLEST = 0.05;
export const LARGEST = 2;
/** The smallest scale at which names can be read. */
const LEGIBLE = 0.75;
/** Free space around everything when all of it is shown. */
export const MARGIN = 24;
/** A node beside the line of sight counts as this many times as far. */
const ASIDE = 2;

/** The box around all of these; of nothing, an empty one. */
export function around(boxes: readonly Box[]): Box {
  const left = Math.min(...boxes.map(({ x }) => x));
  const top = Math.min(...boxes.map(({ y }) => y));
  if (boxes.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The scale at which the box just fits into the frame. */
export function scaleToFit(box: Box, frame: Size): number {
  const across = (frame.width - 2 * MARGIN) / Math.max(box.width, 1);
  const down = (frame.height - 2 * MARGIN) / Math.max(box.height, 1);
  return Math.max(Math.min(across, down), 0);
}

/** All of the box in the middle of the frame, never larger than it is. */
export function fitted(box: Box, frame: Size): View {
  return centredOn(box, frame, Math.min(1, Math.max(SMALLEST, scaleToFit(box, frame))));
}

/** The middle of the box in the middle of the frame. */
export function centredOn(box: Box, frame: Size, scale: number): View {
  return {
    x: frame.width / 2 - (box.x + box.width / 2) * scale,
    y: frame.height / 2 - (box.y + box.height / 2) * scale,
    scale,
  };
}

/**
 * Where to look first: at everything when that can be read; else at one box in the middle, at its
 * real size, without showing emptiness beside everything while there is more on the other side.
 */
export function lookingAt(box: Box, everything: Box, frame: Size): View {
  if (scaleToFit(everything, frame) >= LEGIBLE) return fitted(everything, frame);
  const along = (axis: 'x' | 'y', length: 'width' | 'height'): number => {
    const [start, space] = [everything[axis], frame[length]];
    if (everything[length] + 2 * MARGIN <= space) return (space - everything[length]) / 2 - start;
    const least = space - MARGIN - start - everything[length];
    const middle = space / 2 - (box[axis] + box[length] / 2);
    return Math.min(MARGIN - start, Math.max(least, middle));
  };
  return { x: along('x', 'width'), y: along('y', 'height'), scale: 1 };
}

/** Larger or smaller by a factor, as far as allowed; what is at this point of the frame stays there. */
export function zoomed(view: View, factor: number, at: Place): View {
  const scale = Math.min(LARGEST, Math.max(SMALLEST, view.scale * factor));
  const by = scale / view.scale;
  return { x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by, scale };
}

/** The point of the canvas that is at this point of the frame. */
export function pointAt({ x, y, scale }: View, at: Place): Place {
  return { x: (at.x - x) / scale, y: (at.y - y) / scale };
}

/** What of the canvas the frame shows. */
export function seen(view: View, frame: Size): Box {
  return {
    ...pointAt(view, { x: 0, y: 0 }),
    width: frame.width / view.scale,
    height: frame.height / view.scale,
  };
}

/** The view moved as little as it takes to see the box; the same view when it is seen already. */
export function revealed(view: View, box: Box, frame: Size): View {
  const by = (axis: 'x' | 'y', length: 'width' | 'height'): number => {
    const start = view[axis] + box[axis] * view.scale;
    const end = start + box[length] * view.scale;
    if (start < MARGIN) return MARGIN - start;
    return end > frame[length] - MARGIN ? frame[length] - MARGIN - end : 0;
  };
  const [x, y] = [by('x', 'width'), by('y', 'height')];
  return x === 0 && y === 0 ? view : { ...view, x: view.x + x, y: view.y + y };
}

/**
 * The nearest box in a direction; null when none is there. What lies straight ahead comes before
 * what lies aside, unless it is more than twice as far.
 */
export function neighbourOf<T extends Box>(
  from: Box,
  boxes: readonly T[],
  direction: Direction,
): T | null {
  const [along, aside, sign] = axes[direction];
  const middle = (box: Box, axis: 'x' | 'y'): number =>
    box[axis] + (axis === 'x' ? box.width : box.height) / 2;
  let best: T | null = null;
  let least = Infinity;
  for (const box of boxes) {
    const ahead = (middle(box, along) - middle(from, along)) * sign;
    if (ahead <= 1) continue;
    const far = ahead + ASIDE * Math.abs(middle(box, aside) - middle(from, aside));
    if (far < least) [best, least] = [box, far];
  }
  return best;
}

const axes = {
  up: ['y', 'x', -1],
  down: ['y', 'x', 1],
  left: ['x', 'y', -1],
  right: ['x', 'y', 1],
} as const;
