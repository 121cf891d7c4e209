import { Component, computed, input } from '@angular/core';
import { initialsOf } from './person.ts';

/** An organisation's mark: two letters on one of eight plates, so that clients are told apart at a glance. */
@Component({
  selector: 'ui-client-mark',
  template: `{{ letters() }}`,
  host: { 'aria-hidden': 'true', '[attr.data-plate]': 'shownPlate()' },
  styles: `
    :host {
      display: inline-block;
      flex: none;
      inline-size: 24px;
      block-size: 24px;
      border-radius: var(--r-s);
      background: var(--plate);
      color: var(--on-plate);
      font: 600 12px/24px var(--font-ui);
      text-align: center;
    }
    @for $i from 1 through 8 {
      :host([data-plate='#{$i}']) {
        --plate: var(--plate-#{$i});
      }
    }
  `,
})
export class ClientMark {
  readonly name = input.required<string>();
  /** Two letters chosen by the organisation; otherwise its initials. */
  readonly mark = input<string | null>();
  /** The organisation's own plate, 0 to 7; otherwise one by its name. */
  readonly plate = input<number | null>();

  protected readonly letters = computed(() => (this.mark() || initialsOf(this.name())).slice(0, 2));
  protected readonly shownPlate = computed(() => {
    const own = this.plate() ?? null;
    if (own !== null) return (own % 8) + 1;
    let sum = 0;
    for (const letter of this.name()) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
    return (sum % 8) + 1;
  });
}
