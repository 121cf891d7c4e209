import { Component, inject, signal } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { Router, RouterLink } from '@angular/router';
import { grantEngagementSchema } from '@plumbline/contracts';
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
  Api,
  contractForm,
  CurrentOrganisation,
  endOfDay,
  pageTitle,
  words,
} from '../platform/index.ts';
import type file from './engagements.en-GB.json';

/** Lets a firm in, until a day. */
@Component({
  selector: 'app-grant-engagement',
  imports: [Button, DateField, ErrorSummary, FieldFrame, FormField, PageHeader, RouterLink, Sheet],
  template: `
    <ui-page-header [heading]="t('grantHeading', { organisation: organisation.name() })">
      <a pageCrumb [routerLink]="organisation.page('engagements')">{{ t('back') }}</a>
    </ui-page-header>
    <ui-sheet>
      <form class="stack" novalidate (submit)="form.submit($event)">
        <ui-error-summary [heading]="t('fixThese')" [problems]="form.problems()" />
        <ui-field
          for="firm"
          [label]="t('firm')"
          [hint]="t('firmHint')"
          [error]="form.errorOf('firm')"
        >
          <input
            id="firm"
            autocomplete="off"
            [formField]="form.fields.firm"
            [attr.aria-invalid]="form.errorOf('firm') ? true : null"
            [attr.aria-describedby]="form.errorOf('firm') ? 'firm-error' : 'firm-hint'"
          />
        </ui-field>
        <ui-field
          for="scope"
          [label]="t('scope')"
          [note]="t('optional')"
          [hint]="t('scopeHint')"
          [error]="form.errorOf('scope')"
        >
          <textarea
            id="scope"
            [formField]="form.fields.scope"
            aria-describedby="scope-hint"
          ></textarea>
        </ui-field>
        <ui-field
          for="validTo"
          [label]="t('until')"
          [hint]="t('untilHint')"
          [error]="form.errorOf('validTo')"
        >
          <ui-date-field
            controlId="validTo"
            [formField]="form.fields.until"
            [wrong]="!!form.errorOf('validTo')"
            [described]="form.errorOf('validTo') ? 'validTo-error' : 'validTo-hint'"
          />
        </ui-field>
        <div>
          <button uiButton type="submit" [busy]="form.busy()">{{ t('give') }}</button>
        </div>
      </form>
    </ui-sheet>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 760px);
      gap: var(--s-4);
    }
  `,
})
export class GrantEngagement {
  protected readonly t = words<typeof file>('engagements');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly snackbar = inject(Snackbar);

  protected readonly form = contractForm(signal({ firm: '', scope: '', until: '' }), {
    schema: grantEngagementSchema,
    toInput: ({ firm, scope, until }) => ({
      firm: firm.trim(),
      scope,
      validTo: until ? endOfDay(until) : '',
    }),
    send: async (input) => {
      await this.api.post(this.organisation.api('engagements'), input);
      this.snackbar.show(this.t('given', { firm: input.firm }));
      await this.router.navigate(this.organisation.page('engagements'));
    },
  });

  constructor() {
    pageTitle(() => this.t('grant'));
  }
}
