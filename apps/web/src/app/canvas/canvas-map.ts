import { Component, computed, input, output, type Signal } from '@angular/core';
import { around, type Box, centredOn, pointAt, seen, type Size, type View } from './geometry.ts';

const WIDTH = 180;
const HEIGHT = 130;

/** All nodes small, with a frame around what is in sight; a press or drag looks there. */
@Component({
  selector: 'app-canvas-map',
  template: `
    <svg
      aria-hidden="true"
      [attr.viewBox]="port()"
      (pointerdown)="go($event)"
      (pointermove)="$event.buttons === 1 && go($event)"
    >
      <path [attr.d]="nodes()" />
      <rect
        [attr.x]="sight().x"
        [attr.y]="sight().y"
        [attr.width]="sight().width"
        [attr.height]="sight().height"
      />
    </svg>
  `,
  styles: `
    :host {
      position: absolute;
      inset-block-end: 8px;
      inset-inline-end: 8px;
      overflow: hidden;
      border: 1px solid var(--c-line);
      border-radius: var(--r-m);
      background: var(--c-surface);
    }
    svg {
      display: block;
      inline-size: ${WIDTH}px;
      block-size: ${HEIGHT}px;
      cursor: crosshair;
    }
    path {
      fill: var(--c-line);
    }
    rect {
      fill: none;
      stroke: var(--c-primary);
      stroke-width: 2;
      vector-effect: non-scaling-stroke;
    }
  `,
})
export class CanvasMap {
  readonly boxes = input.required<ReadonlyMap<string, Box>>();
  /** As a signal: what is in sight changes with every frame, and only this is drawn again. */
  readonly view = input.required<Signal<View>>();
  readonly frame = input.required<Size>();
  readonly look = output<View>();

  private readonly whole = computed(() => {
    const box = around([...this.boxes().values()]);
    const scale = Math.min(WIDTH / (box.width + 80), HEIGHT / (box.height + 80));
    return centredOn(box, { width: WIDTH, height: HEIGHT }, scale);
  });
  protected readonly port = computed(() => {
    const { x, y, width, height } = seen(this.whole(), { width: WIDTH, height: HEIGHT });
    return `${x} ${y} ${width} ${height}`;
  });
  protected readonly nodes = computed(() =>
    [...this.boxes().values()]
      .map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`)
      .join(''),
  );
  protected readonly sight = computed(() => seen(this.view()(), this.frame()));

  protected go(event: PointerEvent): void {
    // The canvas behind would take the press for a pan.
    event.stopPropagation();
    const svg = event.currentTarget;
    if (!(svg instanceof SVGElement)) return;
    if (event.type === 'pointerdown') svg.setPointerCapture(event.pointerId);
    const { left, top } = svg.getBoundingClientRect();
    const at = pointAt(this.whole(), { x: event.clientX - left, y: event.clientY - top });
    const { scale } = this.view()();
    this.look.emit(centredOn({ ...at, width: 0, height: 0 }, this.frame(), scale));
  }
}
