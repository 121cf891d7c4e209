import { Component, signal, inject } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { RouterLink } from '@angular/router';
import { requestPasswordResetSchema } from '@plumbline/contracts';
import { Button, ErrorSummary, FieldFrame, PageHeader, Sheet } from '@plumbline/ui';
import { Api, contractForm, pageTitle, words } from '../platform/index.ts';
import { PublicFrame } from './public-frame.ts';
import type file from './sessions.en-GB.json';

/** Asks for a link to choose a new password; never tells whether the address is known. */
@Component({
  selector: 'app-request-reset',
  imports: [
    Button,
    ErrorSummary,
    FieldFrame,
    FormField,
    PageHeader,
    PublicFrame,
    RouterLink,
    Sheet,
  ],
  template: `
    <app-public-frame>
      <ui-page-header [heading]="t('resetHeading')" />
      @if (sentTo()) {
        <ui-sheet>
          <div class="stack-tight" role="status">
            <p>{{ t('resetSent', { email: sentTo() }) }}</p>
            <p class="hint">{{ t('resetSentHint') }}</p>
          </div>
        </ui-sheet>
      } @else {
        <ui-sheet>
          <ui-error-summary [heading]="t('fixThese')" [problems]="form.problems()" />
          <form class="stack" novalidate (submit)="form.submit($event)">
            <ui-field
              for="email"
              [label]="t('email')"
              [hint]="t('resetHint')"
              [error]="form.errorOf('email')"
            >
              <input
                id="email"
                type="email"
                autocomplete="username"
                [formField]="form.fields.email"
                [attr.aria-invalid]="form.errorOf('email') ? true : null"
                [attr.aria-describedby]="form.errorOf('email') ? 'email-error' : 'email-hint'"
              />
            </ui-field>
            <div>
              <button uiButton type="submit" [busy]="form.busy()">{{ t('sendLink') }}</button>
            </div>
          </form>
        </ui-sheet>
      }
      <p>
        <a routerLink="/sign-in">{{ t('backToSignIn') }}</a>
      </p>
    </app-public-frame>
  `,
})
export class RequestReset {
  protected readonly t = words<typeof file>('sessions');
  private readonly api = inject(Api);
  protected readonly sentTo = signal<string | null>(null);

  protected readonly form = contractForm(signal({ email: '' }), {
    schema: requestPasswordResetSchema,
    send: async (input) => {
      await this.api.post('/api/password-resets', input, { quiet: true });
      this.sentTo.set(input.email);
    },
  });

  constructor() {
    pageTitle(() => this.t('resetHeading'));
  }
}
