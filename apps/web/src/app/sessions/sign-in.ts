import { Component, inject, input, signal } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { Router, RouterLink } from '@angular/router';
import { signInSchema } from '@plumbline/contracts';
import { Button, ErrorSummary, FieldFrame, PageHeader, Sheet } from '@plumbline/ui';
import { contractForm, pageTitle, Session, words } from '../platform/index.ts';
import { landingOf } from './landing.ts';
import { PublicFrame } from './public-frame.ts';
import type file from './sessions.en-GB.json';

/** Signs somebody in and takes them where they wanted to go. */
@Component({
  selector: 'app-sign-in',
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
      <ui-page-header [heading]="t('signIn')" />
      <ui-sheet>
        <ui-error-summary [heading]="t('fixThese')" [problems]="form.problems()" />
        <form class="stack" novalidate (submit)="form.submit($event)">
          <ui-field for="email" [label]="t('email')" [error]="form.errorOf('email')">
            <input
              id="email"
              type="email"
              autocomplete="username"
              [formField]="form.fields.email"
              [attr.aria-invalid]="form.errorOf('email') ? true : null"
              [attr.aria-describedby]="form.errorOf('email') ? 'email-error' : null"
            />
          </ui-field>
          <ui-field for="password" [label]="t('password')" [error]="form.errorOf('password')">
            <input
              id="password"
              type="password"
              autocomplete="current-password"
              [formField]="form.fields.password"
              [attr.aria-invalid]="form.errorOf('password') ? true : null"
              [attr.aria-describedby]="form.errorOf('password') ? 'password-error' : null"
            />
          </ui-field>
          <div class="row">
            <button uiButton type="submit" [busy]="form.busy()">{{ t('signIn') }}</button>
            <a routerLink="/reset">{{ t('forgot') }}</a>
          </div>
        </form>
      </ui-sheet>
      <p class="hint">
        {{ t('verifyHint') }} <a routerLink="/verify">{{ t('verifyLink') }}</a>
      </p>
    </app-public-frame>
  `,
})
export class SignInPage {
  protected readonly t = words<typeof file>('sessions');
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  /** Where they wanted to go. */
  readonly next = input<string>();

  protected readonly form = contractForm(signal({ email: '', password: '' }), {
    schema: signInSchema,
    send: async ({ email, password }) => {
      await this.session.signIn(email, password);
      const next = this.next();
      // Only an address of ours: "//elsewhere" and "https:" would lead away.
      if (next && /^\/(?!\/)/.test(next)) await this.router.navigateByUrl(next);
      else
        await this.router.navigate(landingOf(this.session.organisations()) ?? ['/organisations']);
    },
  });

  constructor() {
    pageTitle(() => this.t('signIn'));
  }
}
