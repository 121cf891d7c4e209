import { Component, computed, inject, input, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { KeptCase } from '@plumbline/contracts';
import { Button, Chip, Confirm, DateText, EmptyState, Sheet, TableFrame } from '@plumbline/ui';
import type { SavedCase } from '@plumbline/workflow-engine';
import { words } from '../../platform/index.ts';
import { CoverageView } from './coverage-view.ts';
import { Maker } from './maker.ts';
import type { CasesResult } from './results.ts';
import type file from './simulate.en-GB.json';
import { Trial } from './trial.ts';

/** The longest name of a kept case. */
const LONGEST = 120;

/** The kept cases: run all of them, go through one, make some up. */
@Component({
  selector: 'app-cases-panel',
  imports: [Button, Chip, CoverageView, DateText, EmptyState, RouterLink, Sheet, TableFrame],
  providers: [Maker],
  templateUrl: './cases-panel.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-4);
    }
    :is(th, td) .hint {
      display: block;
    }
    .tick {
      display: flex;
      gap: 10px;
      padding-block: var(--s-1);
    }
    .acts {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--s-2);
      margin-block: -8px;
      margin-inline-start: calc(-1 * var(--s-2));
    }
    ul {
      padding-inline-start: var(--s-5);
      max-inline-size: var(--measure);
    }
  `,
})
export class CasesPanel {
  readonly cases = input.required<readonly KeptCase[]>();
  /** What the last run of all cases came to, for this content. */
  readonly result = input.required<CasesResult | null>();
  readonly resultAt = input<string | null>(null);
  readonly running = input(false);
  /** Cases are being kept, or one is being deleted. */
  readonly saving = input(false);
  readonly runAll = output();
  readonly kept = output<readonly SavedCase[]>();
  readonly removed = output<string>();

  protected readonly t = words<typeof file>('simulating');
  protected readonly trial = inject(Trial);
  protected readonly maker = inject(Maker);
  private readonly confirm = inject(Confirm);
  /** Made-up cases that the reader leaves out. */
  protected readonly left = signal<ReadonlySet<string>>(new Set());
  protected readonly wanted = computed(() =>
    (this.maker.made()?.cases ?? []).filter(({ name }) => !this.left().has(name)),
  );

  protected resultOf({ case: { name } }: KeptCase): CasesResult['cases'][number] | undefined {
    return this.result()?.cases.find((one) => one.name === name);
  }

  /** What the case expects in the end, in words. */
  protected expects({ case: { expects } }: KeptCase): string {
    const { steps = [] } = this.trial.design()?.definition ?? {};
    if (expects?.ending) {
      const end = steps.find((step) => step.type === 'end' && step.outcome === expects.ending);
      return this.t('cases.ends', { name: end?.name ?? expects.ending });
    }
    if (expects?.waitsAt && expects.waitsAt.length > 0) {
      const names = expects.waitsAt.map((id) => steps.find((step) => step.id === id)?.name ?? id);
      return this.t('cases.waits', { names: names.join(', ') });
    }
    return this.t('cases.anyEnding');
  }

  protected make(): void {
    const stage = this.trial.stage();
    this.left.set(new Set());
    if (stage) this.maker.make(stage);
  }

  protected take(name: string, event: Event): void {
    const on = (event.target as HTMLInputElement).checked;
    this.left.update((before) => {
      const after = new Set(before);
      if (on) after.delete(name);
      else after.add(name);
      return after;
    });
  }

  protected keep(): void {
    this.kept.emit(this.wanted().map((one) => ({ ...one, name: one.name.slice(0, LONGEST) })));
    this.maker.forget();
  }

  protected async remove({ id, case: { name } }: KeptCase): Promise<void> {
    const sure = await this.confirm.ask({
      title: this.t('cases.deleteTitle', { name }),
      text: this.t('cases.deleteText'),
      confirm: this.t('cases.delete'),
      cancel: this.t('cases.keepIt'),
      danger: true,
    });
    if (sure) this.removed.emit(id);
  }
}
