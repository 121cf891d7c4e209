import { NgTemplateOutlet } from '@angular/common';
import {
  afterNextRender,
  afterRenderEffect,
  Component,
  computed,
  contentChild,
  type ElementRef,
  input,
  output,
  signal,
  TemplateRef,
  untracked,
  viewChild,
} from '@angular/core';
import { words } from '../platform/index.ts';
import type file from './canvas.en-GB.json';
import { CanvasKeys, type Spoken } from './canvas-keys.ts';
import { CanvasMap } from './canvas-map.ts';
import type { CanvasNode, CanvasWay, Removal } from './canvas-model.ts';
import { CanvasPointer } from './canvas-pointer.ts';
import {
  around,
  type Box,
  centredOn,
  fitted,
  lookingAt,
  type Place,
  pointAt,
  revealed,
  type Size,
  type View,
  zoomed,
} from './geometry.ts';
import { routesOf } from './routes.ts';

let canvases = 0;

/**
 * Nodes and ways between them, to look at and to edit: one stop of the keyboard, arrows go from node
 * to node. What a node looks like is the template inside; `let-id` is its id, `let-chosen="chosen"`
 * and `let-aimed="aimed"` how it stands. Panning and zooming do not render anything again.
 */
@Component({
  selector: 'app-canvas',
  imports: [CanvasMap, NgTemplateOutlet],
  templateUrl: './canvas.html',
  styleUrl: './canvas.scss',
})
export class Canvas {
  readonly nodes = input.required<readonly CanvasNode[]>();
  readonly ways = input.required<readonly CanvasWay[]>();
  readonly size = input.required<Size>();
  readonly label = input.required<string>();
  readonly chosen = input.required<readonly string[]>();
  readonly editable = input(false);
  /** A small picture of everything, to find one's way by. */
  readonly map = input(false);
  /** The node to look at first when not everything can be read at once; the first one by itself. */
  readonly first = input<string | null>(null);

  readonly choose = output<readonly string[]>();
  /** Nodes were put down in new places. */
  readonly moved = output<Readonly<Record<string, Place>>>();
  readonly connected = output<{ readonly from: string; readonly to: string }>();
  readonly retargeted = output<{ readonly way: string; readonly to: string }>();
  readonly removed = output<Removal>();
  readonly opened = output<string>();

  protected readonly t = words<typeof file>('canvas');
  protected readonly body = contentChild.required(TemplateRef);
  private readonly frame = viewChild.required<ElementRef<HTMLElement>>('frame');
  private readonly layer = viewChild.required<ElementRef<HTMLElement>>('layer');
  protected readonly id = `canvas-${(canvases += 1)}`;
  protected readonly view = signal<View>({ x: 0, y: 0, scale: 1 });
  protected readonly frameSize = signal<Size>({ width: 0, height: 0 });
  private readonly shifted = signal<Place | null>(null);
  protected readonly way = signal<string | null>(null);
  protected readonly aimed = signal<string | null>(null);
  private readonly leading = signal<{ readonly from: string; readonly at: Place } | null>(null);
  protected readonly said = signal('');
  private pointed: readonly string[] | null = null;
  protected readonly isChosen = computed(() => new Set(this.chosen()));

  /** Where everything is, with what is being moved on its way. */
  protected readonly boxes = computed(() => {
    const by = this.shifted();
    const { width, height } = this.size();
    const chosen = this.isChosen();
    return new Map(
      this.nodes().map(({ id, place }): [string, Box] => {
        const goes = by !== null && chosen.has(id);
        const [x, y] = goes ? [place.x + by.x, place.y + by.y] : [place.x, place.y];
        return [id, { x, y, width, height }];
      }),
    );
  });
  protected readonly routes = computed(() => routesOf(this.boxes(), this.ways()));
  protected readonly lead = computed(() => {
    const leading = this.leading();
    const from = leading && this.boxes().get(leading.from);
    if (!leading || !from) return null;
    const { at } = leading;
    return `M${from.x + from.width / 2} ${from.y + from.height}L${at.x} ${at.y}`;
  });

  private readonly keys = new CanvasKeys({
    nodes: () => this.nodes(),
    ways: () => this.ways(),
    boxOf: (id) => this.boxes().get(id),
    chosen: () => this.chosen(),
    editable: () => this.editable(),
    choose: (ids) => this.pick(ids),
    chooseWay: (id) => this.way.set(id),
    way: () => this.way(),
    shift: (by) => this.shifted.set(by),
    drop: () => this.drop(),
    aim: (id) => {
      this.aimed.set(id);
      if (id !== null) this.reveal(id);
    },
    connect: (from, to) => this.connected.emit({ from, to }),
    remove: () => this.remove(),
    zoom: (factor) => {
      if (factor === null) this.look(zoomed(this.view(), 1 / this.view().scale, this.middle()));
      else this.zoom(factor);
      return this.view().scale;
    },
    say: (spoken) => this.say(spoken),
  });

  constructor() {
    afterNextRender(() => {
      const frame = this.frame().nativeElement;
      new CanvasPointer({
        frame,
        view: () => this.view(),
        look: (view) => this.look(view),
        editable: () => this.editable(),
        chosen: () => this.chosen(),
        choose: (ids) => {
          this.keys.letGo();
          this.pointed = ids;
          this.pick(ids);
        },
        chooseWay: (id) => this.way.set(id),
        shift: (by) => this.shifted.set(by),
        drop: () => this.drop(),
        lead: (to) => this.leading.set(to),
        startOf: (way) => this.ways().find(({ id }) => id === way)?.from ?? null,
        connect: (from, to) => this.connected.emit({ from, to }),
        retarget: (way, to) => this.retargeted.emit({ way, to }),
        open: (id) => this.opened.emit(id),
      });
    });
    afterRenderEffect((onCleanup) => {
      const frame = this.frame().nativeElement;
      const watch = new ResizeObserver(() => {
        const { clientWidth: width, clientHeight: height } = frame;
        const before = untracked(this.frameSize);
        this.frameSize.set({ width, height });
        // The first size there is.
        if (before.width === 0 && width > 0) this.show();
      });
      watch.observe(frame);
      onCleanup(() => watch.disconnect());
    });
    afterRenderEffect(() => {
      const chosen = this.chosen();
      const last = chosen.at(-1);
      // What somebody points at is where they look already.
      const pointed = this.pointed?.at(-1) === last;
      this.pointed = null;
      if (last !== undefined && !pointed) {
        untracked(() => this.reveal(last));
      }
    });
  }

  /** Moves focus to the canvas. */
  focus(): void {
    this.frame().nativeElement.focus();
  }

  /** All of it when that can be read; else the node to look at first. */
  show(): void {
    const boxes = this.boxes();
    const first = boxes.get(this.first() ?? '') ?? [...boxes.values()][0];
    if (first) this.look(lookingAt(first, around([...boxes.values()]), this.frameSize()));
  }

  /** All of it, however small. */
  fit(): void {
    this.look(fitted(around([...this.boxes().values()]), this.frameSize()));
  }

  /** Brings a node into the middle. */
  lookAt(id: string): void {
    const box = this.boxes().get(id);
    if (box) this.look(centredOn(box, this.frameSize(), this.view().scale));
  }

  /** Moves as little as it takes to see a node. */
  reveal(id: string): void {
    const box = this.boxes().get(id);
    if (box && this.frameSize().width > 0) {
      this.look(revealed(this.view(), box, this.frameSize()));
    }
  }

  zoom(factor: number): void {
    this.look(zoomed(this.view(), factor, this.middle()));
  }

  /** The point of the canvas under a pointer. */
  placeOf({ clientX, clientY }: MouseEvent): Place {
    const { left, top } = this.frame().nativeElement.getBoundingClientRect();
    return pointAt(this.view(), { x: clientX - left, y: clientY - top });
  }

  protected look(view: View): void {
    this.view.set(view);
    const { style } = this.layer().nativeElement;
    style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
  }

  protected idOf(node: string): string {
    return `${this.id}-${node}`;
  }

  protected activeId(): string | null {
    const last = this.chosen().at(-1);
    return last !== undefined && this.boxes().has(last) ? this.idOf(last) : null;
  }

  protected press(event: KeyboardEvent): void {
    if (event.target === this.frame().nativeElement && this.keys.press(event)) {
      event.preventDefault();
    }
  }

  protected leave(): void {
    this.keys.letGo();
  }

  private middle(): Place {
    const { width, height } = this.frameSize();
    return { x: width / 2, y: height / 2 };
  }

  private pick(ids: readonly string[]): void {
    this.way.set(null);
    this.choose.emit(ids);
  }

  private drop(): void {
    const by = this.shifted();
    const boxes = this.boxes();
    this.shifted.set(null);
    if (!by) return;
    this.moved.emit(
      Object.fromEntries(
        this.chosen().flatMap((id): [string, Place][] => {
          const box = boxes.get(id);
          return box ? [[id, { x: Math.round(box.x), y: Math.round(box.y) }]] : [];
        }),
      ),
    );
  }

  private remove(): void {
    const way = this.way();
    this.way.set(null);
    this.removed.emit({ nodes: way === null ? this.chosen() : [], way });
  }

  private say({ key, values }: Spoken): void {
    const text =
      key === 'chosenAll'
        ? this.t.count('chosenAll', Number(values['count']))
        : this.t(key, values);
    this.said.update((before) => (before === text ? `${text}\u00a0` : text));
  }
}
