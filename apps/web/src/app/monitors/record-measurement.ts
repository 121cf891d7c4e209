import { Component, inject, input, signal } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { Router, RouterLink } from '@angular/router';
import { addMeasurementSchema, measurementSchema, monitorSeriesSchema } from '@plumbline/contracts';
import { Button, DateField, ErrorSummary, FieldFrame, PageHeader, Sheet } from '@plumbline/ui';
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

/** Records one value for one window; it is judged against limits that were set before. */
@Component({
  selector: 'app-record-measurement',
  imports: [
    Button,
    DateField,
    ErrorSummary,
    FieldFrame,
    FormField,
    Loaded,
    PageHeader,
    RouterLink,
    Sheet,
  ],
  templateUrl: './record-measurement.html',
  styleUrl: './monitor-form.scss',
})
export class RecordMeasurement {
  readonly id = input.required<string>();

  protected readonly t = words<typeof file>('monitors');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly days = ['windowFrom', 'windowTo'] as const;
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  protected readonly answer = answerOf(monitorSeriesSchema, () =>
    this.organisation.api('monitors', this.id()),
  );
  protected readonly model = signal({
    windowFrom: '',
    windowTo: '',
    value: '',
    sample: '',
    note: '',
  });

  protected readonly form = contractForm(this.model, {
    schema: addMeasurementSchema,
    toInput: (it) => ({
      windowFrom: it.windowFrom,
      windowTo: it.windowTo,
      value: numberOf(it.value),
      sample: it.sample.trim() === '' ? null : numberOf(it.sample),
      note: it.note,
    }),
    send: async (measurement) => {
      const path = this.organisation.api('monitors', this.id(), 'measurements');
      await this.api.post(path, measurement, { answer: measurementSchema });
      await this.router.navigate(this.organisation.page('monitors', this.id()));
    },
  });

  constructor() {
    pageTitle(() => this.t('record'));
  }
}
