import { Injectable, signal } from '@angular/core';
import type { PersonRef } from '@plumbline/contracts';
import { words } from '../platform/index.ts';
import type { RowFields } from './answers.ts';
import type { FormState } from './form-state.ts';
import type file from './forms.en-GB.json';
import type { AnswerProblem } from './problems.ts';

/** What the questions of one form share; provided by the component that shows the form. */
@Injectable()
export class FormContext {
  private readonly t = words<typeof file>('forms');
  readonly people = signal<readonly PersonRef[]>([]);
  readonly state = signal<FormState | null>(null);
  /** Questions whose first answer was already known, and nobody has changed yet. */
  readonly prefilled = signal<ReadonlySet<string>>(new Set());

  /** A problem in words. */
  say({ kind, params }: AnswerProblem): string {
    return this.t(`problem.${kind}`, params);
  }

  readonly rowFields: RowFields = (field, row) => {
    const state = this.state();
    return state ? state.asking.rowFields(field, row, state.answers()) : field.fields;
  };
}
