import { Component, computed, input, model } from '@angular/core';
import { DateField, FieldFrame } from '@plumbline/ui';
import type { FactDeclaration, FactValue } from '@plumbline/workflow-engine';
import { words } from '../../platform/index.ts';
import type file from '../publish/publish.en-GB.json';

/** A value for one declared fact, by hand; null: not known. */
@Component({
  selector: 'app-fact-field',
  imports: [DateField, FieldFrame],
  template: `
    <ui-field [for]="id()" [label]="fact().description || fact().name">
      @switch (fact().type.kind) {
        @case ('boolean') {
          <select [id]="id()" (change)="choose($event)">
            <option value="" [selected]="value() === null">{{ t('fact.unknown') }}</option>
            <option value="true" [selected]="value() === true">{{ t('fact.yes') }}</option>
            <option value="false" [selected]="value() === false">{{ t('fact.no') }}</option>
          </select>
        }
        @case ('choice') {
          <select [id]="id()" (change)="choose($event)">
            <option value="" [selected]="value() === null">{{ t('fact.unknown') }}</option>
            @for (option of options(); track option) {
              <option [value]="option" [selected]="value() === option">{{ option }}</option>
            }
          </select>
        }
        @case ('date') {
          <ui-date-field
            [controlId]="id()"
            [value]="day()"
            (valueChange)="value.set($event || null)"
          />
        }
        @default {
          <input
            autocomplete="off"
            [id]="id()"
            [attr.inputmode]="fact().type.kind === 'number' ? 'decimal' : null"
            [value]="value() ?? ''"
            (change)="type($event)"
          />
        }
      }
    </ui-field>
  `,
})
export class FactField {
  readonly fact = input.required<FactDeclaration>();
  /** Makes the control's id its own when a fact is asked twice on a page. */
  readonly prefix = input('fact');
  readonly value = model<FactValue>(null);

  protected readonly t = words<typeof file>('publishing');
  protected readonly id = computed(() => `${this.prefix()}-${this.fact().name}`);
  protected readonly options = computed(() => {
    const { type } = this.fact();
    return type.kind === 'choice' ? type.options : [];
  });

  protected readonly day = computed(() => {
    const value = this.value();
    return typeof value === 'string' ? value : '';
  });

  protected choose(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    const { kind } = this.fact().type;
    if (value === '') this.value.set(null);
    else this.value.set(kind === 'boolean' ? value === 'true' : value);
  }

  protected type(event: Event): void {
    const text = (event.target as HTMLInputElement).value.trim();
    const isNumber = this.fact().type.kind === 'number' && text !== '' && !Number.isNaN(+text);
    if (text === '') this.value.set(null);
    else this.value.set(isNumber ? Number(text) : text);
  }
}
