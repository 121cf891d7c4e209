import { Component, computed, inject, input, signal } from '@angular/core';
import { type RunMoment, runDataSchema, type Run } from '@plumbline/contracts';
import { Button, Chip, DateText, FactsList, Sheet, TableFrame } from '@plumbline/ui';
import { answerOf, CurrentOrganisation, Loaded, whenChanged, words } from '../platform/index.ts';
import type file from './runs.en-GB.json';

/** What a run knows: the values now or at a moment, and what each step changed in them. */
@Component({
  selector: 'app-run-data',
  imports: [Button, Chip, DateText, FactsList, Loaded, Sheet, TableFrame],
  templateUrl: './run-data.html',
  styles: `
    summary {
      inline-size: fit-content;
      min-block-size: 24px;
      font: var(--text-section);
      cursor: pointer;
    }
    .views {
      padding-block: var(--s-2);
    }
    .views button[aria-pressed='true'] {
      color: var(--c-ink);
      font-weight: 700;
      text-decoration: none;
    }
    .words,
    td {
      white-space: pre-line;
      overflow-wrap: anywhere;
    }
    tr[aria-current] {
      background: var(--c-primary-tint);
      color: var(--c-on-primary-tint);
    }
  `,
})
export class RunData {
  readonly run = input.required<Run>();
  /** The moment in its history that the page shows; null for now. */
  readonly moment = input<RunMoment | null>(null);
  /** Only what this step changed, when one is picked. */
  readonly step = input<string | null>(null);

  protected readonly t = words<typeof file>('runs');
  private readonly organisation = inject(CurrentOrganisation);
  protected readonly open = signal(false);
  protected readonly view = signal<'values' | 'changes'>('values');
  protected readonly facts = computed(
    () => this.moment()?.facts ?? this.run().facts.map((fact) => ({ ...fact, changed: false })),
  );
  protected readonly answer = answerOf(
    runDataSchema,
    () =>
      this.open() && this.view() === 'changes'
        ? this.organisation.api('runs', this.run().id, 'data')
        : undefined,
    { keepOver: false },
  );
  /** One line for each value that changed, up to the moment that is shown, the newest first. */
  protected readonly lines = computed(() => {
    const until = this.moment()?.seq ?? Infinity;
    return (this.answer.value()?.changes ?? [])
      .filter(({ seq, step }) => seq <= until && (this.step() === null || step === this.step()))
      .toReversed()
      .flatMap(({ facts, ...change }) =>
        facts.map((fact) => ({ ...change, fact, current: change.seq === this.moment()?.seq })),
      );
  });

  constructor() {
    whenChanged(
      ['run-changed'],
      () => this.answer.reload(),
      () => this.run().id,
    );
  }

  protected toggled(event: Event): void {
    this.open.set((event.target as HTMLDetailsElement).open);
  }
}
