import { Component, inject } from '@angular/core';
import { Button } from '@plumbline/ui';
import { problemText, words } from '../../platform/index.ts';
import type file from '../workflows.en-GB.json';
import { DesignerStore } from './designer-store.ts';
import { DraftKeeper } from './draft-keeper.ts';

/** What stands in the way of editing, with the way out of it. */
@Component({
  selector: 'app-draft-notices',
  imports: [Button],
  template: `
    <div role="status">
      @if (keeper.other(); as text) {
        <p class="notice">
          <span>{{ text }} {{ t('draft.readOnly') }}</span>
          <button uiButton look="quiet" type="button" (click)="keeper.takeOver()">
            {{ t('draft.takeOver') }}
          </button>
          <button uiButton look="quiet" type="button" (click)="keeper.reload()">
            {{ t('draft.tryAgain') }}
          </button>
        </p>
      } @else if (keeper.behind()) {
        <p class="notice">
          <span>{{ t('draft.behind') }}</span>
          <button uiButton look="quiet" type="button" (click)="keeper.reload()">
            {{ t('draft.reload') }}
          </button>
        </p>
      }
      @if (keeper.problem(); as problem) {
        <p class="notice bad">{{ text(problem) }}</p>
      }
      @if (keeper.leftOver()) {
        <p class="notice">
          <span>{{ t('draft.leftOver') }}</span>
          <button uiButton look="quiet" type="button" (click)="keeper.useLeftOver()">
            {{ t('draft.useLeftOver') }}
          </button>
          <button uiButton look="quiet" type="button" (click)="keeper.dropLeftOver()">
            {{ t('draft.dropLeftOver') }}
          </button>
        </p>
      }
    </div>
  `,
  styles: `
    .notice {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s-2) var(--s-3);
      align-items: center;
      margin-block-end: var(--s-2);
      padding: var(--s-2) var(--s-3);
      border-radius: var(--r-m);
      background: var(--st-warn-bg);
      color: var(--st-warn-fg);
    }
    .notice.bad {
      background: var(--st-bad-bg);
      color: var(--st-bad-fg);
    }
  `,
})
export class DraftNotices {
  protected readonly t = words<typeof file>('workflows');
  protected readonly keeper = inject(DraftKeeper);
  protected readonly store = inject(DesignerStore);
  protected readonly text = problemText();
}
