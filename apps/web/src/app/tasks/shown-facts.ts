import { Component, computed, input } from '@angular/core';
import type { PersonRef, ShownFact } from '@plumbline/contracts';
import { risksOf } from '../ai-systems/ai-system-page/risks.ts';
import { words } from '../platform/index.ts';
import { type FactLine, FactTable } from './fact-table.ts';
import type file from './tasks.en-GB.json';

/** What a decision rests on most, in this order; then the facts in the order of the step. */
const WEIGHTY = [
  'purpose',
  'residualLevel',
  'risks',
  'lightRisks',
  'tier',
  'affectedGroups',
  'owner',
];

/** Facts shown before somebody asks for the rest: what fits beside the decision. */
const FIRST = 6;

/** Facts that hold risks, which are scored. */
const RISKS = new Set(['risks', 'lightRisks']);

const weightOf = (name: string): number => {
  const at = WEIGHTY.indexOf(name);
  return at < 0 ? WEIGHTY.length : at;
};

/** Facts in words, the first ones at once; each with the page it comes from when there is one. */
@Component({
  selector: 'app-shown-facts',
  imports: [FactTable],
  template: `
    <app-fact-table [lines]="lines().slice(0, first())" [people]="people()" />
    @if (lines().length > first()) {
      <details>
        <summary>{{ t('moreFacts', { count: lines().length - first() }) }}</summary>
        <app-fact-table [lines]="lines().slice(first())" [people]="people()" />
      </details>
    }
  `,
  styles: `
    summary {
      inline-size: fit-content;
      min-block-size: 24px;
      padding-block: var(--s-2);
      color: var(--c-primary);
      text-decoration: underline;
      text-underline-offset: 3px;
      cursor: pointer;
    }
  `,
})
export class ShownFacts {
  readonly facts = input.required<readonly ShownFact[]>();
  /** The values behind the words, for the scores of risks. */
  readonly values = input<Readonly<Record<string, unknown>>>({});
  readonly people = input<readonly PersonRef[]>([]);

  protected readonly t = words<typeof file>('tasks');
  /** One or two more are shown at once rather than hidden. */
  protected readonly first = computed(() =>
    this.facts().length <= FIRST + 2 ? this.facts().length : FIRST,
  );
  /** What is known stands before what is not. */
  protected readonly lines = computed(() => {
    const lines = this.facts().map((fact) => this.lineOf(fact));
    lines.sort((one, other) => weightOf(one.name) - weightOf(other.name));
    return [...lines.filter(({ known }) => known), ...lines.filter(({ known }) => !known)];
  });

  private lineOf(fact: ShownFact): FactLine {
    const value = this.values()[fact.name];
    return {
      ...fact,
      known: value !== null && value !== undefined && value !== '',
      risks: RISKS.has(fact.name) ? risksOf({ [fact.name]: value }) : [],
    };
  }
}
