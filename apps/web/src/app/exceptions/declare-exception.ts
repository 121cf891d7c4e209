import { Component, computed, inject, signal } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { Router, RouterLink } from '@angular/router';
import { declareExceptionSchema, separationExceptionsSchema } from '@plumbline/contracts';
import {
  Button,
  DateField,
  ErrorSummary,
  FieldFrame,
  PageHeader,
  Sheet,
  Snackbar,
} from '@plumbline/ui';
import {
  answerOf,
  Api,
  contractForm,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  words,
} from '../platform/index.ts';
import type file from './exceptions.en-GB.json';

/** Lifts a rule of separation of duties, until a day. */
@Component({
  selector: 'app-declare-exception',
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
  templateUrl: './declare-exception.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 760px);
      gap: var(--s-4);
    }
  `,
})
export class DeclareException {
  protected readonly t = words<typeof file>('exceptions');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly snackbar = inject(Snackbar);

  protected readonly answer = answerOf(separationExceptionsSchema, () =>
    this.organisation.api('exceptions'),
  );
  protected readonly mayManage = computed(() => this.organisation.can('manage', 'Exception'));
  protected readonly form = contractForm(
    signal({ rule: '', reason: '', compensatingControl: '', expiresOn: '' }),
    {
      schema: declareExceptionSchema,
      send: async (input) => {
        await this.api.post(this.organisation.api('exceptions'), input);
        this.snackbar.show(this.t('declared', { rule: input.rule }));
        await this.router.navigate(this.organisation.page('exceptions'));
      },
    },
  );

  constructor() {
    pageTitle(() => this.t('declare'));
  }
}
