import { Component, computed, inject, input, model, signal } from '@angular/core';
import { aiSystemsSchema } from '@plumbline/contracts';
import { SearchBox } from '@plumbline/ui';
import { answerOf, CurrentOrganisation, withQuery } from '../platform/index.ts';

/** Systems offered to choose from. */
const SHOWN = 8;

/** An AI system that is chosen. */
export interface ChosenSystem {
  readonly id: string;
  readonly name: string;
}

/** What the choice says, by the page that asks. */
export interface ChoiceWords {
  readonly find: string;
  readonly which: string;
  readonly foundNone: string;
}

/** Finds one AI system of the register by a part of its name. What is chosen stays in view. */
@Component({
  selector: 'app-system-choice',
  imports: [SearchBox],
  template: `
    <ui-search-box [label]="say().find" [value]="query()" (searched)="query.set($event)" />
    <fieldset id="which">
      <legend class="visually-hidden">{{ say().which }}</legend>
      @for (system of systems(); track system.id) {
        <label>
          <input
            type="radio"
            name="system"
            [checked]="chosen()?.id === system.id"
            (change)="chosen.set({ id: system.id, name: system.name })"
          />
          {{ system.name }}
        </label>
      }
    </fieldset>
    @if (foundNone()) {
      <p role="status">{{ say().foundNone }}</p>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s-2);
    }
    fieldset label {
      display: flex;
      gap: var(--s-3);
      padding-block: var(--s-2);
    }
  `,
})
export class SystemChoice {
  readonly chosen = model.required<ChosenSystem | null>();
  readonly say = input.required<ChoiceWords>();

  private readonly organisation = inject(CurrentOrganisation);
  protected readonly query = signal('');
  private readonly matches = answerOf(aiSystemsSchema, () =>
    withQuery(this.organisation.api('ai-systems'), { q: this.query(), limit: SHOWN }),
  );
  protected readonly systems = computed((): readonly ChosenSystem[] => {
    const chosen = this.chosen();
    const found = this.matches.value()?.items ?? [];
    return chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found;
  });
  protected readonly foundNone = computed(() => this.matches.value()?.items.length === 0);
}
