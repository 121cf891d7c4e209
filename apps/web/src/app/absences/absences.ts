import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type Absence, absencesSchema, type PersonRef } from '@plumbline/contracts';
import {
  Button,
  Chip,
  type ChipState,
  Confirm,
  EmptyState,
  ErrorSummary,
  FactsList,
  formatDate,
  type FormProblem,
  PageHeader,
  Sheet,
  Snackbar,
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
import type file from './absences.en-GB.json';

const CHIPS: Readonly<Record<Absence['state'], ChipState>> = {
  planned: 'todo',
  now: 'waiting',
  over: 'unknown',
  ended: 'unknown',
};

/** Who is away, from when until when, and who stands in. */
@Component({
  selector: 'app-absences',
  imports: [
    Button,
    Chip,
    EmptyState,
    ErrorSummary,
    FactsList,
    Loaded,
    PageHeader,
    RouterLink,
    Sheet,
  ],
  templateUrl: './absences.html',
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
    .gap {
      margin-block-end: var(--s-3);
    }
  `,
})
export class Absences {
  protected readonly t = words<typeof file>('absences');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly snackbar = inject(Snackbar);
  private readonly describe = problemText();

  protected readonly chips = CHIPS;
  protected readonly answer = answerOf(absencesSchema, () => this.organisation.api('absences'));
  protected readonly all = computed(() => this.answer.value()?.items ?? []);
  protected readonly problems = signal<readonly FormProblem[]>([]);

  constructor() {
    pageTitle(() => this.t('title'));
  }

  protected daysOf({ from, until }: Absence): string {
    return this.t('days', { from: formatDate(from, 'long'), until: formatDate(until, 'long') });
  }

  protected scopeOf({ workflows, roles }: Absence): string[] {
    const lines = [];
    if (workflows) {
      const list = workflows.map(({ name }) => name).join(', ');
      lines.push(this.t('forWorkflows', { list }));
    }
    if (roles) {
      lines.push(this.t('forRoles', { list: roles.map(({ label }) => label).join(', ') }));
    }
    return lines.length > 0 ? lines : [this.t('forAll')];
  }

  protected byOf({ name }: PersonRef, at: string): string {
    return this.t('by', { name, date: formatDate(at, 'long') });
  }

  protected async end({ id, person, substitute }: Absence): Promise<void> {
    const names = { person: person.name, substitute: substitute.name };
    const sure = await this.confirm.ask({
      title: this.t('endTitle', names),
      text: this.t('endText', names),
      confirm: this.t('end'),
      cancel: this.t('keep'),
    });
    if (!sure) return;
    this.problems.set([]);
    try {
      await this.api.post(this.organisation.api('absences', id, 'end'));
      this.snackbar.show(this.t('ended', names));
      this.answer.reload();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.problems.set([{ field: '', message: this.describe(error.details) }]);
    }
  }
}
