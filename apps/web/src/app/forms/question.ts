import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, inject, input, model, output } from '@angular/core';
import type { FormValueControl } from '@angular/forms/signals';
import { DateField } from '@plumbline/ui';
import type { FactValue, Field } from '@plumbline/workflow-engine';
import { words } from '../platform/index.ts';
import { type Choice, ChoiceControl } from './controls/choice-control.ts';
import { ChoicesControl } from './controls/choices-control.ts';
import { EvidenceControl } from './controls/evidence-control.ts';
import { PeopleControl } from './controls/people-control.ts';
import { PersonControl } from './controls/person-control.ts';
import { RowsControl } from './controls/rows-control.ts';
import { textOf } from './answers.ts';
import { FormContext } from './form-context.ts';
import type file from './forms.en-GB.json';
import { controlId } from './form-state.ts';
import type { AnswerProblem } from './problems.ts';

/** Longest list of options shown as radio buttons; beyond it a list box is easier to read. */
const MOST_RADIOS = 8;

const GROUPS: readonly Field['type'][] = [
  ...(['yes-no', 'yes-no-unsure', 'multiselect', 'scale', 'evidence', 'repeat'] as const),
];

/** One question: words, control and what is wrong with the answer. Knows every type of field. */
@Component({
  selector: 'app-question',
  imports: [
    ChoiceControl,
    ChoicesControl,
    DateField,
    EvidenceControl,
    NgTemplateOutlet,
    PeopleControl,
    PersonControl,
    RowsControl,
  ],
  templateUrl: './question.html',
  styleUrl: './question.scss',
  host: { '[class.wrong]': '!!mine()', '(focusout)': 'touch.emit()' },
})
export class Question implements FormValueControl<FactValue> {
  readonly value = model<FactValue>(null);
  readonly touch = output();
  readonly question = input.required<Field>();
  readonly path = input.required<string>();
  /** What to say about this answer and, in a table, about its rows; empty until handing in is tried. */
  readonly problems = input<readonly AnswerProblem[]>([]);

  protected readonly t = words<typeof file>('forms');
  protected readonly context = inject(FormContext);
  protected readonly id = computed(() => controlId(this.path()));
  protected readonly mine = computed(() =>
    this.problems().find((problem) => problem.path === this.path()),
  );
  protected readonly describedBy = computed(() => {
    const ids = [
      ...(this.question().hint ? [`${this.id()}-hint`] : []),
      ...(this.mine() ? [`${this.id()}-error`] : []),
    ];
    return ids.length > 0 ? ids.join(' ') : null;
  });
  /** Questions with several controls are a group with a legend; the others a label. */
  protected readonly grouped = computed(() => {
    const { type } = this.question();
    if (type === 'select') return this.radios();
    return GROUPS.includes(type);
  });
  private readonly radios = computed(() => {
    const question = this.question();
    return question.type === 'select' && question.options.length <= MOST_RADIOS;
  });
  protected readonly choices = computed((): readonly Choice[] => {
    const question = this.question();
    switch (question.type) {
      case 'yes-no':
        return [
          { value: true, label: this.t('yes') },
          { value: false, label: this.t('no') },
        ];
      case 'yes-no-unsure':
        return (['yes', 'no', 'unsure'] as const).map((value) => ({ value, label: this.t(value) }));
      case 'select':
        return question.options.map(({ key, label }) => ({ value: key, label }));
      case 'scale':
        return Array.from({ length: question.max - question.min + 1 }, (_, at) => ({
          value: question.min + at,
          label: [question.min + at, question.labels[at]].filter((part) => part !== '').join(' – '),
        }));
      default:
        return [];
    }
  });
  protected readonly text = computed(() => textOf(this.value()));

  protected typed(event: Event): void {
    const { value } = event.target as HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
    this.value.set(value === '' ? null : value);
  }

  protected dated(day: string): void {
    this.value.set(day === '' ? null : day);
  }

  /** Text that is no number is kept as written, so that the person can see and mend it. */
  protected typedNumber(event: Event): void {
    const text = (event.target as HTMLInputElement).value.trim();
    const plain = text.replaceAll(',', '').replace(/\s/g, '');
    this.value.set(text === '' ? null : /^-?\d*\.?\d+$/.test(plain) ? Number(plain) : text);
  }
}
