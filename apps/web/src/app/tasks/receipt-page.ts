import { ViewportScroller } from '@angular/common';
import { afterNextRender, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Receipt, Task } from '@plumbline/contracts';
import { Button, DateText, FactsList, Sheet } from '@plumbline/ui';
import { CurrentOrganisation, words } from '../platform/index.ts';
import type file from './tasks.en-GB.json';

/** What was kept, under which hash, and what happens next. */
@Component({
  selector: 'app-receipt-page',
  imports: [Button, DateText, FactsList, RouterLink, Sheet],
  template: `
    <ui-sheet>
      <p class="headline" role="status">
        {{ t(receipt().decisionId ? 'receipt.decided' : 'receipt.handedIn') }}
      </p>
      <p class="next">{{ receipt().next }}</p>
      <ui-facts>
        <dl>
          <div>
            <dt>{{ t('receipt.reference') }}</dt>
            <dd>{{ receipt().reference }}</dd>
          </div>
          <div>
            <dt>{{ t('receipt.at') }}</dt>
            <dd><ui-date [value]="receipt().at" shape="long-time" /></dd>
          </div>
          <div>
            <dt>{{ t('receipt.system') }}</dt>
            <dd>{{ task().aiSystem.reference }} {{ task().aiSystem.name }}</dd>
          </div>
          @if (receipt().capsuleHash; as hash) {
            <div>
              <dt>{{ t('receipt.hash') }}</dt>
              <dd>
                <code>{{ hash }}</code>
                <p class="hint">{{ t('receipt.hashHint') }}</p>
              </dd>
            </div>
          }
          @if (receipt().recordEventId; as id) {
            <div>
              <dt>{{ t('receipt.entry') }}</dt>
              <dd>
                <code>{{ id }}</code>
              </dd>
            </div>
          }
        </dl>
      </ui-facts>
      <div class="row no-print">
        @if (receipt().nextTaskId; as next) {
          <a uiButton [routerLink]="organisation.page('tasks', next)">{{
            t('receipt.nextTask')
          }}</a>
        }
        <a
          uiButton
          [look]="receipt().nextTaskId ? 'quiet' : 'primary'"
          [routerLink]="organisation.page('tasks')"
          >{{ t('receipt.back') }}</a
        >
        @if (decisionLink(); as link) {
          <a uiButton look="quiet" [routerLink]="link">{{ t('receipt.decision') }}</a>
        }
        @if (organisation.can('read', 'AiSystem')) {
          <a
            uiButton
            look="quiet"
            [routerLink]="organisation.page('ai-systems', receipt().aiSystemId)"
            >{{ t('receipt.openSystem') }}</a
          >
        }
      </div>
    </ui-sheet>
  `,
  styles: `
    .headline {
      font: var(--text-receipt);
    }
    .next {
      max-inline-size: var(--measure);
      margin-block: var(--s-2) var(--s-4);
    }
    code {
      overflow-wrap: anywhere;
    }
    .row {
      margin-block-start: var(--s-4);
    }
  `,
})
export class ReceiptPage {
  readonly receipt = input.required<Receipt>();
  readonly task = input.required<Task>();
  protected readonly t = words<typeof file>('tasks');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly decisionLink = computed(() => {
    const id = this.receipt().decisionId;
    return id && this.organisation.can('read', 'Decision')
      ? this.organisation.page('decisions', id)
      : null;
  });

  constructor() {
    const viewport = inject(ViewportScroller);
    // It takes the place of a page that was longer and scrolled down: what is new must be in sight.
    afterNextRender(() => viewport.scrollToPosition([0, 0]));
  }
}
