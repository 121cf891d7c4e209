import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { page, type Page, type Workflow, workflowSchema } from '@plumbline/contracts';
import {
  Button,
  Chip,
  DateText,
  EmptyState,
  PageHeader,
  SearchBox,
  TableFrame,
} from '@plumbline/ui';
import {
  CurrentOrganisation,
  Loaded,
  pagesOf,
  pageTitle,
  queryWriter,
  whenChanged,
  words,
} from '../platform/index.ts';
import type file from './workflows.en-GB.json';

const workflowsSchema = page(workflowSchema);
const SHOWS = ['published', 'drafts', 'problems', 'retired'] as const;
type Show = (typeof SHOWS)[number];

/** What can be run and what is being written: version, draft, problems, runs under way. */
@Component({
  selector: 'app-workflow-list',
  imports: [
    Button,
    Chip,
    DateText,
    EmptyState,
    Loaded,
    PageHeader,
    RouterLink,
    SearchBox,
    TableFrame,
  ],
  templateUrl: './workflow-list.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-4);
    }
    .purpose {
      display: block;
      max-inline-size: 52ch;
    }
  `,
})
export class WorkflowList {
  readonly q = input<string>();
  readonly show = input<Show | undefined, string | undefined>(undefined, {
    transform: (text) => SHOWS.find((one) => one === text),
  });

  protected readonly t = words<typeof file>('workflows');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly write = queryWriter();
  protected readonly shows = SHOWS;
  protected readonly mayCreate = computed(() => this.organisation.can('create', 'Workflow'));
  protected readonly firm = this.organisation.kind === 'firm';
  protected readonly list = pagesOf<Workflow, Page<Workflow>>(workflowsSchema, () => ({
    path: this.organisation.api('workflows'),
    query: {},
  }));
  protected readonly rows = computed(() => {
    const text = (this.q() ?? '').toLowerCase();
    return this.list
      .rows()
      .filter((row) => `${row.name} ${row.key} ${row.purpose}`.toLowerCase().includes(text))
      .filter((row) => this.suits(row));
  });

  constructor() {
    pageTitle(() => this.t('title'));
    whenChanged(['workflow-changed', 'run-changed'], () => this.list.reload());
  }

  private suits({ published, draft, retiredAt }: Workflow): boolean {
    switch (this.show()) {
      case 'published':
        return published !== null && retiredAt === null;
      case 'drafts':
        return draft !== null;
      case 'problems':
        return draft !== null && draft.problems.errors + draft.problems.warnings > 0;
      case 'retired':
        return retiredAt !== null;
      case undefined:
        return true;
    }
  }

  protected choose(event: Event): void {
    void this.write({ show: (event.target as HTMLSelectElement).value });
  }
}
