import { Component, computed, input } from '@angular/core';
import type { Import } from '@plumbline/contracts';
import { Progress, Sheet } from '@plumbline/ui';
import { words } from '../platform/index.ts';
import type file from './imports.en-GB.json';

/** What is being done with the file, with real counts. */
@Component({
  selector: 'app-import-progress',
  imports: [Progress, Sheet],
  template: `
    <ui-sheet [heading]="doing()">
      <div class="stack-tight">
        <ui-progress
          [label]="doing()"
          [done]="inventory().progress?.done ?? 0"
          [total]="inventory().progress?.total ?? 0"
          [text]="counted()"
        />
        <p class="hint">{{ t('keepsGoing') }}</p>
      </div>
    </ui-sheet>
  `,
})
export class ImportProgress {
  protected readonly t = words<typeof file>('imports');
  readonly inventory = input.required<Import>();

  protected readonly doing = computed(() => {
    const { state, fileName } = this.inventory();
    if (state === 'reading') return this.t('reading', { file: fileName });
    return this.t(state === 'committing' ? 'committing' : 'checking');
  });
  protected readonly counted = computed(() => {
    const progress = this.inventory().progress;
    if (!progress || progress.total === 0) return '';
    const number = new Intl.NumberFormat('en-GB');
    return this.t('progress', {
      done: number.format(progress.done),
      total: number.format(progress.total),
    });
  });
}
