import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { page, runFiguresSchema, workflowDetailSchema, workflowSchema } from '@plumbline/contracts';
import {
  Button,
  DateField,
  FieldFrame,
  daysUntil,
  EmptyState,
  formatDate,
  PageHeader,
  Sheet,
  TableFrame,
} from '@plumbline/ui';
import {
  answerOf,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  queryWriter,
  withQuery,
  words,
} from '../../platform/index.ts';
import type file from '../runs.en-GB.json';
import { spanInWords } from '../span.ts';
import { dayIn, periodOf, today } from './period.ts';
import { StepTimes } from './step-times.ts';
import { ThroughputChart } from './throughput-chart.ts';

const workflowsSchema = page(workflowSchema);
/** Formats of the history for process mining, each an address of the API. */
const FORMATS = ['xes', 'ocel', 'csv'] as const;

/** How a workflow went in a period: how many, how long, where the time went, what was done again. */
@Component({
  selector: 'app-figures-page',
  imports: [
    Button,
    DateField,
    FieldFrame,
    EmptyState,
    Loaded,
    PageHeader,
    RouterLink,
    Sheet,
    StepTimes,
    TableFrame,
    ThroughputChart,
  ],
  templateUrl: './figures-page.html',
  styleUrl: './figures-page.scss',
})
export class FiguresPage {
  readonly workflow = input<string>();
  readonly version = input<number | undefined, string | undefined>(undefined, {
    transform: (text) => (text && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined),
  });
  readonly from = input<string | undefined, string | undefined>(undefined, { transform: dayIn });
  readonly to = input<string | undefined, string | undefined>(undefined, { transform: dayIn });

  protected readonly t = words<typeof file>('runs');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly write = queryWriter();
  protected readonly formats = FORMATS;
  protected readonly workflowsAnswer = answerOf(
    workflowsSchema,
    () => `${this.organisation.api('workflows')}?limit=200`,
  );
  protected readonly workflows = computed(() =>
    (this.workflowsAnswer.value()?.items ?? []).filter(({ published }) => published !== null),
  );
  /** The one in the address, else the one with most runs under way. */
  protected readonly key = computed(() => {
    const busiest = this.workflows().toSorted((a, b) => b.runsLive - a.runsLive)[0];
    return this.workflow() ?? busiest?.key;
  });
  private readonly detail = answerOf(
    workflowDetailSchema,
    () => {
      const key = this.key();
      return key ? this.organisation.api('workflows', key) : undefined;
    },
    { keepOver: false },
  );
  protected readonly versions = computed(() => this.detail.value()?.versions ?? []);
  protected readonly period = computed(() => periodOf(this.from(), this.to(), today(new Date())));
  private readonly query = computed(() => ({
    ...{ workflow: this.key(), version: this.version() },
    ...this.period(),
  }));
  protected readonly answer = answerOf(runFiguresSchema, () =>
    this.key() ? withQuery(this.organisation.api('run-figures'), this.query()) : undefined,
  );
  protected readonly figures = this.answer.value;
  protected readonly mayExport = computed(() => this.organisation.can('export', 'Export'));
  protected readonly nothing = computed(() => {
    const figures = this.figures();
    if (!figures) return false;
    const { started, ended, cancelled, running } = figures;
    return started + ended + cancelled + running === 0;
  });
  /** "12 started, 9 ended, 1 was cancelled; 3 are under way. Half took 4 days or less …" */
  protected readonly sentences = computed((): readonly string[] => {
    const figures = this.figures();
    if (!figures) return [];
    const { started, ended, cancelled, running, took, bottleneck } = figures;
    const told = [this.t('figures.counts', { started, ended, cancelled, running })];
    if (took) {
      const half = spanInWords(this.t, took.medianSeconds);
      told.push(this.t('figures.lasted', { half, most: spanInWords(this.t, took.p90Seconds) }));
    }
    if (bottleneck) {
      const share = Math.round(100 * bottleneck.share);
      told.push(this.t('figures.worst', { share, step: bottleneck.name }));
    }
    return told;
  });

  /** Long periods are told by weeks. */
  protected readonly weekly = computed(() => {
    const [first, second] = this.figures()?.throughput ?? [];
    return first && second ? daysUntil(second.from, first.from) > 1 : false;
  });
  protected readonly chartLabel = computed(() => {
    const figures = this.figures();
    if (!figures) return '';
    const { started, ended, from, to } = figures;
    return this.t('figures.chart', {
      started,
      ended,
      from: this.dateOf(from),
      to: this.dateOf(to),
    });
  });

  constructor() {
    pageTitle(() => this.t('figures.title'));
  }

  protected valueOf(event: Event): string {
    return (event.target as HTMLInputElement | HTMLSelectElement).value;
  }

  protected fileOf(format: string): string {
    return withQuery(this.organisation.api('run-exports', format), this.query());
  }

  /** `approved-with-conditions` as it is said in a sentence. */
  protected inWords(outcome: string): string {
    return outcome.replaceAll('-', ' ');
  }

  protected dateOf(day: string): string {
    return formatDate(day, 'long');
  }

  protected percent({ count, of }: { readonly count: number; readonly of: number }): string {
    if (of === 0) return this.t('figures.noShare');
    return this.t('figures.ofPercent', { count, of, share: Math.round((100 * count) / of) });
  }
}
