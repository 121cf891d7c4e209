import { Component, input, model } from '@angular/core';
import type { PersonRef } from '@plumbline/contracts';
import type { FactValue } from '@plumbline/workflow-engine';
import { words } from '../../platform/index.ts';
import type file from '../forms.en-GB.json';

/** One person of the organisation. */
@Component({
  selector: 'app-person-control',
  template: `
    <select
      [id]="controlId()"
      [attr.aria-describedby]="describedBy()"
      [attr.aria-invalid]="wrong() || null"
      (change)="choose($event)"
    >
      <option value="" [selected]="!value()">{{ t('person.choose') }}</option>
      @for (person of people(); track person.id) {
        <option [value]="person.id" [selected]="person.id === value()">{{ person.name }}</option>
      }
    </select>
  `,
  styles: `
    select {
      max-inline-size: 360px;
    }
  `,
})
export class PersonControl {
  readonly controlId = input.required<string>();
  readonly describedBy = input<string | null>(null);
  readonly people = input.required<readonly PersonRef[]>();
  readonly value = model.required<FactValue>();
  readonly wrong = input(false);

  protected readonly t = words<typeof file>('forms');

  protected choose(event: Event): void {
    this.value.set((event.target as HTMLSelectElement).value || null);
  }
}
