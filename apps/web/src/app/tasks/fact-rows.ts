import { Component, input } from '@angular/core';
import type { ShownFact } from '@plumbline/contracts';

/** The rows of a list by their titles; each opens to what is said about it. */
@Component({
  selector: 'app-fact-rows',
  template: `
    @for (row of rows(); track $index) {
      @if (row.facts.length > 0) {
        <details>
          <summary>{{ row.title }}</summary>
          <dl>
            @for (fact of row.facts; track $index) {
              <div>
                <dt>{{ fact.label }}</dt>
                <dd>{{ fact.value }}</dd>
              </div>
            }
          </dl>
        </details>
      } @else {
        <p>{{ row.title }}</p>
      }
    }
  `,
  styles: `
    summary {
      min-block-size: 24px;
      cursor: pointer;
      overflow-wrap: anywhere;
    }
    dl {
      padding-inline-start: var(--s-4);
      margin-block: var(--s-2);
      border-inline-start: 2px solid var(--c-hair);
    }
    div {
      padding-block: var(--s-1);
    }
    dt {
      font: var(--text-meta);
      color: var(--c-ink-2);
    }
    dd {
      margin: 0;
      white-space: pre-line;
      overflow-wrap: anywhere;
    }
  `,
})
export class FactRows {
  readonly rows = input.required<NonNullable<ShownFact['rows']>>();
}
