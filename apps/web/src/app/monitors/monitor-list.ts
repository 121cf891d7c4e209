import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type Monitor, monitorSchema, page, type Page } from '@plumbline/contracts';
import { Button, Chip, DateText, EmptyState, PageHeader, TableFrame } from '@plumbline/ui';
import {
  CurrentOrganisation,
  Loaded,
  pagesOf,
  pageTitle,
  whenChanged,
  words,
} from '../platform/index.ts';
import { MONITOR_CHIPS } from './monitor-chips.ts';
import type file from './monitors.en-GB.json';

const monitorsSchema = page(monitorSchema);
const urgency: readonly Monitor['state'][] = ['breach', 'warning', 'no-data', 'ok'];

/** What is watched, breaches first. */
@Component({
  selector: 'app-monitor-list',
  imports: [Button, Chip, DateText, EmptyState, Loaded, PageHeader, RouterLink, TableFrame],
  template: `
    <ui-page-header [heading]="t('title')" />
    <app-loaded [loading]="list.loading()" [problem]="list.problem()" (again)="list.reload()" />
    @if (list.answer() && list.rows().length === 0) {
      <ui-empty kind="first-use" [heading]="t('empty')">
        <p>{{ t('emptyText') }}</p>
      </ui-empty>
    } @else if (list.answer()) {
      <ui-table-frame [label]="t('title')" [refreshing]="list.refreshing()">
        <table>
          <thead>
            <tr>
              <th scope="col">{{ t('metric') }}</th>
              <th scope="col">{{ t('stateHead') }}</th>
              <th scope="col">{{ t('rule') }}</th>
              <th scope="col">{{ t('owner') }}</th>
              <th scope="col">{{ t('next') }}</th>
            </tr>
          </thead>
          <tbody>
            @for (monitor of rows(); track monitor.id) {
              <tr>
                <th scope="row">
                  <a [routerLink]="organisation.page('monitors', monitor.id)">{{ monitor.name }}</a>
                </th>
                <td>
                  <ui-chip [state]="chips[monitor.state]">{{
                    t.of('state', monitor.state)
                  }}</ui-chip>
                </td>
                <td>{{ monitor.rule }}</td>
                <td [class.hint]="!monitor.owner">{{ monitor.owner?.name ?? t('nobody') }}</td>
                <td><ui-date [value]="monitor.nextDueOn" shape="short" /></td>
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
      gap: var(--s-4);
    }
  `,
})
export class MonitorList {
  protected readonly t = words<typeof file>('monitors');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly chips = MONITOR_CHIPS;
  protected readonly list = pagesOf<Monitor, Page<Monitor>>(monitorsSchema, () => ({
    path: this.organisation.api('monitors'),
    query: {},
  }));
  protected readonly rows = computed(() =>
    this.list.rows().toSorted((a, b) => urgency.indexOf(a.state) - urgency.indexOf(b.state)),
  );

  constructor() {
    pageTitle(() => this.t('title'));
    whenChanged(['system-changed', 'run-changed'], () => this.list.reload());
  }
}
