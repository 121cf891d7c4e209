import { Component, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { WorkflowDetail } from '@plumbline/contracts';
import { Button, Chip, DateText, TableFrame } from '@plumbline/ui';
import { words } from '../../platform/index.ts';
import type file from '../workflows.en-GB.json';

/** The versions of a workflow, newest first; each opens to be read. */
@Component({
  selector: 'app-version-list',
  imports: [Button, Chip, DateText, RouterLink, TableFrame],
  template: `
    <h2>{{ t('versions.title') }}</h2>
    @if (detail().versions.length === 0) {
      <p class="hint">{{ t('versions.none') }}</p>
    } @else {
      <ui-table-frame [label]="t('versions.title')">
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">{{ t('versions.version') }}</th>
              <th scope="col">{{ t('versions.published') }}</th>
              <th scope="col">{{ t('versions.note') }}</th>
              <th scope="col">{{ t('list.runs') }}</th>
            </tr>
          </thead>
          <tbody>
            @for (one of detail().versions; track one.version) {
              <tr>
                <th scope="row">
                  <a
                    [routerLink]="[]"
                    [queryParams]="{ version: one.version, view: null, step: null }"
                    queryParamsHandling="merge"
                    [attr.aria-current]="one.version === current() ? 'true' : null"
                    >{{ t('list.version', { version: one.version }) }}</a
                  >
                  @if (one.retired) {
                    <ui-chip state="unknown">{{ t('list.retired') }}</ui-chip>
                  }
                </th>
                <td [attr.data-label]="t('versions.published')">
                  <ui-date [value]="one.publishedAt" shape="short" />,
                  {{ one.publishedBy?.name ?? t('versions.product') }}
                </td>
                <td [attr.data-label]="t('versions.note')">{{ one.note || '–' }}</td>
                <td [attr.data-label]="t('list.runs')">{{ one.runsLive }}</td>
              </tr>
            }
          </tbody>
        </table>
      </ui-table-frame>
    }
    @if (mayDiscard()) {
      <p>
        <button uiButton look="danger" type="button" (click)="discard.emit()">
          {{ t('discard.do') }}
        </button>
      </p>
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-3);
    }
  `,
})
export class VersionList {
  readonly detail = input.required<WorkflowDetail>();
  readonly current = input.required<number | null>();
  readonly mayDiscard = input(false);
  readonly discard = output();

  protected readonly t = words<typeof file>('workflows');
}
