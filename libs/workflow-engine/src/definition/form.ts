import type { Condition, Expression } from '../expressions/condition.ts';

/** A question of a form. `key` names the fact that the answer becomes. */
export type Field = FieldBase &
  (
    | { readonly type: 'text' | 'longtext'; readonly maxLength?: number }
    | { readonly type: 'number'; readonly min?: number; readonly max?: number }
    | { readonly type: 'date' | 'person' | 'people' | 'yes-no' | 'yes-no-unsure' }
    | { readonly type: 'select' | 'multiselect'; readonly options: readonly Option[] }
    /** Whole numbers from `min` to `max`, each with its meaning in words. */
    | {
        readonly type: 'scale';
        readonly min: number;
        readonly max: number;
        readonly labels: readonly string[];
      }
    /** One or more evidence items, by id. */
    | { readonly type: 'evidence' }
    /** Worked out from the answers, shown and kept, never typed. */
    | {
        readonly type: 'calculated';
        readonly value: Expression;
        readonly gives: 'number' | 'text' | 'yes-no' | 'date';
      }
    /** Chosen from the organisation's own records, by id. */
    | { readonly type: 'lookup'; readonly of: 'ai-system' | 'workflow' }
    /** A table of rows, each answering `fields`. `suggestions` may be taken over and edited. */
    | {
        readonly type: 'repeat';
        readonly fields: readonly Field[];
        readonly minRows: number;
        readonly maxRows: number;
        readonly itemName: string;
        readonly suggestions?: readonly Readonly<Record<string, string | number>>[];
      }
  );

interface FieldBase {
  readonly key: string;
  readonly label: string;
  readonly hint?: string;
  /** "Why we ask": what the answer feeds. */
  readonly why?: string;
  readonly required: boolean;
  /** Asked only when this holds. */
  readonly when?: Condition;
}

export interface Option {
  readonly key: string;
  readonly label: string;
}

/** A form: sections of questions. One section is one page; more make a task list. */
export interface FormDefinition {
  readonly sections: readonly {
    readonly key: string;
    readonly title: string;
    readonly intro?: string;
    readonly when?: Condition;
    readonly fields: readonly Field[];
  }[];
  /** All sections on one page, under their titles, instead of a task list with a page for each. */
  readonly onePage?: boolean;
  /** Facts shown above the questions, read-only ("From the proposal"). */
  readonly shows?: readonly string[];
}
