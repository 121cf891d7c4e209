import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { exportSchema, page, type Export } from '@plumbline/contracts';
import {
  Button,
  Chip,
  DateText,
  EmptyState,
  LoadMore,
  PageHeader,
  RowKeys,
  TableFrame,
} from '@plumbline/ui';
import {
  CurrentOrganisation,
  Loaded,
  pagesOf,
  pageTitle,
  Preferences,
  whenChanged,
  words,
} from '../platform/index.ts';
import { EXPORT_CHIPS } from './export-chips.ts';
import type file from './exports.en-GB.json';

const exportsSchema = page(exportSchema);

/** Every pack of this organisation: being made, ready, or gone. */
@Component({
  selector: 'app-export-list',
  imports: [
    Button,
    Chip,
    DateText,
    EmptyState,
    Loaded,
    LoadMore,
    PageHeader,
    RouterLink,
    RowKeys,
    TableFrame,
  ],
  template: `
    <ui-page-header [heading]="t('title')">
      @if (organisation.can('create', 'Export')) {
        <a pageAction uiButton [routerLink]="organisation.page('exports', 'new')">{{
          t('create')
        }}</a>
      }
    </ui-page-header>
    <app-loaded [loading]="packs.loading()" [problem]="packs.problem()" (again)="packs.reload()" />
    @if (packs.rows().length > 0) {
      <ui-table-frame [label]="t('table')" [refreshing]="packs.refreshing()">
        <table class="cards">
          <caption class="visually-hidden">
            {{
              t('table')
            }}
          </caption>
          <thead>
            <tr>
              <th scope="col">{{ t('pack') }}</th>
              <th scope="col">{{ t('scope') }}</th>
              <th scope="col">{{ t('state') }}</th>
              <th scope="col">{{ t('created') }}</th>
              <th scope="col">{{ t('downloads') }}</th>
            </tr>
          </thead>
          <tbody [uiRowKeys]="preferences.singleKeys() === 'on'">
            @for (pack of packs.rows(); track pack.id) {
              <tr>
                <th scope="row">
                  <a [routerLink]="organisation.page('exports', pack.id)">{{ pack.reference }}</a>
                </th>
                <td [attr.data-label]="t('scope')">{{ scopeOf(pack) }}</td>
                <td>
                  <ui-chip [state]="chips[pack.state]">{{ t.of('state', pack.state) }}</ui-chip>
                </td>
                <td [attr.data-label]="t('created')">
                  <ui-date [value]="pack.createdAt" shape="short-time" />
                  {{ t('by', { name: pack.createdBy.name }) }}
                </td>
                <td [attr.data-label]="t('downloads')">{{ pack.downloads }}</td>
              </tr>
            }
          </tbody>
        </table>
      </ui-table-frame>
      @if (packs.hasMore()) {
        <ui-load-more [label]="t('more')" (wanted)="packs.loadMore()" />
      }
    } @else if (packs.answer()) {
      <ui-empty kind="first-use" [heading]="t('empty')">
        <p>{{ t('emptyText') }}</p>
      </ui-empty>
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-4);
    }
    tbody th {
      font: 600 15px/22px var(--font-ui);
      color: var(--c-ink);
      white-space: nowrap;
    }
  `,
})
export class ExportList {
  protected readonly t = words<typeof file>('exports');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly preferences = inject(Preferences);
  protected readonly chips = EXPORT_CHIPS;
  protected readonly packs = pagesOf(exportsSchema, () => ({
    path: this.organisation.api('exports'),
    query: {},
  }));

  constructor() {
    pageTitle(() => this.t('title'));
    whenChanged(['job-changed'], () => this.packs.reload());
  }

  protected scopeOf({ aiSystem }: Export): string {
    return aiSystem?.name ?? this.t('scope.client', { organisation: this.organisation.name() });
  }
}
