import { Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { evidenceItemSchema } from '@plumbline/contracts';
import {
  Button,
  DateText,
  ErrorSummary,
  FactsList,
  formatDate,
  PageHeader,
  Sheet,
  Snackbar,
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
  withQuery,
  words,
} from '../platform/index.ts';
import type file from './evidence.en-GB.json';
import { periodText } from './period-text.ts';

/** One evidence item: what it shows, its file with its hash, and its earlier versions. */
@Component({
  selector: 'app-evidence-page',
  imports: [Button, DateText, ErrorSummary, FactsList, Loaded, PageHeader, RouterLink, Sheet],
  templateUrl: './evidence-page.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 860px);
      gap: var(--s-4);
    }
    code {
      overflow-wrap: anywhere;
    }
  `,
})
export class EvidencePage {
  protected readonly t = words<typeof file>('evidence');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly snackbar = inject(Snackbar);
  private readonly describe = problemText();

  readonly id = input.required<string>();
  protected readonly item = answerOf(
    evidenceItemSchema,
    () => this.organisation.api('evidence', this.id()),
    { keepOver: false },
  );
  protected readonly period = computed(() => {
    const it = this.item.value();
    return it ? periodText(it, this.t) : null;
  });
  protected readonly busy = signal(false);
  protected readonly problems = signal<readonly FormProblem[]>([]);

  constructor() {
    pageTitle(() => this.item.value()?.shows);
  }

  protected contentOf(version: number): string {
    return withQuery(this.organisation.api('evidence', this.id(), 'content'), { version });
  }

  protected earlierText(version: number, at: string): string {
    return this.t('earlierText', { version, date: formatDate(at, 'long') });
  }

  protected async supersede(event: Event): Promise<void> {
    const control = event.target as HTMLInputElement;
    const content = control.files?.[0];
    const now = this.item.value();
    if (!content || !now || this.busy()) return;
    const body = new FormData();
    body.set('file', content);
    this.busy.set(true);
    this.problems.set([]);
    try {
      const next = await this.api.post(
        this.organisation.api('evidence', this.id(), 'versions'),
        body,
        { answer: evidenceItemSchema, version: now.version },
      );
      this.item.set(next);
      this.snackbar.show(this.t('superseded', { version: next.version }));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.problems.set([{ field: 'newer', message: this.describe(error.details) }]);
    } finally {
      this.busy.set(false);
      control.value = '';
    }
  }
}
