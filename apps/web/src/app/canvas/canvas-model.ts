import type { Place } from './geometry.ts';
import type { Link } from './routes.ts';

/** A node to draw. */
export interface CanvasNode {
  readonly id: string;
  readonly place: Place;
  /** What it is, for ears. */
  readonly name: string;
  /** Ways may be led out of it. */
  readonly leads: boolean;
}

/** A way to draw. */
export interface CanvasWay extends Link {
  /** What stands beside it; empty for nothing. */
  readonly text: string;
  /** What it is, for ears. */
  readonly name: string;
  /** How it looks, for the style sheet of whoever draws it. */
  readonly look: string;
}

/** What is chosen to be removed. */
export interface Removal {
  readonly nodes: readonly string[];
  readonly way: string | null;
}
