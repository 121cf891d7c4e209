import {
  afterNextRender,
  Component,
  computed,
  DestroyRef,
  ElementRef,
  inject,
  input,
  signal,
} from '@angular/core';
import type { RunFigures } from '@plumbline/contracts';
import { formatDate } from '@plumbline/ui';
import { words } from '../../platform/index.ts';
import type file from '../runs.en-GB.json';
import { columnsOf } from './columns.ts';

const HEIGHT = 220;

/** Runs started and ended over time; a table beside it says the same. */
@Component({
  selector: 'app-throughput-chart',
  template: `
    @let it = drawn();
    <svg
      role="img"
      [attr.aria-label]="label()"
      [attr.width]="width()"
      [attr.height]="height"
      [attr.viewBox]="'0 0 ' + width() + ' ' + height"
    >
      <defs>
        <pattern
          id="ended-hatch"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <line x1="0" y1="0" x2="0" y2="6" class="hatch" />
        </pattern>
      </defs>
      @for (tick of it.ticks; track tick.text) {
        <line
          class="grid"
          [attr.x1]="box.left"
          [attr.x2]="width() - box.right"
          [attr.y1]="tick.y"
          [attr.y2]="tick.y"
        />
        <text class="axis" text-anchor="end" [attr.x]="box.left - 8" [attr.y]="tick.y + 4">
          {{ tick.text }}
        </text>
      }
      @for (column of it.started; track $index) {
        <rect
          class="started"
          [attr.x]="column.x"
          [attr.y]="column.y"
          [attr.width]="column.width"
          [attr.height]="column.height"
        />
      }
      @for (column of it.ended; track $index) {
        <rect
          class="ended"
          [attr.x]="column.x"
          [attr.y]="column.y"
          [attr.width]="column.width"
          [attr.height]="column.height"
        />
        <rect
          fill="url(#ended-hatch)"
          [attr.x]="column.x"
          [attr.y]="column.y"
          [attr.width]="column.width"
          [attr.height]="column.height"
        />
      }
      @for (day of it.days; track day.day; let first = $first) {
        <text
          class="axis"
          [attr.text-anchor]="first ? 'start' : 'middle'"
          [attr.x]="first ? box.left : day.x"
          [attr.y]="height - 8"
        >
          {{ dateOf(day.day) }}
        </text>
      }
    </svg>
    <p class="legend" aria-hidden="true">
      <span><i class="key"></i>{{ t('figures.started') }}</span>
      <span><i class="key hatched"></i>{{ t('figures.ended') }}</span>
    </p>
  `,
  styles: `
    :host {
      display: block;
      min-inline-size: 0;
    }
    svg {
      display: block;
      max-inline-size: 100%;
    }
    .grid {
      stroke: var(--c-hair);
    }
    .axis {
      fill: var(--c-ink-2);
      font: 400 12px/16px var(--font-ui);
    }
    .started {
      fill: var(--series-1);
    }
    .ended {
      fill: var(--c-surface);
      stroke: var(--series-5);
    }
    .hatch {
      stroke: var(--series-5);
      stroke-width: 3;
    }
    .legend {
      display: flex;
      gap: var(--s-4);
      font: var(--text-meta);
      color: var(--c-ink-2);
    }
    .key {
      display: inline-block;
      inline-size: 14px;
      block-size: 12px;
      margin-inline-end: 6px;
      vertical-align: -1px;
      background: var(--series-1);
    }
    .key.hatched {
      border: 1px solid var(--series-5);
      background: repeating-linear-gradient(45deg, var(--series-5) 0 2px, var(--c-surface) 2px 5px);
    }
  `,
})
export class ThroughputChart {
  readonly throughput = input.required<RunFigures['throughput']>();
  /** What it shows, in a sentence. */
  readonly label = input.required<string>();

  protected readonly t = words<typeof file>('runs');
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly height = HEIGHT;
  protected readonly box = { height: HEIGHT, left: 36, right: 12, top: 10, bottom: 32 };
  protected readonly width = signal(680);
  protected readonly drawn = computed(() =>
    columnsOf(this.throughput(), { ...this.box, width: this.width() }),
  );

  constructor() {
    const destroyed = inject(DestroyRef);
    afterNextRender(() => {
      const observer = new ResizeObserver(([entry]) => {
        if (entry) this.width.set(Math.max(240, Math.floor(entry.contentRect.width)));
      });
      observer.observe(this.host.nativeElement);
      destroyed.onDestroy(() => observer.disconnect());
    });
  }

  protected dateOf(day: string): string {
    return formatDate(day, 'short');
  }
}
