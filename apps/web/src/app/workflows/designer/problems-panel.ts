import { Component, computed, inject, input, output, resource } from '@angular/core';
import { applyFix, type DefinitionFix, type DefinitionProblem } from '@plumbline/workflow-engine';
import { words } from '../../platform/index.ts';
import { type Command, refused } from '../model/design.ts';
import { fixOf } from '../model/fixes.ts';
import type file from '../workflows.en-GB.json';
import { stepIn } from './checker.ts';
import { DesignerStore } from './designer-store.ts';

/** What keeps the workflow from being published, and what is probably not meant. */
@Component({
  selector: 'app-problems-panel',
  template: `
    @let problems = shown();
    <h2 id="problems" tabindex="-1">
      {{ t(under() ? 'problems.here' : 'problems.title', { count: problems.length }) }}
    </h2>
    @if (store.checker.broken()) {
      <p class="hint">{{ t('problems.broken') }}</p>
    } @else if (problems.length === 0) {
      <p class="hint">
        {{
          t(
            store.checker.waiting()
              ? 'problems.waiting'
              : under()
                ? 'problems.noneHere'
                : 'problems.none'
          )
        }}
      </p>
    }
    @if (problems.length > 0) {
      <ul class="plain-list" aria-labelledby="problems">
        @for (problem of problems; track problem.code + problem.place + $index) {
          @let fix = fixes().get(problem);
          <li [class.error]="problem.severity === 'error'">
            <span class="kind">{{ t.of('severity', problem.severity) }}</span>
            <span class="text">{{ problem.message }}</span>
            <span class="acts">
              @if (!under()) {
                <button
                  type="button"
                  (click)="show.emit(problem)"
                  [attr.aria-label]="t('problems.showThis', { what: problem.message })"
                >
                  {{ t('problems.show') }}
                </button>
              }
              @if (fix && !store.readOnly()) {
                <button type="button" (click)="mend(fix)">
                  {{ t('problems.fix', { what: fix.words }) }}
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
  /** Only what is at this place of the definition. */
  readonly under = input<string | null>(null);
  readonly show = output<DefinitionProblem>();

  protected readonly t = words<typeof file>('workflows');
  protected readonly store = inject(DesignerStore);

  /** What the register, the organisation and a starting run know; fetched when a name is missing. */
  private readonly outside = resource({
    params: () =>
      this.store.checker.problems().some(({ code }) => code === 'undeclared-fact') || undefined,
    loader: async () => (await import('../model/outside-facts.ts')).outsideFacts,
    defaultValue: [],
  });
  protected readonly shown = computed(() => {
    const under = this.under();
    return this.store.checker
      .problems()
      .filter(({ place }) => under === null || `${place}.`.startsWith(`${under}.`));
  });
  /** What can be mended without asking: by the check itself, else by an edit of ours. */
  protected readonly fixes = computed(() => {
    const design = this.store.design();
    const ids = design?.definition.steps.map(({ id }) => id) ?? [];
    const starters = this.store.starters();
    const outside = this.outside.hasValue() ? this.outside.value() : [];
    return new Map(
      this.store.checker.problems().flatMap((problem): [DefinitionProblem, Mending][] => {
        const { fix } = problem;
        if (fix) return [[problem, { words: fix.words, command: applied(fix) }]];
        const own = design && fixOf(design, problem, stepIn(problem.place, ids), starters, outside);
        if (!own) return [];
        const words = this.t(`fix.${own.key}`, own.values);
        return [[problem, { words, command: own.command }]];
      }),
    );
  });

  protected mend({ words, command }: Mending): void {
    this.store.run((design) => {
      const edit = command(design);
      if (edit.design === design) return edit;
      return { ...edit, said: { key: 'fixed', values: { what: words } } };
    });
  }
}

interface Mending {
  readonly words: string;
  readonly command: Command;
}

const applied =
  (fix: DefinitionFix): Command =>
  (design) => {
    const definition = applyFix(design.definition, fix);
    return definition
      ? { design: { ...design, definition }, said: { key: 'fixed', values: {} } }
      : refused(design, 'nothing');
  };
