import { Component, computed, input } from '@angular/core';

/**
 * The product's button, on a native `button` or link. `primary` is the page's single next move;
 * `busy` keeps focus, says so to assistive technology and ignores clicks.
 */
@Component({
  selector: 'button[uiButton], a[uiButton]',
  template: `<ng-content />`,
  host: {
    '[attr.data-look]': 'look()',
    '[attr.aria-busy]': 'busy() || null',
    '[attr.aria-disabled]': 'blocked() || null',
    '(click)': 'stopWhenBlocked($event)',
  },
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      justify-content: center;
      gap: var(--s-2);
      min-block-size: var(--control);
      padding: 8px 16px;
      border: 1px solid transparent;
      border-radius: var(--r-m);
      font: 600 15px/22px var(--font-ui);
      text-align: center;
      text-decoration: none;
      cursor: pointer;
      transition: background-color var(--move-state);
    }
    :host([data-look='primary']) {
      background: var(--c-primary);
      color: var(--c-on-primary);
    }
    :host([data-look='primary']:hover) {
      background: var(--c-primary-hover);
    }
    :host([data-look='quiet']) {
      background: transparent;
      color: var(--c-primary);
      border-color: var(--c-line);
    }
    :host([data-look='plain']) {
      padding-inline: var(--s-2);
      background: transparent;
      color: var(--c-primary);
      text-decoration: underline;
      text-underline-offset: 3px;
    }
    :host([data-look='quiet']:hover),
    :host([data-look='plain']:hover) {
      background: var(--c-surface-2);
    }
    :host([data-look='danger']) {
      background: transparent;
      color: var(--st-bad-fg);
      border-color: var(--st-bad-fg);
    }
    :host([data-look='danger']:hover) {
      background: var(--st-bad-bg);
    }
    :host([aria-disabled='true']),
    :host(:disabled) {
      background: var(--c-surface-3);
      color: var(--c-ink-2);
      border-color: transparent;
      cursor: not-allowed;
    }
  `,
})
export class Button {
  readonly look = input<'primary' | 'quiet' | 'plain' | 'danger'>('primary');
  readonly busy = input(false);
  /** Visible but unusable: unlike `disabled` it keeps focus, so the reason beside it can be read. */
  readonly unavailable = input(false);
  protected readonly blocked = computed(() => this.busy() || this.unavailable());

  protected stopWhenBlocked(event: Event): void {
    if (!this.blocked()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
