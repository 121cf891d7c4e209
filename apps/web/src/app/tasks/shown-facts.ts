import { Component, computed, input } from '@angular/core';
import type { PersonRef, ShownFact } from '@plumbline/contracts';
import { words } from '../platform/index.ts';
import { FactTable } from './fact-table.ts';
import { factLines, type RiskWords } from './fact-lines.ts';
import type file from './tasks.en-GB.json';

/** Facts shown before somebody asks for the rest: what fits beside the decision. */
const FIRST = 7;

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

const weightOf = (name: string): number => {
  const at = WEIGHTY.indexOf(name);
  return at < 0 ? WEIGHTY.length : at;
};

/** Facts in words, the first ones at once; each with the page it comes from when there is one. */
@Component({
  selector: 'app-shown-facts',
  imports: [FactTable],
  template: `
    <app-fact-table [lines]="lines().slice(0, first())" />
    @if (lines().length > first()) {
      <details>
        <summary>{{ t('moreFacts', { count: lines().length - first() }) }}</summary>
        <app-fact-table [lines]="lines().slice(first())" />
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
  /** The values behind the words, for lists. */
  readonly values = input<Readonly<Record<string, unknown>>>({});
  readonly people = input<readonly PersonRef[]>([]);

  protected readonly t = words<typeof file>('tasks');
  /** One or two more are shown at once rather than hidden. */
  protected readonly first = computed(() =>
    this.facts().length <= FIRST + 2 ? this.facts().length : FIRST,
  );
  private readonly risk: RiskWords = {
    scored: ({ level, score }) => this.t('risk.scored', { level: this.t(`level.${level}`), score }),
    changed: (left, before) => this.t('risk.changed', { left, before }),
    notScored: this.t('risk.notScored'),
  };
  /** What is known stands before what is not. */
  protected readonly lines = computed(() => {
    const lines = this.facts().map(({ name, label, value, path }) => ({
      name,
      label,
      path,
      text:
        factLines(name, this.values()[name], this.people(), this.risk) ?? (value ? [value] : []),
    }));
    lines.sort((one, other) => weightOf(one.name) - weightOf(other.name));
    return [
      ...lines.filter(({ text }) => text.length > 0),
      ...lines.filter(({ text }) => text.length === 0),
    ];
  });
}
