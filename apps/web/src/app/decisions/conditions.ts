import { Component, input, model } from '@angular/core';
import type { PersonRef } from '@plumbline/contracts';
import { Button, DateField, FieldFrame, type FormProblem } from '@plumbline/ui';
import { words } from '../platform/index.ts';
import { blankCondition, type ConditionDraft } from './decision-draft.ts';
import type file from './decisions.en-GB.json';

/** The conditions of an approval: what must be done, by whom and by when. */
@Component({
  selector: 'app-conditions',
  imports: [Button, DateField, FieldFrame],
  template: `
    @for (condition of conditions(); track $index; let at = $index) {
      <fieldset class="card">
        <legend>{{ t('condition', { number: at + 1 }) }}</legend>
        <ui-field
          [for]="'condition-' + at + '-text'"
          [label]="t('conditionText')"
          [error]="errorOf(at, 'text')"
        >
          <textarea
            rows="2"
            maxlength="1000"
            [id]="'condition-' + at + '-text'"
            [attr.aria-invalid]="errorOf(at, 'text') ? true : null"
            [attr.aria-describedby]="errorOf(at, 'text') ? 'condition-' + at + '-text-error' : null"
            [value]="condition.text"
            (input)="put(at, { text: typed($event) })"
          ></textarea>
        </ui-field>
        <ui-field
          [for]="'condition-' + at + '-owner'"
          [label]="t('conditionOwner')"
          [error]="errorOf(at, 'owner')"
        >
          <select
            [id]="'condition-' + at + '-owner'"
            [attr.aria-invalid]="errorOf(at, 'owner') ? true : null"
            (change)="put(at, { owner: typed($event) })"
          >
            <option value="" [selected]="!condition.owner">{{ t('choosePerson') }}</option>
            @for (person of people(); track person.id) {
              <option [value]="person.id" [selected]="person.id === condition.owner">
                {{ person.name }}
              </option>
            }
          </select>
        </ui-field>
        <ui-field
          [for]="'condition-' + at + '-due'"
          [label]="t('conditionDue')"
          [error]="errorOf(at, 'due')"
        >
          <ui-date-field
            [controlId]="'condition-' + at + '-due'"
            [wrong]="!!errorOf(at, 'due')"
            [described]="errorOf(at, 'due') ? 'condition-' + at + '-due-error' : null"
            [value]="condition.due"
            (valueChange)="put(at, { due: $event })"
          />
        </ui-field>
        <button uiButton type="button" look="plain" (click)="remove(at)">
          {{ t('removeCondition') }}<span class="visually-hidden">{{ ' ' + (at + 1) }}</span>
        </button>
      </fieldset>
    }
    <div>
      <button uiButton type="button" look="quiet" id="add-condition" (click)="add()">
        {{ t(conditions().length > 0 ? 'anotherCondition' : 'addCondition') }}
      </button>
    </div>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s-4);
    }
    .card {
      display: grid;
      gap: var(--s-4);
      padding: var(--s-3) 18px;
      border: 1px solid var(--c-hair);
      border-radius: var(--r-l);
    }
    .card > button {
      justify-self: start;
    }
    legend {
      padding-inline: var(--s-2);
      font-weight: 600;
    }
    select {
      max-inline-size: 360px;
    }
  `,
})
export class Conditions {
  readonly conditions = model.required<readonly ConditionDraft[]>();
  readonly people = input.required<readonly PersonRef[]>();
  readonly problems = input<readonly FormProblem[]>([]);
  protected readonly t = words<typeof file>('decisions');

  protected typed(event: Event): string {
    return (event.target as HTMLTextAreaElement | HTMLSelectElement).value;
  }

  protected errorOf(at: number, part: string): string | null {
    const field = `condition-${at}-${part}`;
    return this.problems().find((one) => one.field === field)?.message ?? null;
  }

  protected put(at: number, part: Partial<ConditionDraft>): void {
    this.conditions.set(this.conditions().map((one, i) => (i === at ? { ...one, ...part } : one)));
  }

  protected add(): void {
    this.conditions.set([...this.conditions(), blankCondition]);
  }

  protected remove(at: number): void {
    this.conditions.set(this.conditions().filter((_, i) => i !== at));
  }
}
