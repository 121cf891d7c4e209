import { Component, computed, ElementRef, inject, output } from '@angular/core';
import { Button } from '@plumbline/ui';
import type { Step } from '@plumbline/workflow-engine';
import { words } from '../../platform/index.ts';
import { DesignerStore } from '../designer/designer-store.ts';
import { StepWords } from '../designer/step-words.ts';
import { refused, stepOf, withStep } from '../model/design.ts';
import type file from '../workflows.en-GB.json';
import { groupsOf } from './properties.ts';
import { PropertySheet, type SheetChange } from './property-sheet.ts';

/** Everything about the selected step. */
@Component({
  selector: 'app-inspector',
  imports: [Button, PropertySheet],
  template: `
    @if (store.step(); as step) {
      <h2 id="inspector" tabindex="-1">{{ say.title(step) }}</h2>
      @for (problem of problems(); track $index) {
        <p class="problem" [class.error]="problem.severity === 'error'">{{ problem.message }}</p>
      }
      @if (step.type === 'form' || step.type === 'task') {
        <p>
          <button uiButton look="quiet" type="button" (click)="edit.emit('form')">
            {{ t.count('inspector.form', questions()) }}
          </button>
        </p>
      }
      @if (step.type === 'table') {
        <p>
          <button uiButton look="quiet" type="button" (click)="edit.emit('table')">
            {{ t.count('inspector.table', step.table.rules.length) }}
          </button>
        </p>
      }
      @if (step.type === 'approval') {
        <p>
          <button uiButton look="quiet" type="button" (click)="edit.emit('table')">
            {{ t(step.approvers ? 'inspector.approvers' : 'inspector.approversAdd') }}
          </button>
        </p>
      }
      @for (group of groups(); track group.key; let first = $first) {
        <details [open]="first || group.key === 'ways' || group.key === 'outcomes'">
          <summary>{{ t.of('group', group.key) }}</summary>
          <app-property-sheet
            [properties]="group.properties"
            [value]="step"
            [place]="'steps.' + step.id"
            (changed)="change($event)"
          />
        </details>
      }
      <p class="hint id">{{ t('inspector.id', { id: step.id }) }}</p>
    } @else {
      <p class="hint">{{ t('inspector.none') }}</p>
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-3);
      align-content: start;
    }
    h2 {
      overflow-wrap: anywhere;
    }
    details {
      border-block-start: 1px solid var(--c-hair);
      padding-block-start: var(--s-2);
    }
    summary {
      min-block-size: 28px;
      margin-block-end: var(--s-2);
      font: 600 15px/22px var(--font-ui);
      cursor: pointer;
    }
    .problem {
      padding: var(--s-2) var(--s-3);
      border-radius: var(--r-m);
      background: var(--st-warn-bg);
      color: var(--st-warn-fg);
    }
    .problem.error {
      background: var(--st-bad-bg);
      color: var(--st-bad-fg);
    }
    .id {
      font: var(--text-meta);
      overflow-wrap: anywhere;
    }
  `,
})
export class Inspector {
  /** The form or the table of the step is to be edited. */
  readonly edit = output<'form' | 'table'>();

  protected readonly t = words<typeof file>('workflows');
  protected readonly store = inject(DesignerStore);
  protected readonly say = inject(StepWords);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly type = computed(() => this.store.step()?.type);
  protected readonly groups = computed(() => {
    const type = this.type();
    return type ? groupsOf(type) : [];
  });
  protected readonly problems = computed(() => {
    const step = this.store.step();
    return step ? (this.store.checker.byStep().get(step.id) ?? []) : [];
  });
  protected readonly questions = computed(() => {
    const step = this.store.step();
    return step && (step.type === 'form' || step.type === 'task')
      ? step.form.sections.reduce((sum, { fields }) => sum + fields.length, 0)
      : 0;
  });

  /** Moves focus to the control of a place such as `steps.triage.next.0.when`, or as near as there is. */
  focus(place: string | null): void {
    const { nativeElement } = this.host;
    const sheets = [...nativeElement.querySelectorAll<HTMLElement>('[data-place]')];
    const near = sheets
      .filter(
        ({ dataset }) =>
          place === dataset['place'] || place?.startsWith(`${dataset['place'] ?? ''}.`),
      )
      .sort((a, b) => (b.dataset['place']?.length ?? 0) - (a.dataset['place']?.length ?? 0))[0];
    near?.closest('details')?.setAttribute('open', '');
    const control = near?.querySelector<HTMLElement>('input, select, textarea, button');
    const target = control ?? nativeElement.querySelector<HTMLElement>('#inspector');
    target?.focus();
    target?.scrollIntoView({ block: 'center' });
  }

  protected change({ value, field }: SheetChange): void {
    const id = this.store.selected();
    if (id === null) return;
    this.store.run((design) => {
      const step = stepOf(design, id);
      // The sheet hands back the same step with one property changed.
      if (!step || !('id' in value) || value.id !== id) return refused(design, 'nothing');
      return {
        design: withStep(design, value as Step),
        said: { key: 'changed', values: { name: step.name } },
      };
    }, field);
  }
}
