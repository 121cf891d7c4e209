import { Component, input } from '@angular/core';

/** A white sheet on the desk: hairline border, optional section heading and actions beside it. */
@Component({
  selector: 'ui-sheet',
  template: `
    <section [attr.aria-labelledby]="heading() ? id : null">
      @if (heading(); as text) {
        <header>
          <h2 [id]="id">{{ text }}</h2>
          <ng-content select="[sheetActions]" />
        </header>
      }
      <ng-content />
    </section>
  `,
  styles: `
    :host {
      display: block;
      min-inline-size: 0;
    }
    section {
      padding: var(--s-4) 18px;
      background: var(--c-surface);
      border: 1px solid var(--c-hair);
      border-radius: var(--r-l);
    }
    header {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      align-items: baseline;
      gap: var(--s-2) var(--s-4);
      margin-block-end: var(--s-2);
    }
  `,
})
export class Sheet {
  private static count = 0;

  readonly heading = input<string>();
  protected readonly id = `sheet-${(Sheet.count += 1)}`;
}
