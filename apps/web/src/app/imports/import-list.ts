import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { importsSchema, type ImportRow } from '@plumbline/contracts';
import {
  Button,
  Chip,
  DateText,
  EmptyState,
  LoadMore,
  PageHeader,
  TableFrame,
  type ChipState,
} from '@plumbline/ui';
import {
  CurrentOrganisation,
  Loaded,
  pagesOf,
  pageTitle,
  whenChanged,
  words,
} from '../platform/index.ts';
import type file from './imports.en-GB.json';

const CHIPS: Readonly<Record<ImportRow['state'], ChipState>> = {
  reading: 'progress',
  mapping: 'todo',
  checking: 'progress',
  checked: 'warn',
  committing: 'progress',
  done: 'done',
  refused: 'bad',
  cancelled: 'unknown',
};

/** Every import of this organisation, so that one can be gone on with. */
@Component({
  selector: 'app-import-list',
  imports: [
    Button,
    Chip,
    DateText,
    EmptyState,
    Loaded,
    LoadMore,
    PageHeader,
    RouterLink,
    TableFrame,
  ],
  template: `
    <ui-page-header [heading]="t('title')">
      @if (organisation.can('create', 'Import')) {
        <a pageAction uiButton [routerLink]="organisation.page('imports', 'new')">{{ t('new') }}</a>
      }
    </ui-page-header>
    <app-loaded
      [loading]="imports.loading()"
      [problem]="imports.problem()"
      (again)="imports.reload()"
    />
    @if (imports.rows().length > 0) {
      <ui-table-frame [label]="t('list')" [refreshing]="imports.refreshing()">
        <table class="cards">
          <caption class="visually-hidden">
            {{
              t('list')
            }}
          </caption>
          <thead>
            <tr>
              <th scope="col">{{ t('file') }}</th>
              <th scope="col">{{ t('state') }}</th>
              <th scope="col">{{ t('started') }}</th>
              <th scope="col">{{ t('result') }}</th>
            </tr>
          </thead>
          <tbody>
            @for (one of imports.rows(); track one.id) {
              <tr>
                <th scope="row">
                  <a [routerLink]="organisation.page('imports', one.id)">{{ one.fileName }}</a>
                </th>
                <td>
                  <ui-chip [state]="chips[one.state]">{{ t.of('state', one.state) }}</ui-chip>
                </td>
                <td [attr.data-label]="t('started')">
                  <ui-date [value]="one.createdAt" shape="short-time" />
                  @if (one.startedBy; as person) {
                    {{ t('by', { name: person.name }) }}
                  }
                </td>
                <td [attr.data-label]="t('result')">
                  @if (one.state === 'done') {
                    {{ resultOf(one) }}
                  }
                </td>
              </tr>
            }
          </tbody>
        </table>
      </ui-table-frame>
      @if (imports.hasMore()) {
        <ui-load-more [label]="t('more')" (wanted)="imports.loadMore()" />
      }
    } @else if (imports.answer()) {
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
    }
  `,
})
export class ImportList {
  protected readonly t = words<typeof file>('imports');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly chips = CHIPS;
  protected readonly imports = pagesOf(importsSchema, () => ({
    path: this.organisation.api('imports'),
    query: {},
  }));

  constructor() {
    pageTitle(() => this.t('title'));
    whenChanged(['job-changed'], () => this.imports.reload());
  }

  protected resultOf({ outcome }: ImportRow): string {
    return outcome ? this.t('resultText', { ...outcome }) : '';
  }
}
