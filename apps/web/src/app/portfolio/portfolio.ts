import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { portfolioSchema, type PortfolioRow } from '@plumbline/contracts';
import {
  Button,
  Chip,
  ClientMark,
  DateText,
  EmptyState,
  LoadMore,
  PageHeader,
  ReadinessBar,
  SearchBox,
  Sheet,
  TableFrame,
} from '@plumbline/ui';
import {
  CurrentOrganisation,
  Loaded,
  pagesOf,
  pageTitle,
  queryWriter,
  words,
} from '../platform/index.ts';
import type file from './portfolio.en-GB.json';

const NEEDS = ['firm', 'client'] as const;
const SORTS = ['needs', 'name', 'lastActivityAt', 'nextReviewOn'] as const;
/** Clients named above the table; the others that need the firm are counted. */
const FIRST = 3;

/** Which clients need the firm, and why. */
@Component({
  selector: 'app-portfolio',
  imports: [
    Button,
    Chip,
    ClientMark,
    DateText,
    EmptyState,
    LoadMore,
    Loaded,
    PageHeader,
    ReadinessBar,
    RouterLink,
    SearchBox,
    Sheet,
    TableFrame,
  ],
  templateUrl: './portfolio.html',
  styleUrl: './portfolio.scss',
})
export class PortfolioPage {
  protected readonly t = words<typeof file>('portfolio');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly patchQuery = queryWriter();

  readonly q = input<string>();
  readonly needs = input<string>();
  readonly sort = input<string>();
  protected readonly needsChoices = NEEDS;
  protected readonly sortChoices = SORTS;

  protected readonly clients = pagesOf(portfolioSchema, () => ({
    path: this.organisation.api('portfolio'),
    query: {
      q: this.q(),
      needs: NEEDS.find((one) => one === this.needs()),
      sort: SORTS.find((one) => one === this.sort()),
      limit: 100,
    },
  }));
  /** The first are named whatever the table is filtered to: they come from a question of their own. */
  private readonly urgentPages = pagesOf(portfolioSchema, () => ({
    path: this.organisation.api('portfolio'),
    query: { needs: 'firm', sort: 'needs', limit: FIRST },
  }));

  protected readonly totals = computed(() => this.clients.answer()?.totals);
  protected readonly urgent = computed(() =>
    this.urgentPages
      .rows()
      .filter(({ reasons }) => reasons.length > 0)
      .slice(0, FIRST),
  );
  protected readonly furtherUrgent = computed(() =>
    Math.max(0, (this.totals()?.needFirm ?? 0) - this.urgent().length),
  );
  protected readonly filtered = computed(() => Boolean(this.q() || this.needs()));
  protected readonly mayAdd = computed(() => this.organisation.can('create', 'Organisation'));
  protected readonly mayImport = computed(() => this.organisation.can('create', 'Import'));

  constructor() {
    pageTitle(() => this.t('title'));
  }

  protected filter(patch: Record<string, string | null>): void {
    void this.patchQuery(patch);
  }

  protected choose(name: 'needs' | 'sort', event: Event): void {
    this.filter({ [name]: (event.target as HTMLSelectElement).value });
  }

  protected pageOf({ slug }: PortfolioRow, ...parts: string[]): string[] {
    return ['/c', slug, ...parts];
  }

  protected readinessText({ readiness }: PortfolioRow): string {
    return this.t('readinessText', { ...readiness });
  }
}
