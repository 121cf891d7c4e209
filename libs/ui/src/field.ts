import { Component, input } from '@angular/core';

/**
 * Label, hint, "why we ask" and error around one native control (the content). Give the control
 * `[id]` = `for`, `[attr.aria-describedby]` = `for + '-hint'` or `for + '-error'`, and `aria-invalid`.
 */
@Component({
  selector: 'ui-field',
  template: `
    <label [attr.for]="for()"
      >{{ label() }}
      @if (note(); as text) {
        <span class="note"> {{ text }}</span>
      }
    </label>
    @if (hint(); as text) {
      <p class="hint" [id]="for() + '-hint'">{{ text }}</p>
    }
    @if (error(); as text) {
      <p class="error" [id]="for() + '-error'">{{ text }}</p>
    }
    <ng-content />
  `,
  host: { '[class.wrong]': '!!error()' },
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-1);
      min-inline-size: 0;
    }
    label {
      font-weight: 600;
    }
    .note,
    .hint {
      font-weight: 400;
      color: var(--c-ink-2);
    }
    .error {
      color: var(--st-bad-fg);
      font-weight: 600;
    }
    :host(.wrong) {
      padding-inline-start: var(--s-3);
      border-inline-start: 4px solid var(--st-bad-fg);
    }
  `,
})
export class FieldFrame {
  readonly for = input.required<string>();
  readonly label = input.required<string>();
  /** Said beside the label, such as "(optional)". */
  readonly note = input<string>();
  readonly hint = input<string>();
  readonly error = input<string | null>();
}
