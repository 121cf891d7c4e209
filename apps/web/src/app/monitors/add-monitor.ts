import { Component, computed, inject, input, signal } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { Router, RouterLink } from '@angular/router';
import {
  aiSystemSchema,
  createMonitorSchema,
  membersSchema,
  monitorSchema,
} from '@plumbline/contracts';
import { metricCatalogue } from '@plumbline/frameworks';
import { Button, ErrorSummary, FieldFrame, PageHeader, Sheet } from '@plumbline/ui';
import {
  answerOf,
  Api,
  contractForm,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  words,
} from '../platform/index.ts';
import type file from './monitors.en-GB.json';
import { numberOf } from './number-of.ts';

const PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const;

/** Starts to watch a metric of one AI system; limits come before the first value. */
@Component({
  selector: 'app-add-monitor',
  imports: [Button, ErrorSummary, FieldFrame, FormField, Loaded, PageHeader, RouterLink, Sheet],
  templateUrl: './add-monitor.html',
  styleUrl: './monitor-form.scss',
})
export class AddMonitor {
  readonly aiSystem = input.required<string>();

  protected readonly t = words<typeof file>('monitors');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  protected readonly metrics = metricCatalogue;
  protected readonly periods = PERIODS;
  protected readonly answer = answerOf(aiSystemSchema, () =>
    this.organisation.api('ai-systems', this.aiSystem()),
  );
  private readonly members = answerOf(membersSchema, () =>
    this.organisation.can('read', 'Member') ? this.organisation.api('members') : undefined,
  );
  protected readonly people = computed(() =>
    (this.members.value()?.members ?? [])
      .filter(({ status }) => status === 'active')
      .map(({ person }) => person),
  );
  protected readonly model = signal({
    metric: '',
    direction: '',
    warning: '',
    breach: '',
    minimumSample: '',
    every: '',
    owner: '',
  });
  protected readonly chosen = computed(() =>
    metricCatalogue.find(({ key }) => key === this.model().metric),
  );

  protected readonly form = contractForm(this.model, {
    schema: createMonitorSchema,
    toInput: (it) => ({
      aiSystemId: this.aiSystem(),
      metric: it.metric,
      direction: it.direction,
      breach: numberOf(it.breach),
      every: it.every,
      warning: it.warning.trim() === '' ? null : numberOf(it.warning),
      minimumSample: it.minimumSample.trim() === '' ? null : numberOf(it.minimumSample),
      owner: it.owner || null,
    }),
    send: async (monitor) => {
      const path = this.organisation.api('monitors');
      const { id } = await this.api.post(path, monitor, { answer: monitorSchema });
      await this.router.navigate(this.organisation.page('monitors', id));
    },
  });

  constructor() {
    pageTitle(() => this.t('add'));
  }

  /** The usual limits of the metric, as words to start from; nothing is filled in. */
  protected readonly usual = computed(() => {
    const metric = this.chosen();
    return metric
      ? this.t('usual', { warn: metric.warn, breach: metric.breach, sample: metric.minimumSample })
      : '';
  });
}
