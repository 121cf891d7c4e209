import { visibleFields, visibleRowFields } from './answers.ts';
import { isMissing } from './answer-values.ts';
import type { Facts, FactValue } from '../expressions/condition.ts';
import { type Dictionary, readFact } from '../expressions/dictionary.ts';
import type { Field, FormDefinition } from '../definition/form.ts';

type RepeatField = Field & { readonly type: 'repeat' };

/**
 * Answers that the form accepts: the given ones, and for every other required question that is
 * asked then the plainest answer there is. For simulation and tests.
 */
export function sampleAnswers(
  form: FormDefinition,
  dictionary: Dictionary,
  facts: Facts,
  given: Facts = {},
): Facts {
  return filledUp(given, (answers) => {
    const row = { dictionary, facts, answers };
    return visibleFields(form, dictionary, facts, answers)
      .flatMap(({ fields }) => fields)
      .map((field) => ({ field, sample: () => sampleOf(field, row) }));
  });
}

interface Context {
  readonly dictionary: Dictionary;
  readonly facts: Facts;
  readonly answers: Facts;
}

interface Asked {
  readonly field: Field;
  readonly sample: () => FactValue;
}

/** Answers the first open required question until none is left: each may open or close others. */
function filledUp(given: Facts, asked: (answers: Facts) => readonly Asked[]): Facts {
  let answers = given;
  for (;;) {
    const open = asked(answers).find(
      ({ field }) => isWanted(field) && isMissing(readFact(answers, field.key)),
    );
    if (!open) return answers;
    answers = { ...answers, [open.field.key]: open.sample() };
  }
}

function isWanted(field: Field): boolean {
  if (field.type === 'calculated') return false;
  return field.required || (field.type === 'repeat' && field.minRows > 0);
}

function sampleOf(field: Field, context: Context): FactValue {
  switch (field.type) {
    case 'text':
    case 'longtext':
      return 'Sample'.slice(0, field.maxLength);
    case 'number':
      return Math.max(field.min ?? 0, Math.min(field.max ?? 0, 0));
    case 'scale':
      return field.min;
    case 'date':
      return '2027-01-31';
    case 'person':
      return 'person-1';
    case 'people':
      return ['person-1'];
    case 'calculated':
      return null;
    case 'lookup':
      return 'record-1';
    case 'evidence':
      return ['evidence-1'];
    case 'yes-no':
      return false;
    case 'yes-no-unsure':
      return 'no';
    case 'select':
      return field.options[0]?.key ?? null;
    case 'multiselect':
      return field.options.slice(0, 1).map(({ key }) => key);
    case 'repeat':
      return sampleRows(field, context);
  }
}

function sampleRows(
  field: RepeatField,
  context: Context,
): readonly Readonly<Record<string, FactValue>>[] {
  const row = filledUp({}, (cells) =>
    visibleRowFields(field, context, cells).map((cell) => ({
      field: cell,
      sample: () => sampleOf(cell, context),
    })),
  );
  return Array.from({ length: Math.max(1, field.minRows) }, () => row);
}
