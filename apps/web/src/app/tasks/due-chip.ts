import { Component, computed, input } from '@angular/core';
import { Chip, type ChipState, formatDate } from '@plumbline/ui';
import { words } from '../platform/index.ts';
import { dueGroup, localDay } from './due-groups.ts';
import type file from './tasks.en-GB.json';

/** By when, in words; late and near ones stand out. */
@Component({
  selector: 'app-due-chip',
  imports: [Chip],
  template: `@if (look(); as it) {
    @if (it.state) {
      <ui-chip [state]="it.state">{{ it.text }}</ui-chip>
    } @else {
      <span class="hint">{{ it.text }}</span>
    }
  }`,
})
export class DueChip {
  readonly dueAt = input.required<string | null>();
  private readonly t = words<typeof file>('tasks');

  protected readonly look = computed((): { text: string; state: ChipState | null } | null => {
    const at = this.dueAt();
    if (at === null) return null;
    const day = localDay(at);
    const date = formatDate(day, 'due');
    switch (dueGroup(day, localDay(new Date()))) {
      case 'late':
        return { text: this.t('due.late', { date }), state: 'bad' };
      case 'today':
        return { text: this.t('due.today'), state: 'warn' };
      case 'week':
        return { text: this.t('due.by', { date }), state: 'warn' };
      default:
        return { text: this.t('due.by', { date }), state: null };
    }
  });
}
