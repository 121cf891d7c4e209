import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { tokensSchema, type Token } from '@plumbline/contracts';
import {
  Button,
  Chip,
  Confirm,
  DateText,
  EmptyState,
  ErrorSummary,
  formatDate,
  PageHeader,
  Snackbar,
  TableFrame,
  type ChipState,
  type FormProblem,
} from '@plumbline/ui';
import {
  answerOf,
  Api,
  ApiProblem,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  problemText,
  words,
} from '../platform/index.ts';
import { tokenState, type TokenState } from './token-state.ts';
import type file from './tokens.en-GB.json';

const CHIPS: Readonly<Record<TokenState, ChipState>> = {
  works: 'done',
  expired: 'unknown',
  revoked: 'unknown',
};

/** Which machines use the API for a client, and what each may do. */
@Component({
  selector: 'app-tokens',
  imports: [
    Button,
    Chip,
    DateText,
    EmptyState,
    ErrorSummary,
    Loaded,
    PageHeader,
    RouterLink,
    TableFrame,
  ],
  templateUrl: './tokens.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-4);
    }
    tbody th {
      font: var(--text-body);
      font-weight: 600;
      color: var(--c-ink);
      overflow-wrap: anywhere;
    }
  `,
})
export class Tokens {
  protected readonly t = words<typeof file>('tokens');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly snackbar = inject(Snackbar);
  private readonly describe = problemText();

  protected readonly chips = CHIPS;
  protected readonly answer = answerOf(tokensSchema, () => this.organisation.api('tokens'));
  protected readonly tokens = computed(() => {
    const now = new Date();
    return (this.answer.value()?.tokens ?? []).map((token) => ({
      ...token,
      state: tokenState(token, now),
    }));
  });
  protected readonly mayManage = computed(() => this.organisation.can('manage', 'Token'));
  protected readonly problems = signal<readonly FormProblem[]>([]);

  constructor() {
    pageTitle(() => this.t('title'));
  }

  protected byOf({ createdBy, createdAt }: Token): string {
    return this.t('by', { name: createdBy.name, date: formatDate(createdAt, 'short') });
  }

  protected async revoke({ id, name }: Token): Promise<void> {
    const sure = await this.confirm.ask({
      title: this.t('revokeTitle', { name }),
      text: this.t('revokeText'),
      confirm: this.t('revokeToken', { name }),
      cancel: this.t('keep'),
      danger: true,
    });
    if (!sure) return;
    this.problems.set([]);
    try {
      await this.api.delete(this.organisation.api('tokens', id));
      this.snackbar.show(this.t('revoked', { name }));
      this.answer.reload();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.problems.set([{ field: '', message: this.describe(error.details) }]);
    }
  }
}
