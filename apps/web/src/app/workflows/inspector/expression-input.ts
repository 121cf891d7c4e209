import { Component, computed, inject, input, output } from '@angular/core';
import { checkCondition, checkExpression, type FactType } from '@plumbline/workflow-engine';
import { words } from '../../platform/index.ts';
import { DesignerStore } from '../designer/designer-store.ts';
import type file from '../workflows.en-GB.json';

/** An expression as text, checked against the declared facts as it is typed. */
@Component({
  selector: 'app-expression-input',
  template: `
    <textarea
      rows="2"
      spellcheck="false"
      [id]="controlId()"
      [value]="value()"
      [readOnly]="store.readOnly()"
      [attr.aria-label]="label()"
      [attr.aria-invalid]="problem() ? true : null"
      [attr.aria-describedby]="problem() ? controlId() + '-problem' : null"
      (input)="changed.emit(read($event))"
    ></textarea>
    @if (problem(); as text) {
      <p class="problem" [id]="controlId() + '-problem'">{{ text }}</p>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s-1);
    }
    textarea {
      min-block-size: 60px;
      font-family: var(--font-mono);
      font-size: 14px;
    }
    .problem {
      font: var(--text-meta);
      color: var(--st-bad-fg);
    }
  `,
})
export class ExpressionInput {
  readonly controlId = input.required<string>();
  readonly value = input.required<string>();
  /** Its name, when no label on the page belongs to it. */
  readonly label = input<string | null>(null);
  readonly optional = input(false);
  /** The type of the fact that it sets. */
  readonly expected = input<FactType>();
  /** It is a condition: yes or no. */
  readonly yesOrNo = input(false);
  readonly changed = output<string>();

  protected readonly t = words<typeof file>('workflows');
  protected readonly store = inject(DesignerStore);
  protected readonly problem = computed(() => {
    const cel = this.value();
    if (cel.trim() === '') return this.optional() ? null : this.t('expression.missing');
    const dictionary = this.store.dictionary();
    const problems = this.yesOrNo()
      ? checkCondition({ cel }, dictionary)
      : checkExpression({ cel }, dictionary, this.expected());
    return problems[0]?.message ?? null;
  });

  protected read(event: Event): string {
    return (event.target as HTMLTextAreaElement).value;
  }
}
