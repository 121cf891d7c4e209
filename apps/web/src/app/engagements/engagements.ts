import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { engagementsSchema, type Engagement } from '@plumbline/contracts';
import {
  Button,
  Chip,
  Confirm,
  DateText,
  EmptyState,
  ErrorSummary,
  FactsList,
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
import type file from './engagements.en-GB.json';

const CHIPS: Readonly<Record<Engagement['status'], ChipState>> = {
  planned: 'todo',
  live: 'done',
  ended: 'unknown',
  revoked: 'unknown',
};

/** Which firms a client lets in, since when and until when. */
@Component({
  selector: 'app-engagements',
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
  templateUrl: './engagements.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 820px);
      gap: var(--s-4);
    }
  `,
})
export class Engagements {
  protected readonly t = words<typeof file>('engagements');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly confirmDialog = inject(Confirm);
  private readonly snackbar = inject(Snackbar);
  private readonly describe = problemText();

  protected readonly chips = CHIPS;
  protected readonly answer = answerOf(engagementsSchema, () =>
    this.organisation.api('engagements'),
  );
  protected readonly all = computed(() => this.answer.value()?.engagements ?? []);
  protected readonly mayManage = computed(() => this.organisation.can('manage', 'Engagement'));
  protected readonly problems = signal<readonly FormProblem[]>([]);

  constructor() {
    pageTitle(() => this.t('title'));
  }

  protected basisOf({ basis, grantedBy }: Engagement): string {
    return basis === 'set-up'
      ? this.t('basis.set-up')
      : this.t('basis.granted', { name: grantedBy?.name ?? this.organisation.name() });
  }

  protected peopleOf({ people }: Engagement): string {
    return people ? people.map(({ name }) => name).join(', ') : this.t('everyone');
  }

  protected isOpen({ status }: Engagement): boolean {
    return status === 'live' || status === 'planned';
  }

  protected async confirm({ id, firm, version }: Engagement): Promise<void> {
    await this.attempt(async () => {
      const path = this.organisation.api('engagements', id);
      await this.api.patch(path, { confirm: true }, { version });
      this.snackbar.show(this.t('confirmed', { firm: firm.name }));
    });
  }

  protected async end({ id, firm }: Engagement): Promise<void> {
    const sure = await this.confirmDialog.ask({
      title: this.t('endTitle', { firm: firm.name }),
      text: this.t('endText'),
      confirm: this.t('end', { firm: firm.name }),
      cancel: this.t('keep'),
      danger: true,
    });
    if (!sure) return;
    await this.attempt(async () => {
      await this.api.post(this.organisation.api('engagements', id, 'revoke'));
      this.snackbar.show(this.t('ended', { firm: firm.name }));
    });
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    this.problems.set([]);
    try {
      await work();
      this.answer.reload();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.problems.set([{ field: '', message: this.describe(error.details) }]);
    }
  }
}
