import { Component, computed, inject, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { type CreateWorkflow, page, workflowSchema } from '@plumbline/contracts';
import { Button, FieldFrame, PageHeader, Sheet } from '@plumbline/ui';
import {
  answerOf,
  CurrentOrganisation,
  Loaded,
  newCommandKey,
  pageTitle,
  problemOf,
  problemText,
  words,
} from '../platform/index.ts';
import { DesignsApi } from './designer/designs-api.ts';
import type file from './workflows.en-GB.json';

const workflowsSchema = page(workflowSchema);
const STARTS = ['template', 'blank', 'copy', 'file'] as const;
type Start = (typeof STARTS)[number];
/** Largest file that is read; the API keeps as much. */
const LARGEST = 1_000_000;

/** Begins a workflow: from a template, from nothing, as a copy, or from a file. */
@Component({
  selector: 'app-new-workflow',
  imports: [Button, FieldFrame, Loaded, PageHeader, RouterLink, Sheet],
  providers: [DesignsApi],
  templateUrl: './new-workflow.html',
  styles: `
    :host {
      display: grid;
      gap: var(--s-4);
      max-inline-size: 760px;
    }
    form {
      display: grid;
      gap: var(--s-5);
      max-inline-size: 560px;
    }
    .option {
      display: flex;
      gap: 10px;
      padding-block: var(--s-2);
    }
    legend {
      font-weight: 600;
    }
    .bad {
      color: var(--st-bad-fg);
      font-weight: 600;
    }
  `,
})
export class NewWorkflow {
  protected readonly t = words<typeof file>('workflows');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(DesignsApi);
  private readonly router = inject(Router);
  private readonly inWords = problemText();
  protected readonly starts = STARTS;
  protected readonly list = answerOf(workflowsSchema, () => this.organisation.api('workflows'));
  protected readonly start = signal<Start>('template');
  protected readonly name = signal('');
  protected readonly from = signal('');
  private readonly document = signal<Record<string, unknown> | null>(null);
  protected readonly busy = signal(false);
  protected readonly trouble = signal<string | null>(null);
  protected readonly nameMissing = signal(false);
  /** The same when somebody presses again: it is made once. */
  private readonly command = newCommandKey();
  protected readonly choices = computed(() => {
    const rows = this.list.value()?.items ?? [];
    return this.start() === 'template'
      ? rows.filter(({ origin }) => origin.kind === 'standard')
      : rows;
  });
  protected readonly chosen = computed(() => this.choices().find(({ key }) => key === this.from()));

  constructor() {
    pageTitle(() => this.t('new.title'));
  }

  protected begin(start: Start): void {
    this.start.set(start);
    this.from.set('');
    this.trouble.set(null);
  }

  protected call(event: Event): void {
    this.name.set((event.target as HTMLInputElement).value);
    this.nameMissing.set(false);
  }

  protected choose(event: Event): void {
    this.from.set((event.target as HTMLSelectElement).value);
    if (this.name().trim() === '') this.name.set(this.chosen()?.name ?? '');
  }

  protected async read(event: Event): Promise<void> {
    const file = (event.target as HTMLInputElement).files?.[0];
    this.document.set(null);
    this.trouble.set(null);
    if (!file) return;
    if (file.size > LARGEST) {
      this.trouble.set(this.t('new.tooLarge'));
      return;
    }
    try {
      const value: unknown = JSON.parse(await file.text());
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error();
      const document = { ...value } as Record<string, unknown>;
      this.document.set(document);
      const { name } = document;
      if (this.name().trim() === '' && typeof name === 'string') this.name.set(name);
    } catch {
      this.trouble.set(this.t('new.notJson'));
    }
  }

  protected async create(event: Event): Promise<void> {
    event.preventDefault();
    const name = this.name().trim();
    const from = this.source();
    this.nameMissing.set(name === '');
    if (name === '') return;
    if (!from) {
      this.trouble.set(this.t(`new.missing.${this.start()}`));
      return;
    }
    this.busy.set(true);
    this.trouble.set(null);
    try {
      const { key } = await this.api.create({ name, from }, this.command);
      await this.router.navigate(this.organisation.page('workflows', key));
    } catch (error) {
      this.trouble.set(this.inWords(problemOf(error)));
    } finally {
      this.busy.set(false);
    }
  }

  private source(): CreateWorkflow['from'] | null {
    const definition = this.document();
    switch (this.start()) {
      case 'blank':
        return 'blank';
      case 'template':
        return this.from() ? { template: this.from() } : null;
      case 'copy':
        return this.from() ? { workflow: this.from() } : null;
      case 'file':
        return definition ? { definition } : null;
    }
  }
}
