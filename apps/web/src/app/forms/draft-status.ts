import { Component, computed, input } from '@angular/core';
import { formatDate } from '@plumbline/ui';
import { words } from '../platform/index.ts';
import type { DraftState } from './draft-saver.ts';
import type file from './forms.en-GB.json';

/** Where the draft stands, always in the same place and in the same words. */
@Component({
  selector: 'app-draft-status',
  template: `<span role="status" [class.bad]="state() === 'trying-again'">{{ text() }}</span>`,
  styles: `
    :host {
      color: var(--c-ink-3);
    }
    .bad {
      color: var(--st-bad-fg);
      font-weight: 600;
    }
  `,
})
export class DraftStatus {
  readonly state = input.required<DraftState>();
  readonly savedAt = input.required<string | null>();
  private readonly t = words<typeof file>('forms');

  protected readonly text = computed(() => {
    const at = this.savedAt();
    switch (this.state()) {
      case 'untouched':
        return this.t('draft.private');
      case 'unsaved':
      case 'saving':
        return this.t('draft.saving');
      case 'trying-again':
        return this.t('draft.trying');
      case 'saved':
        return at ? this.t('draft.saved', { time: formatDate(at, 'time') }) : '';
    }
  });
}
