import { Component, input } from '@angular/core';

/**
 * What a list says when it has nothing to show. `first-use`: why it matters and one action;
 * `no-matches`: which filter, and how to clear it; `no-access`: who can give access.
 */
@Component({
  selector: 'ui-empty',
  template: `
    <p class="heading">{{ heading() }}</p>
    <div class="text"><ng-content /></div>
    <div class="action"><ng-content select="[emptyAction]" /></div>
  `,
  host: { '[attr.data-kind]': 'kind()' },
  styles: `
    :host {
      display: grid;
      gap: var(--s-2);
      justify-items: start;
      padding: var(--s-5) 18px;
      border: 1px dashed var(--c-line);
      border-radius: var(--r-l);
    }
    .heading {
      font: var(--text-section);
    }
    .text {
      max-inline-size: var(--measure);
      color: var(--c-ink-2);
    }
    div:empty {
      display: none;
    }
  `,
})
export class EmptyState {
  readonly kind = input.required<'first-use' | 'no-matches' | 'no-access'>();
  readonly heading = input.required<string>();
}
