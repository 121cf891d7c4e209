import type { CanvasNode, CanvasWay } from './canvas-model.ts';
import { type Box, type Direction, neighbourOf, type Place } from './geometry.ts';

/** What the keys say: a key of `canvas.en-GB.json` with its values. */
export interface Spoken {
  readonly key:
    | 'at'
    | 'way'
    | 'noWays'
    | 'chosenAll'
    | 'grabbed'
    | 'moved'
    | 'dropped'
    | 'putBack'
    | 'connecting'
    | 'target'
    | 'notConnected'
    | 'nothingToConnect'
    | 'chooseOne'
    | 'zoom';
  readonly values: Readonly<Record<string, string | number>>;
}

/** What the keys act on. */
export interface KeyedCanvas {
  readonly nodes: () => readonly CanvasNode[];
  readonly ways: () => readonly CanvasWay[];
  readonly boxOf: (id: string) => Box | undefined;
  readonly chosen: () => readonly string[];
  readonly editable: () => boolean;
  readonly choose: (ids: readonly string[]) => void;
  readonly chooseWay: (id: string | null) => void;
  readonly way: () => string | null;
  /** Shows the chosen nodes that far from where they are. */
  readonly shift: (by: Place | null) => void;
  readonly drop: () => void;
  /** Shows where a way would lead. */
  readonly aim: (id: string | null) => void;
  readonly connect: (from: string, to: string) => void;
  readonly remove: () => void;
  /** By a factor; null goes back to the real size. Answers the scale. */
  readonly zoom: (factor: number | null) => number;
  readonly say: (spoken: Spoken) => void;
}

const STEP = 20;
const STRIDE = 100;
const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/**
 * A canvas by keyboard: arrows go from node to node, Space takes up and puts down, C connects.
 * `press` answers whether the key meant something here.
 */
export class CanvasKeys {
  private grabbed: Place | null = null;
  private aiming: { from: string; at: number } | null = null;
  private readonly canvas: KeyedCanvas;

  constructor(canvas: KeyedCanvas) {
    this.canvas = canvas;
  }

  press({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    if (altKey) return false;
    const arrow = ARROWS[key];
    const held = ctrlKey || metaKey;
    if (this.aiming) return this.aim(key, arrow);
    if (this.grabbed) return this.carry(key, arrow, shiftKey);
    if (arrow) return held ? this.along(arrow) : this.go(arrow, shiftKey);
    if (held) return key.toLowerCase() === 'a' && this.all();
    switch (key) {
      case 'Home':
        return this.land(this.canvas.nodes()[0]?.id);
      case 'End':
        return this.land(this.canvas.nodes().at(-1)?.id);
      case ' ':
        return this.grab();
      case 'c':
      case 'C':
        return this.startConnecting();
      case 'Delete':
      case 'Backspace':
        if (this.canvas.editable()) this.canvas.remove();
        return true;
      case '+':
      case '=':
        return this.zoom(1.25);
      case '-':
        return this.zoom(0.8);
      case '0':
        return this.zoom(null);
      default:
        return false;
    }
  }

  /** Focus has gone elsewhere, or a pointer is at work: what was begun is let go of. */
  letGo(): void {
    if (this.grabbed) {
      this.grabbed = null;
      this.canvas.shift(null);
    }
    this.aiming = null;
    this.canvas.aim(null);
  }

  private current(): string | undefined {
    return this.canvas.chosen().at(-1);
  }

  private nameOf(id: string): string {
    return this.canvas.nodes().find((node) => node.id === id)?.name ?? id;
  }

  private go(direction: Direction, extends_: boolean): boolean {
    const { canvas } = this;
    const here = this.current();
    const from = here === undefined ? undefined : canvas.boxOf(here);
    if (here === undefined || !from) return this.land(canvas.nodes()[0]?.id);
    const boxes = canvas.nodes().flatMap(({ id }) => {
      const box = id === here ? undefined : canvas.boxOf(id);
      return box ? [{ id, ...box }] : [];
    });
    const next = neighbourOf(from, boxes, direction);
    if (!next) return true;
    const others = canvas.chosen().filter((id) => id !== next.id);
    return this.land(next.id, extends_ ? others : []);
  }

  private land(id: string | undefined, besides: readonly string[] = []): boolean {
    if (id === undefined) return true;
    const nodes = this.canvas.nodes();
    this.canvas.choose([...besides, id]);
    const at = nodes.findIndex((node) => node.id === id) + 1;
    this.canvas.say({ key: 'at', values: { label: this.nameOf(id), at, total: nodes.length } });
    return true;
  }

  /** Goes through the ways that touch the node. */
  private along(direction: Direction): boolean {
    const here = this.current();
    const touching = this.canvas.ways().filter(({ from, to }) => from === here || to === here);
    if (here === undefined || touching.length === 0) {
      this.canvas.say({ key: 'noWays', values: {} });
      return true;
    }
    const now = touching.findIndex(({ id }) => id === this.canvas.way());
    const by = direction === 'down' || direction === 'right' ? 1 : -1;
    const start = now < 0 && by < 0 ? 0 : now;
    const way = touching[(start + by + touching.length) % touching.length];
    if (!way) return true;
    this.canvas.chooseWay(way.id);
    this.canvas.say({
      key: 'way',
      values: { name: way.name, from: this.nameOf(way.from), to: this.nameOf(way.to) },
    });
    return true;
  }

  private all(): boolean {
    const ids = this.canvas.nodes().map(({ id }) => id);
    this.canvas.choose(ids);
    this.canvas.say({ key: 'chosenAll', values: { count: ids.length } });
    return true;
  }

  private grab(): boolean {
    const here = this.current();
    if (here === undefined || !this.canvas.editable()) return true;
    this.grabbed = { x: 0, y: 0 };
    this.canvas.say({ key: 'grabbed', values: { label: this.nameOf(here) } });
    return true;
  }

  private carry(key: string, arrow: Direction | undefined, far: boolean): boolean {
    const label = this.nameOf(this.current() ?? '');
    if (arrow && this.grabbed) {
      const step = far ? STRIDE : STEP;
      const { x, y } = this.grabbed;
      this.grabbed = {
        x: x + (arrow === 'left' ? -step : arrow === 'right' ? step : 0),
        y: y + (arrow === 'up' ? -step : arrow === 'down' ? step : 0),
      };
      this.canvas.shift(this.grabbed);
      this.canvas.say({ key: 'moved', values: { x: this.grabbed.x, y: this.grabbed.y } });
      return true;
    }
    if (key === ' ' || key === 'Enter') {
      this.grabbed = null;
      this.canvas.drop();
      this.canvas.say({ key: 'dropped', values: { label } });
      return true;
    }
    if (key === 'Escape') {
      this.grabbed = null;
      this.canvas.shift(null);
      this.canvas.say({ key: 'putBack', values: { label } });
      return true;
    }
    return key !== 'Tab';
  }

  private startConnecting(): boolean {
    const { canvas } = this;
    if (!canvas.editable()) return true;
    const [from, ...others] = canvas.chosen();
    if (from === undefined || others.length > 0) {
      canvas.say({ key: 'chooseOne', values: {} });
      return true;
    }
    if (!canvas.nodes().some(({ id, leads }) => id === from && leads)) {
      canvas.say({ key: 'nothingToConnect', values: {} });
      return true;
    }
    this.aiming = { from, at: -1 };
    canvas.say({ key: 'connecting', values: { label: this.nameOf(from) } });
    return true;
  }

  private aim(key: string, arrow: Direction | undefined): boolean {
    const { canvas, aiming } = this;
    if (!aiming) return false;
    const targets = canvas.nodes().filter(({ id }) => id !== aiming.from);
    if (arrow && targets.length > 0) {
      const by = arrow === 'down' || arrow === 'right' ? 1 : -1;
      const start = aiming.at < 0 && by < 0 ? 0 : aiming.at;
      const at = (start + by + targets.length) % targets.length;
      this.aiming = { ...aiming, at };
      const target = targets[at];
      if (!target) return true;
      canvas.aim(target.id);
      canvas.say({
        key: 'target',
        values: { label: target.name, at: at + 1, total: targets.length },
      });
      return true;
    }
    if (key === 'Enter' || key === ' ') {
      const target = targets[aiming.at];
      if (!target) return true;
      this.letGo();
      canvas.connect(aiming.from, target.id);
      return true;
    }
    if (key === 'Escape') {
      this.letGo();
      canvas.say({ key: 'notConnected', values: {} });
      return true;
    }
    return key !== 'Tab';
  }

  private zoom(factor: number | null): boolean {
    const percent = Math.round(this.canvas.zoom(factor) * 100);
    this.canvas.say({ key: 'zoom', values: { percent } });
    return true;
  }
}
