import { Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { evidenceItemsSchema, type EvidenceItem } from '@plumbline/contracts';
import {
  Button,
  DateText,
  EmptyState,
  LoadMore,
  PageHeader,
  RowKeys,
  SearchBox,
  TableFrame,
} from '@plumbline/ui';
import {
  CurrentOrganisation,
  Loaded,
  pagesOf,
  pageTitle,
  Preferences,
  queryWriter,
  words,
} from '../platform/index.ts';
import type file from './evidence.en-GB.json';
import { periodText } from './period-text.ts';

/** Everything that was brought to show something. */
@Component({
  selector: 'app-evidence-list',
  imports: [
    Button,
    DateText,
    EmptyState,
    Loaded,
    LoadMore,
    PageHeader,
    RouterLink,
    RowKeys,
    SearchBox,
    TableFrame,
  ],
  template: `
    <ui-page-header [heading]="t('title')">
      @if (organisation.can('create', 'Evidence')) {
        <a pageAction uiButton [routerLink]="organisation.page('evidence', 'new')">{{
          t('add')
        }}</a>
      }
    </ui-page-header>
    @if (q() || items.rows().length > 0) {
      <div class="filters no-print">
        <ui-search-box [label]="t('search')" [value]="q() ?? ''" (searched)="search($event)" />
      </div>
    }
    <app-loaded [loading]="items.loading()" [problem]="items.problem()" (again)="items.reload()" />
    @if (items.rows().length > 0) {
      <ui-table-frame [label]="t('table')" [refreshing]="items.refreshing()">
        <table class="cards">
          <caption class="visually-hidden">
            {{
              t('table')
            }}
          </caption>
          <thead>
            <tr>
              <th scope="col">{{ t('shows') }}</th>
              <th scope="col">{{ t('fileColumn') }}</th>
              <th scope="col">{{ t('period') }}</th>
              <th scope="col">{{ t('serves') }}</th>
              <th scope="col">{{ t('added') }}</th>
            </tr>
          </thead>
          <tbody [uiRowKeys]="preferences.singleKeys() === 'on'">
            @for (item of items.rows(); track item.id) {
              <tr>
                <th scope="row">
                  <a [routerLink]="organisation.page('evidence', item.id)">{{ item.shows }}</a>
                  <span class="meta">{{ item.reference }}</span>
                </th>
                <td [attr.data-label]="t('fileColumn')">{{ item.fileName ?? item.link }}</td>
                <td [attr.data-label]="t('period')">{{ periodOf(item) ?? t('noPeriod') }}</td>
                <td [attr.data-label]="t('serves')">
                  {{ item.requirements.join(', ') || t('servesNothing') }}
                </td>
                <td [attr.data-label]="t('added')">
                  <ui-date [value]="item.addedAt" shape="short" />
                  {{ t('by', { name: item.addedBy.name }) }}
                </td>
              </tr>
            }
          </tbody>
        </table>
      </ui-table-frame>
      @if (items.hasMore()) {
        <ui-load-more [label]="t('more')" (wanted)="items.loadMore()" />
      }
    } @else if (items.answer()) {
      @if (q(); as what) {
        <ui-empty kind="no-matches" [heading]="t('noMatches')">
          <p>{{ t('noMatchesText', { what }) }}</p>
          <button emptyAction uiButton look="quiet" type="button" (click)="search('')">
            {{ t('clear') }}
          </button>
        </ui-empty>
      } @else {
        <ui-empty kind="first-use" [heading]="t('empty')">
          <p>{{ t('emptyText') }}</p>
        </ui-empty>
      }
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-4);
    }
    tbody th {
      font: var(--text-body);
      color: var(--c-ink);
      inline-size: 36%;
    }
    tbody th a {
      font-weight: 600;
    }
    td {
      overflow-wrap: anywhere;
    }
    .meta {
      display: block;
    }
    @media (max-width: 720px) {
      tbody th {
        inline-size: auto;
      }
    }
  `,
})
export class EvidenceList {
  protected readonly t = words<typeof file>('evidence');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly preferences = inject(Preferences);
  private readonly patchQuery = queryWriter();

  readonly q = input<string>();
  protected readonly items = pagesOf(evidenceItemsSchema, () => ({
    path: this.organisation.api('evidence'),
    query: { q: this.q() },
  }));

  constructor() {
    pageTitle(() => this.t('title'));
  }

  protected search(q: string): void {
    void this.patchQuery({ q });
  }

  protected periodOf(item: EvidenceItem): string | null {
    return periodText(item, this.t);
  }
}
