import { Component, inject, input, signal } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { RouterLink } from '@angular/router';
import { resetPasswordSchema } from '@plumbline/contracts';
import { Button, ErrorSummary, FieldFrame, PageHeader, Sheet } from '@plumbline/ui';
import { Api, contractForm, pageTitle, words } from '../platform/index.ts';
import { PublicFrame } from './public-frame.ts';
import type file from './sessions.en-GB.json';

/** Chooses a new password, with the secret of the link. */
@Component({
  selector: 'app-reset-password',
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
      <ui-page-header [heading]="t('newPasswordHeading')" />
      <ui-sheet>
        @if (done()) {
          <div class="stack" role="status">
            <p>{{ t('passwordChanged') }}</p>
            <div>
              <a uiButton routerLink="/sign-in">{{ t('signIn') }}</a>
            </div>
          </div>
        } @else {
          <ui-error-summary [heading]="t('fixThese')" [problems]="form.problems()" />
          <form class="stack" novalidate (submit)="form.submit($event)">
            <ui-field
              for="password"
              [label]="t('newPassword')"
              [hint]="t('passwordHint')"
              [error]="form.errorOf('password')"
            >
              <input
                id="password"
                type="password"
                autocomplete="new-password"
                [formField]="form.fields.password"
                [attr.aria-invalid]="form.errorOf('password') ? true : null"
                [attr.aria-describedby]="
                  form.errorOf('password') ? 'password-error' : 'password-hint'
                "
              />
            </ui-field>
            <div>
              <button uiButton type="submit" [busy]="form.busy()">{{ t('setPassword') }}</button>
            </div>
          </form>
        }
      </ui-sheet>
      <p>
        <a routerLink="/reset">{{ t('newLink') }}</a>
      </p>
    </app-public-frame>
  `,
})
export class ResetPassword {
  protected readonly t = words<typeof file>('sessions');
  private readonly api = inject(Api);
  /** The secret of the link. */
  readonly token = input.required<string>();
  protected readonly done = signal(false);

  protected readonly form = contractForm(signal({ password: '' }), {
    schema: resetPasswordSchema,
    toInput: ({ password }) => ({ token: this.token(), password }),
    send: async (input) => {
      await this.api.post('/api/password-resets/complete', input, { quiet: true });
      this.done.set(true);
    },
  });

  constructor() {
    pageTitle(() => this.t('newPasswordHeading'));
  }
}
