import { Component, ViewEncapsulation } from '@angular/core';

/** A sheet's list of facts: wrap `<dl>` with rows `<div><dt/><dd/><dd class="act"/></div>`. */
@Component({
  selector: 'ui-facts',
  template: `<ng-content />`,
  // The rows are the page's own elements, which scoped styles would not reach.
  encapsulation: ViewEncapsulation.None,
  styles: `
    ui-facts {
      display: block;
    }
    ui-facts dl > div {
      display: grid;
      grid-template-columns: minmax(120px, 180px) minmax(0, 1fr) auto;
      gap: 0 var(--s-4);
      padding-block: var(--s-2);
      border-block-start: 1px solid var(--c-hair);
    }
    ui-facts dl > div > dt {
      color: var(--c-ink-2);
    }
    @media (max-width: 640px) {
      ui-facts dl > div {
        grid-template-columns: minmax(0, 1fr) auto;
      }
      ui-facts dl > div > dt {
        grid-column: 1 / -1;
      }
    }
  `,
})
export class FactsList {}
