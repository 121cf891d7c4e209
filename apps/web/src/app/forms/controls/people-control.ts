import { Component, computed, input, model } from '@angular/core';
import type { PersonRef } from '@plumbline/contracts';
import { Button, Person } from '@plumbline/ui';
import type { FactValue } from '@plumbline/workflow-engine';
import { words } from '../../platform/index.ts';
import type file from '../forms.en-GB.json';
import { stringsOf } from './choices-control.ts';

/** Several people: added from a list, each with a way out. */
@Component({
  selector: 'app-people-control',
  imports: [Button, Person],
  template: `
    @if (chosenPeople().length > 0) {
      <ul class="plain-list">
        @for (person of chosenPeople(); track person.id) {
          <li>
            <ui-person [name]="person.name" />
            <button uiButton type="button" look="plain" (click)="remove(person.id)">
              {{ t('people.remove') }}<span class="visually-hidden">{{ ' ' + person.name }}</span>
            </button>
          </li>
        }
      </ul>
    }
    <select
      [id]="controlId()"
      [attr.aria-describedby]="describedBy()"
      [attr.aria-invalid]="wrong() || null"
      (change)="add($event)"
    >
      <option value="">{{ t('people.add') }}</option>
      @for (person of others(); track person.id) {
        <option [value]="person.id">{{ person.name }}</option>
      }
    </select>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s-2);
    }
    li {
      display: flex;
      align-items: center;
      gap: var(--s-2);
    }
    select {
      max-inline-size: 360px;
    }
  `,
})
export class PeopleControl {
  readonly controlId = input.required<string>();
  readonly describedBy = input<string | null>(null);
  readonly people = input.required<readonly PersonRef[]>();
  readonly value = model.required<FactValue>();
  readonly wrong = input(false);

  protected readonly t = words<typeof file>('forms');

  private readonly ids = computed(() => stringsOf(this.value()));
  protected readonly chosenPeople = computed(() =>
    this.ids().map(
      (id) => this.people().find((one) => one.id === id) ?? { id, name: this.t('people.unknown') },
    ),
  );
  protected readonly others = computed(() =>
    this.people().filter(({ id }) => !this.ids().includes(id)),
  );

  protected add(event: Event): void {
    const select = event.target as HTMLSelectElement;
    if (select.value) this.value.set([...this.ids(), select.value]);
    select.value = '';
  }

  protected remove(id: string): void {
    this.value.set(this.ids().filter((one) => one !== id));
  }
}
