import { Component, input } from '@angular/core';

/** Holds a wide table: scrolls inside itself (and can be reached by keyboard), dims while fetching again. */
@Component({
  selector: 'ui-table-frame',
  template: `<div
    role="region"
    tabindex="0"
    [attr.aria-label]="label()"
    [attr.aria-busy]="refreshing() || null"
  >
    <ng-content />
  </div>`,
  styles: `
    :host {
      display: block;
      min-inline-size: 0;
    }
    div {
      overflow-x: auto;
      background: var(--c-surface);
      border: 1px solid var(--c-hair);
      border-radius: var(--r-l);
    }
    div[aria-busy] {
      opacity: 0.6;
    }
  `,
})
export class TableFrame {
  readonly label = input.required<string>();
  readonly refreshing = input(false);
}
