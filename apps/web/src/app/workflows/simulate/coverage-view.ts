import { Component, computed, input, signal } from '@angular/core';
import { Chip } from '@plumbline/ui';
import type { StepId } from '@plumbline/workflow-engine';
import { words } from '../../platform/index.ts';
import { wideScreen } from '../../runs/wide-screen.ts';
import type { StepTag } from '../graph/design-graph.ts';
import type { Design } from '../model/design.ts';
import { MarkedGraph } from '../versions/marked-graph.ts';
import { coveredBy } from './coverage.ts';
import type { CasesResult } from './results.ts';
import type file from './simulate.en-GB.json';

/** What the cases came to, and what they cover: in words, and on the graph. */
@Component({
  selector: 'app-coverage-view',
  imports: [Chip, MarkedGraph],
  template: `
    <p class="sum">
      <ui-chip [state]="result().passed ? 'done' : 'bad'">{{ passed() }}</ui-chip>
      <strong>{{ t('coverage.branches', covered().branches) }}</strong>
      <span>{{ t('coverage.steps', covered().steps) }}</span>
    </p>
    @if (failures().length > 0) {
      <h3>{{ t('coverage.failed') }}</h3>
      <ul class="plain-list">
        @for (one of failures(); track one.name) {
          <li class="failed">
            <strong>{{ one.name }}</strong>
            @for (line of one.failures; track $index) {
              <span>{{ line }}</span>
            }
          </li>
        }
      </ul>
    }
    @if (covered().uncovered.length > 0) {
      <h3>{{ t.count('coverage.uncovered', covered().uncovered.length) }}</h3>
      <ul>
        @for (one of covered().uncovered; track $index) {
          <li>{{ one.text }}</li>
        }
      </ul>
    } @else {
      <p>{{ t('coverage.all') }}</p>
    }
    @if (design() && wide()) {
      <details (toggle)="follow($event)">
        <summary>{{ t('coverage.graph') }}</summary>
        @if (drawn() && design(); as it) {
          <app-marked-graph [design]="it" [marks]="marks()" />
        }
      </details>
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-2);
    }
    .sum {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s-1) var(--s-4);
      align-items: center;
    }
    .failed {
      display: grid;
      padding: 4px var(--s-2);
      margin-block-end: 2px;
      border-inline-start: 3px solid var(--st-bad-fg);
    }
    ul:not(.plain-list) {
      padding-inline-start: var(--s-5);
      max-inline-size: var(--measure);
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
export class CoverageView {
  readonly result = input.required<CasesResult>();
  /** What was tried, when it is at hand. */
  readonly design = input<Design | null>(null);

  protected readonly t = words<typeof file>('simulating');
  protected readonly wide = wideScreen();
  protected readonly drawn = signal(false);
  protected readonly covered = computed(() => coveredBy(this.result()));
  protected readonly failures = computed(() => this.result().cases.filter(({ passed }) => !passed));
  protected readonly passed = computed(() => {
    const { cases } = this.result();
    const passed = cases.filter((one) => one.passed).length;
    return this.t('coverage.passed', { passed, total: cases.length });
  });
  protected readonly marks = computed(
    (): ReadonlyMap<StepId, StepTag> =>
      new Map(
        [...this.covered().byStep].map(([step, { reached, missing }]): [StepId, StepTag] => {
          if (!reached) return [step, { tone: 'bad', text: this.t('mark.notReached') }];
          return missing > 0
            ? [step, { tone: 'warn', text: this.t.count('mark.missing', missing) }]
            : [step, { tone: 'done', text: this.t('mark.covered') }];
        }),
      ),
  );

  protected follow(event: Event): void {
    this.drawn.set((event.target as HTMLDetailsElement).open);
  }
}
