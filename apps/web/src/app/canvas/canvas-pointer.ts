import { type Place, pointAt, type View, zoomed } from './geometry.ts';

/** What a pointer acts on. */
export interface PointedCanvas {
  readonly frame: HTMLElement;
  readonly view: () => View;
  readonly look: (view: View) => void;
  readonly editable: () => boolean;
  readonly chosen: () => readonly string[];
  readonly choose: (ids: readonly string[]) => void;
  readonly chooseWay: (id: string | null) => void;
  readonly shift: (by: Place | null) => void;
  readonly drop: () => void;
  /** A way is being led from a node, or the end of one led elsewhere, to this point. */
  readonly lead: (to: { readonly from: string; readonly at: Place } | null) => void;
  readonly startOf: (way: string) => string | null;
  readonly connect: (from: string, to: string) => void;
  readonly retarget: (way: string, to: string) => void;
  readonly open: (id: string) => void;
}

/** How far a pointer may tremble before a press becomes a drag (pixels). */
const TREMBLE = 4;
/** One notch of a wheel makes this much larger. */
const NOTCH = 1.15;

type Gesture =
  | { readonly kind: 'pan'; readonly from: Place; readonly view: View; moved: boolean }
  | { readonly kind: 'move'; readonly from: Place; moved: boolean }
  | { readonly kind: 'lead'; readonly from: string; readonly way: string | null };

/** Panning, zooming, moving and connecting by mouse, finger or pen. */
export class CanvasPointer {
  private readonly canvas: PointedCanvas;
  private readonly down = new Map<number, Place>();
  private gesture: Gesture | null = null;

  constructor(canvas: PointedCanvas) {
    this.canvas = canvas;
    const { frame } = canvas;
    frame.addEventListener('pointerdown', (event) => this.press(event));
    frame.addEventListener('pointermove', (event) => this.move(event));
    frame.addEventListener('pointerup', (event) => this.release(event, true));
    frame.addEventListener('pointercancel', (event) => this.release(event, false));
    frame.addEventListener('dblclick', (event) => this.open(event));
    frame.addEventListener('wheel', (event) => this.roll(event), { passive: false });
  }

  private at({ clientX, clientY }: MouseEvent): Place {
    const { left, top } = this.canvas.frame.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  private press(event: PointerEvent): void {
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    const { canvas } = this;
    const at = this.at(event);
    this.down.set(event.pointerId, at);
    canvas.frame.setPointerCapture(event.pointerId);
    if (this.down.size > 1) {
      this.stop();
      return;
    }
    const { target } = event;
    const end = target.closest<SVGElement>('[data-way-end]')?.dataset['wayEnd'];
    const node = nodeAt(target);
    if (end !== undefined && canvas.editable()) {
      const from = canvas.startOf(end);
      canvas.chooseWay(end);
      if (from !== null) this.gesture = { kind: 'lead', from, way: end };
    } else if (node !== null && target.closest('[data-lead]') && canvas.editable()) {
      this.gesture = { kind: 'lead', from: node, way: null };
    } else if (node !== null) {
      this.pick(node, event);
      this.gesture = canvas.editable()
        ? { kind: 'move', from: at, moved: false }
        : { kind: 'pan', from: at, view: canvas.view(), moved: false };
    } else {
      const way = target.closest<SVGElement>('[data-way]')?.dataset['way'];
      if (way !== undefined) canvas.chooseWay(way);
      this.gesture = { kind: 'pan', from: at, view: canvas.view(), moved: false };
    }
  }

  private pick(id: string, { ctrlKey, metaKey, shiftKey }: PointerEvent): void {
    const chosen = this.canvas.chosen();
    if (ctrlKey || metaKey || shiftKey) {
      const others = chosen.filter((one) => one !== id);
      this.canvas.choose(others.length < chosen.length ? others : [...others, id]);
    } else if (!chosen.includes(id)) this.canvas.choose([id]);
  }

  private move(event: PointerEvent): void {
    const before = this.down.get(event.pointerId);
    if (!before) return;
    const at = this.at(event);
    const { canvas, gesture } = this;
    if (this.down.size === 2) {
      this.pinch(event.pointerId, before, at);
      return;
    }
    this.down.set(event.pointerId, at);
    if (!gesture) return;
    if (gesture.kind === 'lead') {
      canvas.lead({ from: gesture.from, at: pointAt(canvas.view(), at) });
      return;
    }
    const by = { x: at.x - gesture.from.x, y: at.y - gesture.from.y };
    if (!gesture.moved && Math.hypot(by.x, by.y) < TREMBLE) return;
    gesture.moved = true;
    if (gesture.kind === 'pan') {
      const { view } = gesture;
      canvas.look({ ...view, x: view.x + by.x, y: view.y + by.y });
    } else {
      const { scale } = canvas.view();
      canvas.shift({ x: by.x / scale, y: by.y / scale });
    }
  }

  /** Two fingers: what is between them stays between them. */
  private pinch(id: number, before: Place, at: Place): void {
    const other = [...this.down].find(([one]) => one !== id)?.[1];
    if (!other) return;
    this.down.set(id, at);
    const { canvas } = this;
    const factor =
      Math.hypot(at.x - other.x, at.y - other.y) /
      Math.max(Math.hypot(before.x - other.x, before.y - other.y), 1);
    const was = { x: (before.x + other.x) / 2, y: (before.y + other.y) / 2 };
    const is = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    const view = zoomed(canvas.view(), factor, was);
    canvas.look({ ...view, x: view.x + is.x - was.x, y: view.y + is.y - was.y });
  }

  private release(event: PointerEvent, done: boolean): void {
    if (!this.down.delete(event.pointerId)) return;
    const { canvas, gesture } = this;
    if (!gesture) return;
    if (gesture.kind === 'lead' && done) {
      const node = this.under(event);
      if (node !== null && gesture.way !== null) canvas.retarget(gesture.way, node);
      else if (node !== null && node !== gesture.from) canvas.connect(gesture.from, node);
    }
    if (gesture.kind === 'move' && gesture.moved && done) canvas.drop();
    this.stop();
  }

  private stop(): void {
    if (this.gesture?.kind === 'move') this.canvas.shift(null);
    this.canvas.lead(null);
    this.gesture = null;
  }

  /** The node under a pointer; events name the frame, which has captured it. */
  private under({ clientX, clientY }: MouseEvent): string | null {
    return nodeAt(this.canvas.frame.ownerDocument.elementFromPoint(clientX, clientY));
  }

  private open(event: MouseEvent): void {
    const node = this.under(event);
    if (node !== null) this.canvas.open(node);
  }

  /**
   * With Control, and on a pinched trackpad, the wheel zooms. By itself it moves a canvas that is
   * being worked on; everywhere else it scrolls the page.
   */
  private roll(event: WheelEvent): void {
    const { canvas } = this;
    const view = canvas.view();
    const line = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 24;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      canvas.look(zoomed(view, NOTCH ** ((-event.deltaY * line) / 100), this.at(event)));
    } else if (canvas.editable() && canvas.frame.ownerDocument.activeElement === canvas.frame) {
      event.preventDefault();
      const [across, down] = event.shiftKey
        ? [event.deltaX + event.deltaY, 0]
        : [event.deltaX, event.deltaY];
      canvas.look({ ...view, x: view.x - across * line, y: view.y - down * line });
    }
  }
}

const nodeAt = (element: Element | null): string | null =>
  element?.closest<HTMLElement>('[data-node]')?.dataset['node'] ?? null;
