import { Component, computed, inject, input, output } from '@angular/core';
import { type Run, runSchema } from '@plumbline/contracts';
import { Button, Chip, DateText, Sheet } from '@plumbline/ui';
import { Api, CurrentOrganisation, words } from '../platform/index.ts';
import { attempts } from './attempts.ts';
import type file from './runs.en-GB.json';

/** Why somebody should look at a run, and work of it that was set aside, to be tried again. */
@Component({
  selector: 'app-run-problems',
  imports: [Button, Chip, DateText, Sheet],
  template: `
    <ui-sheet [heading]="t('problems')">
      <ul class="plain-list">
        @for (problem of problems(); track $index) {
          <li>
            <ui-chip [state]="problem.kind === 'late' ? 'warn' : 'bad'">{{
              t.of('problem', problem.kind)
            }}</ui-chip>
            <span>{{ problem.text }}</span>
          </li>
        }
        @for (work of run().stuck; track $index) {
          <li>
            <ui-chip state="bad">{{ t.of('stuck', work.kind) }}</ui-chip>
            <span>{{ work.what }}</span>
            <span class="hint"
              >{{ work.reason }} {{ t('stuckSince') }}
              <ui-date [value]="work.since" shape="short-time"
            /></span>
          </li>
        }
      </ul>
      @if (run().stuck.length > 0) {
        <p class="hint measure">{{ t('stuckText') }}</p>
        @if (trying.trouble(); as text) {
          <p class="trouble" role="alert">{{ text }}</p>
        }
        @if (organisation.can('update', 'Run')) {
          <p class="no-print">
            <button uiButton type="button" look="quiet" [busy]="trying.busy()" (click)="retry()">
              {{ t('retry') }}
            </button>
          </p>
        }
      }
    </ui-sheet>
  `,
  styles: `
    li {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s-1) var(--s-4);
      padding-block: var(--s-2);
      border-block-start: 1px solid var(--c-hair);
    }
    p {
      padding-block-start: var(--s-2);
    }
    .trouble {
      color: var(--st-bad-fg);
      font-weight: 600;
    }
  `,
})
export class RunProblems {
  readonly run = input.required<Run>();
  readonly changed = output<Run>();

  protected readonly t = words<typeof file>('runs');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  protected readonly trying = attempts();
  /** What was set aside is told piece by piece below. */
  protected readonly problems = computed(() =>
    this.run().problems.filter(({ kind }) => kind !== 'set-aside' || this.run().stuck.length === 0),
  );

  /** Takes up what was set aside; what fails again is shown again. */
  protected async retry(): Promise<void> {
    await this.trying.run(async () => {
      const path = this.organisation.api('runs', this.run().id, 'retry');
      this.changed.emit(await this.api.post(path, {}, { answer: runSchema }));
    });
  }
}
