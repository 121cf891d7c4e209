import { Component, computed, input, model } from '@angular/core';
import type { FactValue, Option } from '@plumbline/workflow-engine';

/** Tick boxes: any number of answers. */
@Component({
  selector: 'app-choices-control',
  template: `
    @for (option of options(); track option.key; let at = $index) {
      <label class="option">
        <input
          type="checkbox"
          [id]="at === 0 ? controlId() : controlId() + '-' + at"
          [checked]="ticked().has(option.key)"
          (change)="toggle(option.key)"
        />
        <span>{{ option.label }}</span>
      </label>
    }
  `,
  styleUrl: './options.scss',
})
export class ChoicesControl {
  readonly controlId = input.required<string>();
  readonly options = input.required<readonly Option[]>();
  readonly value = model.required<FactValue>();

  protected readonly ticked = computed(() => new Set(stringsOf(this.value())));

  protected toggle(key: string): void {
    const next = new Set(this.ticked());
    if (!next.delete(key)) next.add(key);
    // In the order of the question, so that the same answer is always stored the same way.
    this.value.set(
      this.options()
        .map((option) => option.key)
        .filter((one) => next.has(one)),
    );
  }
}

/** The texts of a list answer; none for anything else. */
export function stringsOf(value: FactValue): readonly string[] {
  return Array.isArray(value)
    ? (value as readonly unknown[]).filter((item): item is string => typeof item === 'string')
    : [];
}
