import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type Monitor, monitorSeriesSchema } from '@plumbline/contracts';
import { Chip, DateText } from '@plumbline/ui';
import { MONITOR_CHIPS } from '../../monitors/monitor-chips.ts';
import { Sparkline } from '../../monitors/sparkline.ts';
import { answerOf, CurrentOrganisation, words } from '../../platform/index.ts';
import type file from './ai-system-page.en-GB.json';

/** One monitor on a line: last value, shape, limit and state. */
@Component({
  selector: 'app-monitor-line',
  imports: [Chip, DateText, RouterLink, Sparkline],
  template: `
    <a [routerLink]="organisation.page('monitors', monitor().id)">{{ monitor().name }}</a>
    @if (series.value(); as it) {
      <span class="value">{{ last()?.value ?? '–' }}</span>
      <app-sparkline [series]="it" />
    }
    <span class="hint">{{ monitor().rule }}</span>
    <ui-chip [state]="chips[monitor().state]">{{ t.of('monitor', monitor().state) }}</ui-chip>
    @if (last(); as reading) {
      <span class="meta">{{ t('read') }} <ui-date [value]="reading.windowTo" shape="short" /></span>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s-1) var(--s-4);
      padding-block: var(--s-2);
    }
    .value {
      font-weight: 600;
    }
  `,
})
export class MonitorLine {
  readonly monitor = input.required<Monitor>();
  protected readonly t = words<typeof file>('aiSystem');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly chips = MONITOR_CHIPS;
  /** Read again whenever the monitor has a newer reading. */
  protected readonly series = answerOf(monitorSeriesSchema, () => {
    const { id, lastAt } = this.monitor();
    return lastAt ? this.organisation.api('monitors', id) : undefined;
  });
  protected readonly last = computed(
    () =>
      this.series.value()?.measurements.toSorted((a, b) => b.windowTo.localeCompare(a.windowTo))[0],
  );
}
