import { Component, computed, input, output } from '@angular/core';
import type { ProblemDetails } from '@plumbline/contracts';
import { Button, EmptyState, Skeleton } from '@plumbline/ui';
import { words } from '../i18n/words.ts';
import type file from '../platform.en-GB.json';
import { problemText } from '../problem-text.ts';

/**
 * What stands in for content that is not there: grey lines while it loads, or why it did not come
 * and what to do. Put it beside the content: `<app-loaded [loading]=… [problem]=… (again)=… />`.
 */
@Component({
  selector: 'app-loaded',
  styles: `
    :host:empty {
      display: none;
    }
  `,
  imports: [Button, EmptyState, Skeleton],
  template: `
    @if (problem(); as it) {
      <ui-empty role="alert" [kind]="kind()" [heading]="heading()">
        <p>{{ describe(it) }}</p>
        @if (it.reference) {
          <p class="meta">{{ t('problemReference', { reference: it.reference }) }}</p>
        }
        @if (kind() === 'no-matches') {
          <button emptyAction uiButton look="quiet" type="button" (click)="again.emit()">
            {{ t('tryAgain') }}
          </button>
        }
      </ui-empty>
    } @else if (loading()) {
      <ui-skeleton [label]="t('loading')" [lines]="lines()" />
    }
  `,
})
export class Loaded {
  protected readonly t = words<typeof file>('platform');
  protected readonly describe = problemText();

  readonly loading = input.required<boolean>();
  readonly problem = input.required<ProblemDetails | null>();
  readonly lines = input(4);
  readonly again = output();

  /** 403 and 404 will not change by asking again. */
  protected readonly kind = computed(() => {
    const status = this.problem()?.status;
    return status === 403 || status === 404 ? 'no-access' : 'no-matches';
  });
  protected readonly heading = computed(() => {
    const status = this.problem()?.status;
    if (status === 404) return this.t('notFound');
    return this.t(status === 403 ? 'noAccess' : 'failed');
  });
}
