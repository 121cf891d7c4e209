import {
  askedAnswers,
  dictionaryOf,
  type Dictionary,
  type FactDeclaration,
  type Facts,
  type FactValue,
  type Field,
  type FormDefinition,
  type VisibleSection,
  visibleFields,
  visibleRowFields,
} from '@plumbline/workflow-engine';

/** What is known of a form while it is being filled in, by the key of the question. */
export type Answers = Facts;
export type Section = VisibleSection;
export type RepeatField = Extract<Field, { type: 'repeat' }>;
export type Row = Facts;
/** Asks which questions one row of a table holds. */
export type RowFields = (field: RepeatField, row: Row) => readonly Field[];

/** Every question of a form, section by section. */
export function fieldsOf(form: FormDefinition): readonly Field[] {
  return form.sections.flatMap((section) => section.fields);
}

/** Whether somebody has answered: an empty text, list or table is no answer. */
export function isAnswered(value: FactValue | undefined): boolean {
  if (value === null || value === undefined) return false;
  if (typeof value === 'string') return value.trim() !== '';
  return !Array.isArray(value) || value.length > 0;
}

/** An answer of one value as text; nothing for lists and what is not answered. */
export function textOf(value: FactValue | undefined): string {
  return value === null || value === undefined || typeof value === 'object' ? '' : String(value);
}

/**
 * First answers: the reader's draft, else what is already known. Nothing is ever chosen for them, so
 * a question without either starts as `null`.
 */
export function startingAnswers(form: FormDefinition, known: Facts, draft: Facts | null): Answers {
  const first = (field: Field): FactValue => {
    if (draft && Object.hasOwn(draft, field.key)) return draft[field.key] ?? null;
    const value = Object.hasOwn(known, field.key) ? (known[field.key] ?? null) : null;
    if (field.type === 'repeat' && !isAnswered(value) && !field.suggestions) {
      return Array.from({ length: field.minRows }, () => ({}));
    }
    return value;
  };
  return Object.fromEntries(fieldsOf(form).map((field) => [field.key, first(field)]));
}

/** What a form asks, by the engine's own evaluation: the server asks and checks the same. */
export class Asking {
  readonly form: FormDefinition;
  readonly dictionary: Dictionary;
  /** Known facts that are not questions of this form. */
  readonly known: Facts;

  constructor(form: FormDefinition, declarations: readonly FactDeclaration[], known: Facts) {
    this.form = form;
    this.dictionary = dictionaryOf(declarations);
    const own = new Set(fieldsOf(form).map(({ key }) => key));
    this.known = Object.fromEntries(Object.entries(known).filter(([key]) => !own.has(key)));
  }

  /** The sections that are asked, each with its asked questions; empty ones are left out. */
  sections(answers: Answers): readonly Section[] {
    return visibleFields(this.form, this.dictionary, this.known, answers).filter(
      ({ fields }) => fields.length > 0,
    );
  }

  /** The questions asked in one row of a table; a row's own answers come before the form's. */
  rowFields(field: RepeatField, row: Row, answers: Answers): readonly Field[] {
    const { dictionary, known: facts } = this;
    return visibleRowFields(field, { dictionary, facts, answers }, row);
  }

  /** The answers to hand in: given, and to what is asked. */
  handIn(answers: Answers): Answers {
    return tidy(askedAnswers(this.form, this.dictionary, this.known, answers));
  }
}

/** Without what is not answered, and without spaces around texts. */
function tidy(answers: Answers): Answers {
  const entries: [string, FactValue][] = [];
  for (const [key, value] of Object.entries(answers)) {
    if (isAnswered(value)) entries.push([key, tidyValue(value)]);
  }
  return Object.fromEntries(entries);
}

function tidyValue(value: FactValue): FactValue {
  if (typeof value === 'string') return value.trim();
  const isTable = Array.isArray(value) && value.some((item) => typeof item === 'object');
  return isTable ? (value as readonly Row[]).map(tidy) : value;
}
