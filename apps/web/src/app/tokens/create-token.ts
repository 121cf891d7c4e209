import { Component, computed, inject, signal } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { RouterLink } from '@angular/router';
import {
  createdTokenSchema,
  createTokenSchema,
  TOKEN_SCOPES,
  type CreatedToken,
  type TokenScope,
} from '@plumbline/contracts';
import {
  Button,
  DateField,
  ErrorSummary,
  FieldFrame,
  PageHeader,
  Sheet,
  ShownSecret,
} from '@plumbline/ui';
import {
  Api,
  contractForm,
  CurrentOrganisation,
  endOfDay,
  pageTitle,
  words,
} from '../platform/index.ts';
import type file from './tokens.en-GB.json';

/** Makes a service token, then shows its secret, once. */
@Component({
  selector: 'app-create-token',
  imports: [
    Button,
    DateField,
    ErrorSummary,
    FieldFrame,
    FormField,
    PageHeader,
    RouterLink,
    Sheet,
    ShownSecret,
  ],
  templateUrl: './create-token.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 760px);
      gap: var(--s-4);
    }
    .choices {
      display: grid;
      gap: var(--s-2);
      padding-block-start: var(--s-2);
    }
    label {
      display: flex;
      gap: var(--s-2);
    }
    .error {
      color: var(--st-bad-fg);
      font-weight: 600;
    }
  `,
})
export class CreateToken {
  protected readonly t = words<typeof file>('tokens');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);

  protected readonly scopes = TOKEN_SCOPES;
  protected readonly mayManage = computed(() => this.organisation.can('manage', 'Token'));
  /** The new token with its secret, which lives on this page only. */
  protected readonly created = signal<CreatedToken | null>(null);
  protected readonly model = signal({ name: '', scopes: [] as readonly TokenScope[], until: '' });
  protected readonly form = contractForm(this.model, {
    schema: createTokenSchema,
    toInput: ({ until, ...it }) => ({
      ...it,
      expiresAt: until ? endOfDay(until) : '',
    }),
    send: async (input) => {
      const path = this.organisation.api('tokens');
      this.created.set(await this.api.post(path, input, { answer: createdTokenSchema }));
    },
  });

  /** What stands around the secret of the new token. */
  protected readonly secretWords = computed(() => ({
    heading: this.t('secretHeading', { name: this.created()?.name ?? '' }),
    text: this.t('secretText'),
    label: this.t('secret'),
    copy: this.t('copy'),
    copied: this.t('copied'),
    copyFailed: this.t('copyFailed'),
  }));

  constructor() {
    pageTitle(() => this.t('create'));
  }

  protected toggle(scope: TokenScope): void {
    this.model.update((it) => ({
      ...it,
      scopes: it.scopes.includes(scope)
        ? it.scopes.filter((one) => one !== scope)
        : [...it.scopes, scope],
    }));
  }
}
