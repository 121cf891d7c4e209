import { Component, input } from '@angular/core';

/** How far a long piece of work is, in real counts; without a total it only says that it goes on. */
@Component({
  selector: 'ui-progress',
  template: `
    <progress
      [attr.aria-label]="label()"
      [attr.value]="total() > 0 ? done() : null"
      [max]="total() > 0 ? total() : 1"
    ></progress>
    <span role="status">{{ text() }}</span>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s-1);
    }
    progress {
      inline-size: 100%;
      block-size: 12px;
      accent-color: var(--c-primary);
    }
    span {
      color: var(--c-ink-2);
    }
  `,
})
export class Progress {
  readonly label = input.required<string>();
  readonly done = input.required<number>();
  readonly total = input.required<number>();
  /** The same in words: "412 of 1,038". */
  readonly text = input('');
}
