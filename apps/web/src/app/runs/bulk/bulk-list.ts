import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type Bulk, bulkSchema, page, type Page } from '@plumbline/contracts';
import { Button, Chip, DateText, EmptyState, PageHeader, TableFrame } from '@plumbline/ui';
import {
  CurrentOrganisation,
  Loaded,
  pagesOf,
  pageTitle,
  whenChanged,
  words,
} from '../../platform/index.ts';
import type file from '../runs.en-GB.json';
import { BULK_CHIPS } from './bulk-chips.ts';

const bulksSchema = page(bulkSchema);

/** What was done to many runs or tasks at once, the newest first. */
@Component({
  selector: 'app-bulk-list',
  imports: [Button, Chip, DateText, EmptyState, Loaded, PageHeader, RouterLink, TableFrame],
  template: `
    <ui-page-header [heading]="t('bulk.title')">
      <a pageCrumb [routerLink]="organisation.page('runs')">{{ t('title') }}</a>
    </ui-page-header>
    <app-loaded [loading]="list.loading()" [problem]="list.problem()" (again)="list.reload()" />
    @if (list.answer() && list.rows().length === 0) {
      <ui-empty kind="first-use" [heading]="t('bulk.empty')">
        <p>{{ t('bulk.emptyText') }}</p>
        <a emptyAction uiButton look="quiet" [routerLink]="organisation.page('runs')">{{
          t('title')
        }}</a>
      </ui-empty>
    } @else if (list.answer()) {
      <ui-table-frame [label]="t('bulk.title')" [refreshing]="list.refreshing()">
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">{{ t('bulk.what') }}</th>
              <th scope="col">{{ t('statusHead') }}</th>
              <th scope="col">{{ t('bulk.became') }}</th>
              <th scope="col">{{ t('bulk.by') }}</th>
              <th scope="col">{{ t('bulk.when') }}</th>
            </tr>
          </thead>
          <tbody>
            @for (bulk of list.rows(); track bulk.id) {
              <tr>
                <th scope="row">
                  <a [routerLink]="organisation.page('runs', 'bulk', bulk.id)">{{
                    nameOf(bulk)
                  }}</a>
                  <span class="hint reason">“{{ bulk.reason }}”</span>
                </th>
                <td>
                  <ui-chip [state]="chips[bulk.status]">{{
                    t.of('bulk.status', bulk.status)
                  }}</ui-chip>
                </td>
                <td [attr.data-label]="bulk.startedAt ? t('bulk.became') : null">
                  @if (bulk.startedAt) {
                    {{ t('bulk.counts', { done: bulk.done, refused: bulk.refused }) }}
                  }
                </td>
                <td [attr.data-label]="t('bulk.by')">{{ bulk.askedBy.name }}</td>
                <td [attr.data-label]="t('bulk.when')">
                  <ui-date [value]="bulk.askedAt" shape="short-time" />
                </td>
              </tr>
            }
          </tbody>
        </table>
      </ui-table-frame>
      @if (list.hasMore()) {
        <p>
          <button uiButton type="button" look="quiet" (click)="list.loadMore()">
            {{ t('more') }}
          </button>
        </p>
      }
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-4);
    }
    .reason {
      display: block;
      max-inline-size: 52ch;
      font: var(--text-meta);
    }
  `,
})
export class BulkList {
  protected readonly t = words<typeof file>('runs');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly chips = BULK_CHIPS;
  protected readonly list = pagesOf<Bulk, Page<Bulk>>(bulksSchema, () => ({
    path: this.organisation.api('bulk-operations'),
    query: {},
  }));

  constructor() {
    pageTitle(() => this.t('bulk.title'));
    whenChanged(['job-changed'], () => this.list.reload());
  }

  protected nameOf({ action, total }: Bulk): string {
    return this.t.count(`bulk.${action.kind}.title`, total);
  }
}
