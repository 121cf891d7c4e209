import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  separationExceptionsSchema,
  type PersonRef,
  type SeparationException,
} from '@plumbline/contracts';
import {
  Button,
  Chip,
  Confirm,
  DateText,
  EmptyState,
  ErrorSummary,
  FactsList,
  formatDate,
  PageHeader,
  Sheet,
  Snackbar,
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
import type file from './exceptions.en-GB.json';

const CHIPS: Readonly<Record<SeparationException['state'], ChipState>> = {
  'in-force': 'warn',
  expired: 'unknown',
  revoked: 'unknown',
};

/** Which rules of separation of duties a client has lifted, why, and what it does instead. */
@Component({
  selector: 'app-exceptions',
  imports: [
    Button,
    Chip,
    DateText,
    EmptyState,
    ErrorSummary,
    FactsList,
    Loaded,
    PageHeader,
    RouterLink,
    Sheet,
  ],
  templateUrl: './exceptions.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 820px);
      gap: var(--s-4);
    }
    .written {
      white-space: pre-line;
      overflow-wrap: anywhere;
    }
  `,
})
export class Exceptions {
  protected readonly t = words<typeof file>('exceptions');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly snackbar = inject(Snackbar);
  private readonly describe = problemText();

  protected readonly chips = CHIPS;
  protected readonly answer = answerOf(separationExceptionsSchema, () =>
    this.organisation.api('exceptions'),
  );
  protected readonly all = computed(() => this.answer.value()?.exceptions ?? []);
  protected readonly mayManage = computed(() => this.organisation.can('manage', 'Exception'));
  protected readonly problems = signal<readonly FormProblem[]>([]);
  private readonly sayings = computed(
    () => new Map(this.answer.value()?.rules.map(({ rule, says }) => [rule, says])),
  );

  constructor() {
    pageTitle(() => this.t('title'));
  }

  /** The rule in plain words; its number when it cannot be lifted any more. */
  protected saysOf({ rule }: SeparationException): string {
    return this.sayings().get(rule) ?? rule;
  }

  protected byOf({ name }: PersonRef, at: string): string {
    return this.t('by', { name, date: formatDate(at, 'long') });
  }

  protected async revoke({ id, rule }: SeparationException): Promise<void> {
    const sure = await this.confirm.ask({
      title: this.t('revokeTitle', { rule }),
      text: this.t('revokeText'),
      confirm: this.t('revoke', { rule }),
      cancel: this.t('keep'),
      danger: true,
    });
    if (!sure) return;
    this.problems.set([]);
    try {
      await this.api.post(this.organisation.api('exceptions', id, 'revoke'));
      this.snackbar.show(this.t('revoked', { rule }));
      this.answer.reload();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.problems.set([{ field: '', message: this.describe(error.details) }]);
    }
  }
}
