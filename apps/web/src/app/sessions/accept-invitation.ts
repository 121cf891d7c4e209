import { Component, computed, inject, input, linkedSignal } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { Router } from '@angular/router';
import { acceptInvitationSchema, openInvitationSchema, passwordSchema } from '@plumbline/contracts';
import { roleLabel } from '@plumbline/policies';
import { Button, ErrorSummary, FieldFrame, PageHeader, Sheet } from '@plumbline/ui';
import {
  answerOf,
  Api,
  contractForm,
  Loaded,
  pageTitle,
  Session,
  words,
} from '../platform/index.ts';
import { landingOf, startOf } from './landing.ts';
import { PublicFrame } from './public-frame.ts';
import type file from './sessions.en-GB.json';

/** Enters an organisation by an invitation: with a new account, or with the one there is. */
@Component({
  selector: 'app-accept-invitation',
  imports: [Button, ErrorSummary, FieldFrame, FormField, Loaded, PageHeader, PublicFrame, Sheet],
  template: `
    <app-public-frame>
      <ui-page-header [heading]="heading()" />
      <app-loaded
        [loading]="invitation.loading()"
        [problem]="invitation.problem()"
        (again)="invitation.reload()"
      />
      @if (invitation.value(); as it) {
        <p class="measure">
          {{ t('invitedAs', { roles: roles(), organisation: it.organisationName }) }}
        </p>
        <ui-sheet>
          <ui-error-summary [heading]="t('fixThese')" [problems]="form.problems()" />
          <form class="stack" novalidate (submit)="form.submit($event)">
            <ui-field for="invited-email" [label]="t('email')">
              <input
                id="invited-email"
                type="email"
                autocomplete="username"
                readonly
                [value]="it.email"
              />
            </ui-field>
            @if (it.needsPassword) {
              <ui-field for="name" [label]="t('yourName')" [error]="form.errorOf('name')">
                <input
                  id="name"
                  autocomplete="name"
                  [formField]="form.fields.name"
                  [attr.aria-invalid]="form.errorOf('name') ? true : null"
                  [attr.aria-describedby]="form.errorOf('name') ? 'name-error' : null"
                />
              </ui-field>
            }
            <ui-field
              for="password"
              [label]="t(it.needsPassword ? 'choosePassword' : 'password')"
              [hint]="t(it.needsPassword ? 'passwordHint' : 'accountHint')"
              [error]="form.errorOf('password')"
            >
              <input
                id="password"
                type="password"
                [attr.autocomplete]="it.needsPassword ? 'new-password' : 'current-password'"
                [formField]="form.fields.password"
                [attr.aria-invalid]="form.errorOf('password') ? true : null"
                [attr.aria-describedby]="
                  form.errorOf('password') ? 'password-error' : 'password-hint'
                "
              />
            </ui-field>
            <div>
              <button uiButton type="submit" [busy]="form.busy()">
                {{ t('join', { organisation: it.organisationName }) }}
              </button>
            </div>
          </form>
        </ui-sheet>
      }
    </app-public-frame>
  `,
})
export class AcceptInvitation {
  protected readonly t = words<typeof file>('sessions');
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly session = inject(Session);

  /** The secret of the link. */
  readonly token = input.required<string>();
  protected readonly invitation = answerOf(
    openInvitationSchema,
    () => `/api/invitations/${encodeURIComponent(this.token())}`,
  );
  protected readonly heading = computed(() => {
    const organisation = this.invitation.value()?.organisationName;
    return organisation ? this.t('joinHeading', { organisation }) : this.t('invitation');
  });
  protected readonly roles = computed(() =>
    (this.invitation.value()?.roles ?? []).map(roleLabel).join(', '),
  );

  private readonly model = linkedSignal(() => ({
    name: this.invitation.value()?.name ?? '',
    password: '',
  }));
  protected readonly form = contractForm(this.model, {
    // An account's own password may be older than today's rule for new ones.
    schema: acceptInvitationSchema.check((context) => {
      if (!this.invitation.value()?.needsPassword) return;
      for (const { message } of passwordSchema.safeParse(context.value.password).error?.issues ??
        []) {
        context.issues.push({
          code: 'custom',
          message,
          path: ['password'],
          input: context.value.password,
        });
      }
    }),
    toInput: (it) => ({ ...it, token: this.token() }),
    send: async (input) => {
      await this.api.post('/api/invitations/accept', input, { quiet: true });
      const me = await this.session.refresh();
      const slug = this.invitation.value()?.organisationSlug;
      const joined = me?.organisations.find((one) => one.slug === slug);
      await this.router.navigate(
        joined ? startOf(joined) : (landingOf(me?.organisations ?? []) ?? ['/organisations']),
      );
    },
  });

  constructor() {
    pageTitle(this.heading);
  }
}
