import { Component, input, model } from '@angular/core';
import type { FactValue } from '@plumbline/workflow-engine';

/** One answer of a choice: what is stored and what people read. */
export interface Choice {
  readonly value: string | number | boolean;
  readonly label: string;
  readonly detail?: string;
}

/** Radio buttons, none chosen until somebody chooses. */
@Component({
  selector: 'app-choice-control',
  template: `
    @for (choice of choices(); track choice.value; let at = $index) {
      <label class="option">
        <input
          type="radio"
          [id]="at === 0 ? controlId() : controlId() + '-' + at"
          [name]="controlId()"
          [checked]="value() === choice.value"
          (change)="value.set(choice.value)"
        />
        <span
          >{{ choice.label }}
          @if (choice.detail; as detail) {
            <span class="detail">{{ detail }}</span>
          }
        </span>
      </label>
    }
  `,
  styleUrl: './options.scss',
})
export class ChoiceControl {
  readonly controlId = input.required<string>();
  readonly choices = input.required<readonly Choice[]>();
  readonly value = model.required<FactValue>();
}
