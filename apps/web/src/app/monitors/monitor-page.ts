import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { aiSystemSchema, monitorSeriesSchema } from '@plumbline/contracts';
import { Button, Chip, DateText, EmptyState, PageHeader, Sheet, TableFrame } from '@plumbline/ui';
import {
  answerOf,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  whenChanged,
  words,
} from '../platform/index.ts';
import { MONITOR_CHIPS } from './monitor-chips.ts';
import type file from './monitors.en-GB.json';
import { SeriesChart } from './series-chart.ts';

/** One monitor: its rule in a sentence, the series against its limits, and every reading. */
@Component({
  selector: 'app-monitor-page',
  imports: [
    Button,
    Chip,
    DateText,
    EmptyState,
    Loaded,
    PageHeader,
    RouterLink,
    SeriesChart,
    Sheet,
    TableFrame,
  ],
  templateUrl: './monitor-page.html',
  styles: `
    :host {
      display: grid;
      gap: var(--s-4);
    }
    .sentence {
      max-inline-size: var(--measure);
      font: var(--text-section);
    }
    @media (min-width: 721px) {
      .number {
        text-align: end;
      }
    }
  `,
})
export class MonitorPage {
  readonly id = input.required<string>();

  protected readonly t = words<typeof file>('monitors');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly chips = MONITOR_CHIPS;
  protected readonly answer = answerOf(
    monitorSeriesSchema,
    () => this.organisation.api('monitors', this.id()),
    { keepOver: false },
  );
  protected readonly monitor = this.answer.value;
  protected readonly system = answerOf(aiSystemSchema, () => {
    const id = this.monitor()?.aiSystemId;
    return id && this.organisation.api('ai-systems', id);
  }).value;
  protected readonly readings = computed(() =>
    (this.monitor()?.measurements ?? []).toSorted((a, b) => b.windowTo.localeCompare(a.windowTo)),
  );
  /** "It must stay at or above 0.80. It is 0.84." */
  protected readonly sentence = computed(() => {
    const monitor = this.monitor();
    if (!monitor) return '';
    const limit = `${monitor.breach}${monitor.unit ? ` ${monitor.unit}` : ''}`;
    const must = this.t(monitor.direction === 'at-least' ? 'must.atLeast' : 'must.atMost', {
      limit,
    });
    const [last] = this.readings();
    return last
      ? `${must} ${this.t('itIs', { value: last.value })}`
      : `${must} ${this.t('noReading')}`;
  });

  constructor() {
    pageTitle(() => this.monitor()?.name);
    whenChanged(['system-changed', 'run-changed'], () => this.answer.reload());
  }
}
