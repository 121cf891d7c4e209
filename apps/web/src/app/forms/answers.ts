import {
  dictionaryOf,
  type Condition,
  type Dictionary,
  type FactDeclaration,
  type Facts,
  type FactValue,
  type Field,
  type FormDefinition,
  holds,
  withRow,
} from '@plumbline/workflow-engine';

/** What is known of a form while it is being filled in, by the key of the question. */
export type Answers = Readonly<Record<string, FactValue>>;
export type Section = FormDefinition['sections'][number];
export type RepeatField = Extract<Field, { type: 'repeat' }>;
export type Row = Readonly<Record<string, FactValue>>;

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

/** Whether this is a day that exists: 31 February is not. */
export function isRealDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** The fact that an answer stands for; half-written dates and numbers stand for none yet. */
function factOf(field: Field, value: FactValue): FactValue {
  if (!isAnswered(value)) return null;
  if (field.type === 'date') return isRealDate(textOf(value)) ? value : null;
  if (field.type === 'number') return typeof value === 'number' ? value : null;
  return value;
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

/** What is asked, given the answers so far: by the engine's own evaluation, as on the server. */
export class Asking {
  private readonly dictionary: Dictionary;
  private readonly form: FormDefinition;
  private readonly known: Facts;

  constructor(form: FormDefinition, declarations: readonly FactDeclaration[], known: Facts) {
    this.form = form;
    this.known = known;
    this.dictionary = dictionaryOf(declarations);
  }

  /** The sections that are asked, each with its asked questions; empty ones are left out. */
  sections(answers: Answers): readonly Section[] {
    const facts = this.facts(answers);
    return this.form.sections
      .filter((section) => this.holds(section.when, facts))
      .map((section) => ({
        ...section,
        fields: section.fields.filter((field) => this.holds(field.when, facts)),
      }))
      .filter((section) => section.fields.length > 0);
  }

  /** The questions asked in one row of a table; a row's own answers come before the form's. */
  rowFields(field: RepeatField, row: Row, answers: Answers): readonly Field[] {
    if (field.fields.every(({ when }) => !when)) return field.fields;
    const declared = this.dictionary.declarations.get(field.key)?.type;
    const inside = declared?.kind === 'list' ? withRow(this.dictionary, declared) : this.dictionary;
    const facts = { ...this.facts(answers), ...row };
    return field.fields.filter(({ when }) => !when || holds(when, inside, facts));
  }

  /** The answers to hand in: of asked questions only. */
  handIn(answers: Answers): Answers {
    const entries: [string, FactValue][] = [];
    for (const field of this.sections(answers).flatMap(({ fields }) => fields)) {
      const value = answers[field.key] ?? null;
      if (isAnswered(value)) entries.push([field.key, this.tidy(field, value, answers)]);
    }
    return Object.fromEntries(entries);
  }

  private tidy(field: Field, value: FactValue, answers: Answers): FactValue {
    if (typeof value === 'string') return value.trim();
    if (field.type !== 'repeat' || !Array.isArray(value)) return value;
    return (value as readonly Row[]).map((row) =>
      Object.fromEntries(
        this.rowFields(field, row, answers)
          .map((one) => [one.key, this.tidy(one, row[one.key] ?? null, answers)] as const)
          .filter(([, answer]) => isAnswered(answer)),
      ),
    );
  }

  /**
   * Facts that conditions look at. An answer to a question that is no longer asked must not keep
   * another question open, so answers are taken away until what is asked no longer changes.
   */
  private facts(answers: Answers): Facts {
    const said = fieldsOf(this.form).map(
      (field) => [field.key, factOf(field, answers[field.key] ?? null)] as const,
    );
    let facts: Facts = { ...this.known, ...Object.fromEntries(said) };
    for (let pass = 0; pass < this.form.sections.length + 1; pass += 1) {
      const hidden = this.form.sections.flatMap((section) =>
        section.fields.filter(
          (field) =>
            (facts[field.key] ?? null) !== null &&
            !(this.holds(section.when, facts) && this.holds(field.when, facts)),
        ),
      );
      if (hidden.length === 0) return facts;
      facts = { ...facts, ...Object.fromEntries(hidden.map(({ key }) => [key, null])) };
    }
    return facts;
  }

  private holds(condition: Condition | undefined, facts: Facts): boolean {
    return !condition || holds(condition, this.dictionary, facts);
  }
}
