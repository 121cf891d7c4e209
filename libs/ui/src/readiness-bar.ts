import { Component, computed, input } from '@angular/core';

/** Said, shown and checked as one stacked bar with three numbers, never averaged into one. */
@Component({
  selector: 'ui-readiness-bar',
  template: `
    <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="none" width="100" height="10" />
      <rect class="said" [attr.width]="widths().said" height="10" />
      <rect class="shown" [attr.width]="widths().shown" height="10" />
      <rect class="checked" [attr.width]="widths().checked" height="10" />
    </svg>
    <span aria-hidden="true">{{ said() }}/{{ shown() }}/{{ checked() }}</span>
    <span class="visually-hidden">{{ description() }}</span>
  `,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: var(--s-2);
      white-space: nowrap;
    }
    svg {
      inline-size: 72px;
      block-size: 10px;
    }
    .none {
      fill: var(--c-surface-3);
    }
    .said {
      fill: var(--c-hair);
    }
    .shown {
      fill: var(--c-ink-3);
    }
    .checked {
      fill: var(--c-ink);
    }
  `,
})
export class ReadinessBar {
  readonly said = input.required<number>();
  readonly shown = input.required<number>();
  readonly checked = input.required<number>();
  readonly total = input.required<number>();
  /** The same in words: "71 said, 48 shown, 22 checked of 90". */
  readonly description = input.required<string>();

  protected readonly widths = computed(() => {
    const share = (count: number): number => (this.total() > 0 ? (100 * count) / this.total() : 0);
    return { said: share(this.said()), shown: share(this.shown()), checked: share(this.checked()) };
  });
}
