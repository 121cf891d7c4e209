import { Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { MoveJob } from '@plumbline/contracts';
import { Chip, type ChipState, DateText, TableFrame } from '@plumbline/ui';
import { CurrentOrganisation, words } from '../../platform/index.ts';
import type file from '../publish/publish.en-GB.json';

/** How the state of a batch looks. */
export const MOVE_CHIPS: Readonly<Record<MoveJob['state'], ChipState>> = {
  ...{ waiting: 'todo', running: 'progress', done: 'done', failed: 'bad' },
};

/** Batches that moved runs under way to another version, newest first. */
@Component({
  selector: 'app-move-table',
  imports: [Chip, DateText, RouterLink, TableFrame],
  template: `
    <ui-table-frame [label]="t('moves.title')">
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">{{ t('moves.what') }}</th>
            <th scope="col">{{ t('moves.state') }}</th>
            <th scope="col">{{ t('moves.result') }}</th>
            <th scope="col">{{ t('moves.by') }}</th>
          </tr>
        </thead>
        <tbody>
          @for (move of moves(); track move.id) {
            <tr>
              <th scope="row">
                <a [routerLink]="organisation.page('workflows', move.key, 'migrations', move.id)">{{
                  t('moves.fromTo', { from: move.from, to: move.to })
                }}</a>
              </th>
              <td [attr.data-label]="t('moves.state')">
                <ui-chip [state]="chips[move.state]">{{ t.of('moveState', move.state) }}</ui-chip>
              </td>
              <td [attr.data-label]="t('moves.result')">
                {{ t('moves.counts', { moved: move.moved, total: move.total }) }}
                @if (move.refused > 0) {
                  <span class="hint">{{ t.count('moves.refused', move.refused) }}</span>
                }
              </td>
              <td [attr.data-label]="t('moves.by')">
                {{ move.createdBy.name }}, <ui-date [value]="move.createdAt" shape="short-time" />
              </td>
            </tr>
          }
        </tbody>
      </table>
    </ui-table-frame>
  `,
  styles: `
    .hint {
      display: block;
    }
  `,
})
export class MoveTable {
  readonly moves = input.required<readonly MoveJob[]>();

  protected readonly t = words<typeof file>('publishing');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly chips = MOVE_CHIPS;
}
