import { Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { readinessRowSchema } from '@plumbline/contracts';
import { EmptyState, TableFrame } from '@plumbline/ui';
import type * as z from 'zod';
import { CurrentOrganisation, words } from '../platform/index.ts';
import type file from './home.en-GB.json';

type Row = z.infer<typeof readinessRowSchema>;
const STATES = ['said', 'shown', 'checked'] as const;

/** Requirements by clause and control group: counts that one can read out, quote and print. */
@Component({
  selector: 'app-readiness-table',
  imports: [EmptyState, RouterLink, TableFrame],
  template: `
    <h2 id="readiness">{{ t('readiness') }}</h2>
    <p class="hint measure">{{ t('readinessHint') }}</p>
    @if (rows().length > 0) {
      <ui-table-frame [label]="t('readiness')">
        <table class="cards" aria-labelledby="readiness">
          <thead>
            <tr>
              <th scope="col">{{ t('requirement') }}</th>
              @for (state of states; track state) {
                <th scope="col" class="number">{{ t(state) }}</th>
              }
              <th scope="col">{{ t('gap') }}</th>
            </tr>
          </thead>
          <tbody>
            @for (row of rows(); track row.group) {
              <tr>
                <th scope="row">
                  <a [routerLink]="organisation.page('requirements', row.group)">{{
                    nameOf(row)
                  }}</a>
                  {{ row.title }}
                </th>
                @for (state of states; track state) {
                  <td class="number" [attr.data-label]="t(state)">
                    <span aria-hidden="true">{{ row.counts[state] }}/{{ row.counts.total }}</span>
                    <span class="visually-hidden">{{
                      t('ofTotal', { count: row.counts[state], total: row.counts.total })
                    }}</span>
                  </td>
                }
                <td [attr.data-label]="t('gap')">{{ row.biggestGap ?? t('noGap') }}</td>
              </tr>
            }
          </tbody>
        </table>
      </ui-table-frame>
    } @else {
      <ui-empty kind="first-use" [heading]="t('noReadiness')">
        <p>{{ t('noReadinessText') }}</p>
      </ui-empty>
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-2);
      margin-block-start: var(--s-2);
    }
    .number {
      text-align: end;
      white-space: nowrap;
    }
    tbody th {
      font: var(--text-body);
      color: var(--c-ink);
      min-inline-size: 180px;
    }
    tbody th a {
      font-weight: 600;
      white-space: nowrap;
    }
    @media (max-width: 720px) {
      td.number {
        display: inline-block;
        margin-inline-end: var(--s-4);
        text-align: start;
      }
    }
  `,
})
export class ReadinessTable {
  protected readonly t = words<typeof file>('home');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly states = STATES;
  readonly rows = input.required<readonly Row[]>();

  protected nameOf({ group }: Row): string {
    return this.t(group.startsWith('A.') ? 'annex' : 'clause', { group });
  }
}
