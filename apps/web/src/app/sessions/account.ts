import { Component, computed, inject, signal } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { RouterLink } from '@angular/router';
import { changePasswordSchema } from '@plumbline/contracts';
import {
  Button,
  DateText,
  ErrorSummary,
  FactsList,
  FieldFrame,
  PageHeader,
  Sheet,
} from '@plumbline/ui';
import {
  Api,
  contractForm,
  pageTitle,
  Preferences,
  Session,
  words,
  type Density,
  type Scheme,
} from '../platform/index.ts';
import { PublicFrame } from './public-frame.ts';
import type file from './sessions.en-GB.json';

const SCHEMES: readonly Scheme[] = ['system', 'light', 'dark'];
const DENSITIES: readonly Density[] = ['comfortable', 'compact'];

/** The signed-in person's own settings. */
@Component({
  selector: 'app-account',
  imports: [
    Button,
    DateText,
    ErrorSummary,
    FactsList,
    FieldFrame,
    FormField,
    PageHeader,
    PublicFrame,
    RouterLink,
    Sheet,
  ],
  templateUrl: './account.html',
  styles: `
    fieldset {
      display: grid;
      gap: var(--s-2);
    }
    label {
      display: flex;
      gap: var(--s-2);
    }
  `,
})
export class Account {
  protected readonly t = words<typeof file>('sessions');
  protected readonly session = inject(Session);
  protected readonly preferences = inject(Preferences);
  private readonly api = inject(Api);

  protected readonly schemes = SCHEMES;
  protected readonly densities = DENSITIES;
  protected readonly me = computed(() => this.session.me());
  protected readonly changed = signal(false);

  private readonly passwords = signal({ current: '', password: '' });
  protected readonly form = contractForm(this.passwords, {
    schema: changePasswordSchema,
    send: async (input) => {
      await this.api.put('/api/sessions/current/password', input);
      this.passwords.set({ current: '', password: '' });
      this.changed.set(true);
      await this.session.refresh();
    },
  });

  constructor() {
    pageTitle(() => this.t('account'));
  }

  protected toggleKeys(): void {
    this.preferences.singleKeys.update((now) => (now === 'on' ? 'off' : 'on'));
  }
}
