import { Component, computed, inject, input, output, signal } from '@angular/core';
import { Button } from '@plumbline/ui';
import type {
  FactDeclaration,
  Facts,
  FactValue,
  SimulationStart,
  WorkflowDefinition,
} from '@plumbline/workflow-engine';
import { words } from '../../platform/index.ts';
import { FactField, GIVEABLE } from '../migrations/fact-field.ts';
import { CaseWords } from './case-words.ts';
import type file from './simulate.en-GB.json';

/** What is known when a case begins: facts handed in, and those of the AI system and the organisation. */
@Component({
  selector: 'app-start-facts',
  imports: [Button, FactField],
  template: `
    <form novalidate (submit)="begin($event)">
      <p class="hint measure">{{ t('start.text') }}</p>
      @for (group of groups(); track group.words) {
        @if (group.facts.length > 0) {
          <details [open]="group.facts.length <= few">
            <summary>{{ t.count(group.words, group.facts.length) }}</summary>
            <div class="facts">
              @for (fact of group.facts; track fact.name) {
                <app-fact-field
                  prefix="start"
                  [fact]="fact"
                  [value]="values()[fact.name] ?? null"
                  (valueChange)="give(fact.name, $event)"
                />
              }
            </div>
          </details>
        }
      }
      <p>
        <button uiButton type="submit">{{ t('start.do') }}</button>
      </p>
    </form>
  `,
  styles: `
    form,
    .facts {
      display: grid;
      gap: var(--s-3);
    }
    .facts {
      grid-template-columns: repeat(auto-fill, minmax(240px, 1fr));
      padding-block: var(--s-2);
    }
    summary {
      min-block-size: 28px;
      padding-block: 3px;
      color: var(--c-primary);
      font-weight: 600;
      cursor: pointer;
    }
  `,
})
export class StartFacts {
  readonly definition = input.required<WorkflowDefinition>();
  readonly begun = output<SimulationStart>();

  protected readonly t = words<typeof file>('simulating');
  protected readonly say = inject(CaseWords);
  protected readonly few = 6;
  protected readonly values = signal<Facts>({});
  protected readonly groups = computed(() => [
    { words: 'start.run' as const, facts: this.from('run') },
    { words: 'start.around' as const, facts: this.from('subject', 'organisation') },
  ]);

  private from(...sources: readonly FactDeclaration['source'][]): readonly FactDeclaration[] {
    return this.definition().facts.filter(
      ({ name, source, type }) =>
        sources.includes(source) && GIVEABLE.has(type.kind) && name !== 'today',
    );
  }

  protected give(name: string, value: FactValue): void {
    this.values.update((before) => ({ ...before, [name]: value }));
  }

  protected begin(event: Event): void {
    event.preventDefault();
    const [run, around] = this.groups().map(({ facts }) => this.given(facts));
    this.begun.emit({
      facts: run ?? {},
      ...(around && Object.keys(around).length > 0 && { around: { facts: around } }),
    });
  }

  private given(facts: readonly FactDeclaration[]): Facts {
    const values = this.values();
    return Object.fromEntries(
      facts.flatMap(({ name }) => {
        const value = values[name] ?? null;
        return value === null ? [] : [[name, value]];
      }),
    );
  }
}
