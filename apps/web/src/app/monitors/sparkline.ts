import { Component, computed, input } from '@angular/core';
import type { MonitorSeries } from '@plumbline/contracts';
import { picture } from './scale.ts';

/** The last measurements at a glance, with the limit; the words stand beside it. */
@Component({
  selector: 'app-sparkline',
  template: `
    @if (drawn(); as it) {
      <svg width="112" height="28" viewBox="0 0 112 28" aria-hidden="true">
        <line class="limit" x1="0" x2="112" [attr.y1]="it.breach" [attr.y2]="it.breach" />
        <polyline [attr.points]="it.line" />
        @if (it.points.at(-1); as last) {
          <circle r="2.5" [attr.cx]="last.x" [attr.cy]="last.y" />
        }
      </svg>
    }
  `,
  styles: `
    svg {
      display: block;
    }
    polyline {
      fill: none;
      stroke: var(--series-1);
      stroke-width: 1.5;
    }
    circle {
      fill: var(--series-1);
    }
    .limit {
      stroke: var(--st-bad-fg);
      stroke-dasharray: 3 3;
    }
  `,
})
export class Sparkline {
  readonly series = input.required<MonitorSeries>();
  protected readonly drawn = computed(() => {
    const measurements = this.series()
      .measurements.toSorted((a, b) => a.windowTo.localeCompare(b.windowTo))
      .slice(-12);
    if (measurements.length === 0) return null;
    const box = { width: 112, height: 28, left: 4, right: 4, top: 4, bottom: 4 };
    return picture(measurements, this.series(), box);
  });
}
