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
import type { Measurement, MonitorSeries } from '@plumbline/contracts';
import { formatDate } from '@plumbline/ui';
import { words } from '../platform/index.ts';
import type file from './monitors.en-GB.json';
import { picture } from './scale.ts';

const HEIGHT = 260;

/** Measurements over time with the limits as bands; the table of readings beside it says the same. */
@Component({
  selector: 'app-series-chart',
  templateUrl: './series-chart.html',
  styleUrl: './series-chart.scss',
})
export class SeriesChart {
  readonly series = input.required<MonitorSeries>();

  protected readonly t = words<typeof file>('monitors');
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly height = HEIGHT;
  protected readonly left = 56;
  protected readonly right = 20;
  protected readonly width = signal(680);
  protected readonly plot = computed(() => this.width() - this.left - this.right);
  /** Oldest first, as people read a chart. */
  private readonly measurements = computed(() =>
    this.series().measurements.toSorted((a, b) => a.windowTo.localeCompare(b.windowTo)),
  );
  protected readonly drawn = computed(() => {
    const measurements = this.measurements();
    if (measurements.length === 0) return null;
    const box = { width: this.width(), height: HEIGHT, left: this.left, right: this.right };
    return picture(measurements, this.series(), { ...box, top: 12, bottom: 36 });
  });
  protected readonly breachLabel = computed(() => {
    const { direction, breach, unit } = this.series();
    const limit = `${breach}${unit ? ` ${unit}` : ''}`;
    return this.t(direction === 'at-least' ? 'chart.below' : 'chart.above', { limit });
  });
  /** On the bad side of the line, unless there is no room. */
  protected readonly labelAt = computed(() => {
    const it = this.drawn();
    if (!it) return 0;
    const below = this.series().direction === 'at-least';
    if (it.bad.height < 18) return below ? it.breach - 6 : it.breach + 15;
    return below ? it.breach + 15 : it.breach - 6;
  });
  protected readonly summary = computed(() => {
    const all = this.measurements();
    const [first] = all;
    const last = all.at(-1);
    if (!first || !last) return '';
    return this.t('chart.summary', {
      name: this.series().name,
      count: all.length,
      from: formatDate(first.windowTo, 'long'),
      to: formatDate(last.windowTo, 'long'),
      value: last.value,
      state: this.t(`state.${last.state}`),
      breaches: all.filter(({ state }) => state === 'breach').length,
    });
  });

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

  protected describe({ value, windowTo, state }: Measurement): string {
    return `${formatDate(windowTo, 'short')}: ${value}, ${this.t(`state.${state}`)}`;
  }

  protected triangle(x: number, y: number): string {
    return `M${x},${y - 7}L${x + 7},${y + 5}L${x - 7},${y + 5}Z`;
  }
}
