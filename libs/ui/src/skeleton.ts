import { Component, computed, input } from '@angular/core';

/** Grey lines while something loads; they show only after 200 ms, so that quick answers do not flash. */
@Component({
  selector: 'ui-skeleton',
  template: `
    <span class="visually-hidden" role="status">{{ label() }}</span>
    @for (line of rows(); track line) {
      <div aria-hidden="true"></div>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s-3);
      opacity: 0;
      animation: appear 120ms ease-out 200ms forwards;
    }
    div {
      block-size: 20px;
      border-radius: var(--r-s);
      background: var(--c-surface-3);
    }
    div:nth-child(3n) {
      inline-size: 60%;
    }
    @keyframes appear {
      to {
        opacity: 1;
      }
    }
  `,
})
export class Skeleton {
  readonly label = input.required<string>();
  readonly lines = input(4);
  protected readonly rows = computed(() => Array.from({ length: this.lines() }, (_, i) => i));
}
