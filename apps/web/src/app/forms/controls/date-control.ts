import { Component, computed, input, model } from '@angular/core';
import type { FactValue } from '@plumbline/workflow-engine';
import { words } from '../../platform/index.ts';
import type file from '../forms.en-GB.json';

type Part = 'day' | 'month' | 'year';
const order: readonly Part[] = ['year', 'month', 'day'];

/** A date in three boxes; what is half written is kept as it is, and asked about when handing in. */
@Component({
  selector: 'app-date-control',
  template: `
    @for (part of parts; track part) {
      <label [attr.for]="idOf(part)">
        <span>{{ t(labels[part]) }}</span>
        <input
          type="text"
          inputmode="numeric"
          autocomplete="off"
          [id]="idOf(part)"
          [class.year]="part === 'year'"
          [attr.maxlength]="part === 'year' ? 4 : 2"
          [attr.aria-invalid]="wrong() || null"
          [value]="boxes()[part]"
          (input)="write(part, $event)"
        />
      </label>
    }
  `,
  styles: `
    :host {
      display: flex;
      gap: var(--s-3);
    }
    label {
      display: grid;
      gap: var(--s-1);
      color: var(--c-ink-2);
    }
    input {
      inline-size: 56px !important;
    }
    input.year {
      inline-size: 84px !important;
    }
  `,
})
export class DateControl {
  readonly controlId = input.required<string>();
  readonly value = model.required<FactValue>();
  readonly wrong = input(false);

  protected readonly t = words<typeof file>('forms');
  protected readonly labels = { day: 'date.day', month: 'date.month', year: 'date.year' } as const;
  protected readonly parts: readonly Part[] = ['day', 'month', 'year'];
  protected readonly boxes = computed((): Record<Part, string> => {
    const value = this.value();
    const [year = '', month = '', day = ''] = typeof value === 'string' ? value.split('-') : [];
    return { year, month: unpadded(month), day: unpadded(day) };
  });

  protected idOf(part: Part): string {
    return part === 'day' ? this.controlId() : `${this.controlId()}-${part}`;
  }

  protected write(part: Part, event: Event): void {
    const text = (event.target as HTMLInputElement).value.replace(/\D/g, '');
    const boxes = { ...this.boxes(), [part]: text };
    const written = order.map((one) => padded(one, boxes[one])).join('-');
    this.value.set(written === '--' ? null : written);
  }
}

function padded(part: Part, text: string): string {
  return text === '' || part === 'year' ? text : text.padStart(2, '0');
}

function unpadded(text: string): string {
  return text.replace(/^0+(?=\d)/, '');
}
