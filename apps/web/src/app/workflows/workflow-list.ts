import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  page,
  type Page,
  type Workflow,
  workflowOfferSchema,
  workflowSchema,
} from '@plumbline/contracts';
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
  answerOf,
  CurrentOrganisation,
  Loaded,
  pagesOf,
  pageTitle,
  queryWriter,
  whenChanged,
  withQuery,
  words,
} from '../platform/index.ts';
import type file from './workflows.en-GB.json';

const workflowsSchema = page(workflowSchema);
const offersSchema = page(workflowOfferSchema);
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
    .go {
      display: flex;
      flex-wrap: wrap;
      gap: 2px var(--s-3);
    }
    .go a {
      display: inline-flex;
      align-items: center;
      min-block-size: 26px;
    }
    .offers {
      padding: var(--s-2) var(--s-3);
      border-inline-start: 4px solid var(--st-wait-fg);
      background: var(--st-wait-bg);
      color: var(--st-wait-fg);
    }
    .offers a {
      color: inherit;
      font-weight: 600;
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
  /** What the firm offers and nobody has answered yet; a firm is offered nothing. */
  protected readonly offers = answerOf(offersSchema, () =>
    this.firm ? undefined : withQuery(this.organisation.api('workflow-offers'), { status: 'open' }),
  );
  protected readonly rows = computed(() => {
    const text = (this.q() ?? '').toLowerCase();
    return this.list
      .rows()
      .filter((row) => `${row.name} ${row.key} ${row.purpose}`.toLowerCase().includes(text))
      .filter((row) => this.suits(row));
  });

  constructor() {
    pageTitle(() => this.t('title'));
    whenChanged(['workflow-changed', 'run-changed'], () => {
      this.list.reload();
      this.offers.reload();
    });
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

  /** Pages of a workflow beside its designer. */
  protected placesOf({ draft }: Workflow): readonly ('versions' | 'simulate' | 'publish')[] {
    if (!this.organisation.can('update', 'Workflow')) return ['versions'];
    return draft ? ['versions', 'publish'] : ['versions'];
  }

  protected choose(event: Event): void {
    void this.write({ show: (event.target as HTMLSelectElement).value });
  }
}
