import { Component, inject, output } from '@angular/core';
import { applyFix, type DefinitionProblem } from '@plumbline/workflow-engine';
import { words } from '../../platform/index.ts';
import { refused } from '../model/design.ts';
import type file from '../workflows.en-GB.json';
import { DesignerStore } from './designer-store.ts';

/** What keeps the workflow from being published, and what is probably not meant. */
@Component({
  selector: 'app-problems-panel',
  template: `
    @let problems = store.checker.problems();
    <h2 id="problems" tabindex="-1">{{ t('problems.title', { count: problems.length }) }}</h2>
    @if (store.checker.broken()) {
      <p class="hint">{{ t('problems.broken') }}</p>
    } @else if (problems.length === 0) {
      <p class="hint">{{ t(store.checker.waiting() ? 'problems.waiting' : 'problems.none') }}</p>
    }
    @if (problems.length > 0) {
      <ul class="plain-list" aria-labelledby="problems">
        @for (problem of problems; track problem.code + problem.place + $index) {
          <li [class.error]="problem.severity === 'error'">
            <span class="kind">{{ t.of('severity', problem.severity) }}</span>
            <span class="text">{{ problem.message }}</span>
            <span class="acts">
              <button
                type="button"
                (click)="show.emit(problem)"
                [attr.aria-label]="t('problems.showThis', { what: problem.message })"
              >
                {{ t('problems.show') }}
              </button>
              @if (problem.fix && !store.readOnly()) {
                <button
                  type="button"
                  (click)="fix(problem)"
                  [attr.aria-label]="t('problems.fixThis', { what: problem.fix.words })"
                >
                  {{ t('problems.fix', { what: problem.fix.words }) }}
                </button>
              }
            </span>
          </li>
        }
      </ul>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s-2);
    }
    ul {
      display: grid;
      gap: 2px;
      max-block-size: 220px;
      overflow-y: auto;
    }
    li {
      display: flex;
      flex-wrap: wrap;
      gap: 2px var(--s-3);
      align-items: center;
      padding: 4px var(--s-2);
      border-inline-start: 3px solid var(--st-warn-fg);
    }
    li.error {
      border-color: var(--st-bad-fg);
    }
    .kind {
      font: 600 13px/18px var(--font-ui);
      color: var(--st-warn-fg);
    }
    .error .kind {
      color: var(--st-bad-fg);
    }
    .text {
      flex: 1 1 220px;
    }
    button {
      min-block-size: 28px;
      padding: 2px 8px;
      border: 1px solid var(--c-hair);
      border-radius: var(--r-m);
      background: var(--c-surface);
      color: var(--c-primary);
      font: 600 13px/18px var(--font-ui);
      cursor: pointer;
    }
    .acts {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s-2);
    }
  `,
})
export class ProblemsPanel {
  readonly show = output<DefinitionProblem>();

  protected readonly t = words<typeof file>('workflows');
  protected readonly store = inject(DesignerStore);

  protected fix({ fix, place }: DefinitionProblem): void {
    if (!fix) return;
    this.store.run((design) => {
      const definition = applyFix(design.definition, fix);
      return definition
        ? { design: { ...design, definition }, said: { key: 'fixed', values: { what: fix.words } } }
        : refused(design, 'nothing', { place });
    });
  }
}
