import { Component, input } from '@angular/core';

/** The top of a page: where it sits, its one `h1`, facts about it, and one primary action. */
@Component({
  selector: 'ui-page-header',
  template: `
    <div class="crumb"><ng-content select="[pageCrumb]" /></div>
    <div class="line">
      <h1>{{ heading() }}</h1>
      <div class="action no-print"><ng-content select="[pageAction]" /></div>
    </div>
    <div class="facts"><ng-content select="[pageMeta]" /></div>
  `,
  styles: `
    :host {
      display: block;
    }
    .crumb {
      display: flex;
      gap: var(--s-4);
      color: var(--c-ink-2);
    }
    .line {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      align-items: start;
      gap: var(--s-2) var(--s-5);
    }
    h1 {
      flex: 1 1 16ch;
      margin-block: var(--s-1) 6px;
      max-inline-size: 40ch;
      overflow-wrap: anywhere;
    }
    .action {
      display: flex;
      gap: var(--s-2);
    }
    .facts {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s-2) var(--s-4);
      margin-block-start: var(--s-1);
      color: var(--c-ink-2);
    }
    div:empty {
      display: none;
    }
  `,
})
export class PageHeader {
  readonly heading = input.required<string>();
}
