import { Component, computed, inject, signal } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { Router, RouterLink } from '@angular/router';
import { inviteMemberSchema } from '@plumbline/contracts';
import { EXTERNAL_ROLES } from '@plumbline/policies';
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
import type file from './members.en-GB.json';
import { RoleChoice } from './role-choice.ts';

/** Invites one person, with what they will do here. */
@Component({
  selector: 'app-invite-member',
  imports: [
    Button,
    DateField,
    ErrorSummary,
    FieldFrame,
    FormField,
    PageHeader,
    RoleChoice,
    RouterLink,
    Sheet,
  ],
  template: `
    <ui-page-header [heading]="t('inviteHeading', { organisation: organisation.name() })">
      <a pageCrumb [routerLink]="organisation.page('members')">{{ t('back') }}</a>
    </ui-page-header>
    <ui-sheet>
      <form class="stack" novalidate (submit)="form.submit($event)">
        <ui-error-summary [heading]="t('fixThese')" [problems]="form.problems()" />
        <ui-field for="name" [label]="t('personName')" [error]="form.errorOf('name')">
          <input
            id="name"
            autocomplete="off"
            [formField]="form.fields.name"
            [attr.aria-invalid]="form.errorOf('name') ? true : null"
            [attr.aria-describedby]="form.errorOf('name') ? 'name-error' : null"
          />
        </ui-field>
        <ui-field for="email" [label]="t('email')" [error]="form.errorOf('email')">
          <input
            id="email"
            type="email"
            autocomplete="off"
            [formField]="form.fields.email"
            [attr.aria-invalid]="form.errorOf('email') ? true : null"
            [attr.aria-describedby]="form.errorOf('email') ? 'email-error' : null"
          />
        </ui-field>
        <app-role-choice
          id="roles"
          [label]="t('roles')"
          [hint]="t('rolesHint')"
          [chosen]="model().roles"
          (changed)="choose($event)"
        />
        @if (endsByItself()) {
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
        }
        <div>
          <button uiButton type="submit" [busy]="form.busy()">{{ t('send') }}</button>
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
export class InviteMember {
  protected readonly t = words<typeof file>('members');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly snackbar = inject(Snackbar);

  protected readonly model = signal({
    name: '',
    email: '',
    roles: [] as readonly string[],
    until: '',
  });
  protected readonly form = contractForm(this.model, {
    schema: inviteMemberSchema,
    toInput: ({ until, ...it }) => ({
      ...it,
      validTo: until && this.endsByItself() ? endOfDay(until) : null,
    }),
    send: async (input) => {
      await this.api.post(this.organisation.api('invitations'), input);
      this.snackbar.show(this.t('sent', { name: input.name }));
      await this.router.navigate(this.organisation.page('members'));
    },
  });

  /** An auditor from outside stays for a time only. */
  protected readonly endsByItself = computed(() =>
    this.model().roles.some((role) => EXTERNAL_ROLES.some((one) => one === role)),
  );

  constructor() {
    pageTitle(() => this.t('invite'));
  }

  protected choose(roles: readonly string[]): void {
    this.model.update((it) => ({ ...it, roles }));
  }
}
