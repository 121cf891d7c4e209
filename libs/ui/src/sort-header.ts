import { Component, computed, input, output } from '@angular/core';
import {
  LucideArrowDown,
  LucideArrowUp,
  LucideArrowUpDown,
  LucideDynamicIcon,
} from '@lucide/angular';

/** A column to sort by, as it stands in the URL: `name` upwards, `-name` downwards. */
export type Sort = string;

/** A table head that sorts. Emits the new order; the page writes it to the URL. */
@Component({
  selector: 'th[uiSort]',
  imports: [LucideDynamicIcon],
  template: `<button type="button" (click)="sorted.emit(next())">
    <ng-content /><svg [lucideIcon]="icon()" [size]="14" aria-hidden="true"></svg>
  </button>`,
  host: { scope: 'col', '[attr.aria-sort]': 'direction()' },
  styles: `
    button {
      display: inline-flex;
      align-items: center;
      gap: var(--s-1);
      min-block-size: 24px;
      padding: 0;
      border: 0;
      background: none;
      font: inherit;
      color: inherit;
      text-align: start;
      cursor: pointer;
    }
    button:hover {
      color: var(--c-ink);
      text-decoration: underline;
    }
  `,
})
export class SortHeader {
  /** The column's key. */
  readonly uiSort = input.required<string>();
  /** The order in force. */
  readonly sort = input<Sort | null>(null);
  readonly sorted = output<Sort>();

  protected readonly direction = computed(() => {
    if (this.sort() === this.uiSort()) return 'ascending';
    return this.sort() === `-${this.uiSort()}` ? 'descending' : null;
  });
  protected readonly next = computed(() =>
    this.direction() === 'ascending' ? `-${this.uiSort()}` : this.uiSort(),
  );
  protected readonly icon = computed(() => {
    switch (this.direction()) {
      case 'ascending':
        return LucideArrowUp.icon;
      case 'descending':
        return LucideArrowDown.icon;
      default:
        return LucideArrowUpDown.icon;
    }
  });
}
