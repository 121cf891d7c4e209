import { Component, computed, inject, input, model } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { WorkflowProblem } from '@plumbline/contracts';
import { Button } from '@plumbline/ui';
import { CurrentOrganisation, words } from '../../platform/index.ts';
import { stepIn } from '../designer/checker.ts';
import type file from './publish.en-GB.json';

/** So many warnings are ticked one by one; beyond that there is a button for all. */
const FEW = 3;

/** What identifies a problem of one check. */
export const problemId = ({ code, place }: Pick<WorkflowProblem, 'code' | 'place'>): string =>
  `${code} ${place}`;

/** Errors, which stop publishing, and warnings, each to be ticked by whoever has read it. */
@Component({
  selector: 'app-problem-ticks',
  imports: [Button, RouterLink],
  template: `
    @if (problems().length === 0) {
      <p>{{ t('problems.none') }}</p>
    }
    @if (errors().length > 0) {
      <p class="bad" role="alert">{{ t.count('problems.errors', errors().length) }}</p>
      <ul class="plain-list">
        @for (problem of errors(); track $index) {
          <li class="error">
            <span>{{ problem.message }}</span>
            @if (editable()) {
              <a
                [routerLink]="organisation.page('workflows', key())"
                [queryParams]="{ step: stepOf(problem) }"
                [attr.aria-label]="t('problems.showThis', { what: problem.message })"
                >{{ t('problems.show') }}</a
              >
            }
          </li>
        }
      </ul>
    }
    @if (warnings().length > 0) {
      <fieldset>
        <legend>{{ t.count('problems.warnings', warnings().length) }}</legend>
        @for (problem of warnings(); track $index; let at = $index) {
          <label class="tick">
            <input
              type="checkbox"
              [id]="'warning-' + at"
              [checked]="ticked().has(idOf(problem))"
              (change)="tick(problem, $event)"
            />
            <span>{{ problem.message }}</span>
          </label>
        }
        @if (warnings().length > few) {
          <button uiButton look="quiet" type="button" (click)="tickAll()">
            {{ t('problems.tickAll', { count: warnings().length }) }}
          </button>
        }
      </fieldset>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s-2);
    }
    .bad {
      color: var(--st-bad-fg);
      font-weight: 600;
    }
    .error {
      display: grid;
      padding: 4px var(--s-2);
      margin-block-end: 2px;
      border-inline-start: 3px solid var(--st-bad-fg);
    }
    .error a {
      justify-self: start;
      padding-block: 2px;
    }
    legend {
      font-weight: 600;
    }
    .tick {
      display: flex;
      gap: 10px;
      padding-block: var(--s-1);
    }
  `,
})
export class ProblemTicks {
  readonly problems = input.required<readonly WorkflowProblem[]>();
  /** Of the workflow whose draft the problems are in. */
  readonly key = input.required<string>();
  /** The steps that places may be in. */
  readonly steps = input<readonly string[]>([]);
  /** Whether the reader can mend them in the designer. */
  readonly editable = input(true);
  /** What has been ticked, by {@link problemId}. */
  readonly ticked = model<ReadonlySet<string>>(new Set());

  protected readonly t = words<typeof file>('publishing');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly few = FEW;
  protected readonly idOf = problemId;
  protected readonly errors = computed(() =>
    this.problems().filter(({ severity }) => severity === 'error'),
  );
  protected readonly warnings = computed(() =>
    this.problems().filter(({ severity }) => severity === 'warning'),
  );

  protected stepOf({ place }: WorkflowProblem): string | null {
    return stepIn(place, this.steps());
  }

  protected tick(problem: WorkflowProblem, event: Event): void {
    const on = (event.target as HTMLInputElement).checked;
    const id = problemId(problem);
    this.ticked.update((before) => {
      const after = new Set(before);
      if (on) after.add(id);
      else after.delete(id);
      return after;
    });
  }

  protected tickAll(): void {
    this.ticked.set(new Set(this.warnings().map(problemId)));
  }
}
