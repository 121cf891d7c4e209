import { Component, input } from '@angular/core';

/** How far something is true: not even said, said, shown by evidence, checked by somebody else. */
export type Truth = 'none' | 'said' | 'shown' | 'checked';

/** A state of truth: an ink pattern (outline, hatch, solid) and the word, which is the content. */
@Component({
  selector: 'ui-truth',
  template: `<svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
      <rect class="frame" x="1" y="1" width="12" height="12" rx="2" />
      @if (truth() === 'shown') {
        <path d="M2 8 8 2M2 12 12 2M6 12l6-6" />
      }
      @if (truth() === 'checked') {
        <rect class="solid" x="3.5" y="3.5" width="7" height="7" />
      }</svg
    ><span><ng-content /></span>`,
  host: { '[attr.data-truth]': 'truth()' },
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      font-weight: 600;
    }
    :host([data-truth='none']) {
      color: var(--c-ink-2);
      font-weight: 400;
    }
    .frame {
      fill: none;
      stroke: currentColor;
      stroke-width: 1.5;
    }
    :host([data-truth='none']) .frame {
      stroke-dasharray: 2 2;
    }
    path {
      fill: none;
      stroke: currentColor;
    }
    .solid {
      fill: currentColor;
    }
  `,
})
export class TruthMark {
  readonly truth = input.required<Truth>();
}
