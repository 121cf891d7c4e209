import { checkValue, isMissing } from './answer-values.ts';
import type { Facts, FactValue } from '../expressions/condition.ts';
import { type Dictionary, readFact, withRow } from '../expressions/dictionary.ts';
import { ExpressionFailure } from '../expressions/expression-failure.ts';
import { calculate, holds } from '../expressions/expressions.ts';
import type { Field, FormDefinition } from '../definition/form.ts';
import { hasShape } from '../expressions/value-type.ts';

/** What is wrong with one answer. `path` is like `risks.2.title`. */
export interface AnswerProblem {
  readonly path: string;
  readonly message: string;
}

/** A section of a form as it is asked now: without the questions whose condition does not hold. */
export interface VisibleSection {
  readonly key: string;
  readonly title: string;
  readonly intro?: string;
  readonly fields: readonly Field[];
}

type RepeatField = Field & { readonly type: 'repeat' };

/**
 * What the form asks, given the facts and the answers so far. A condition sees the facts of the
 * run and the answers to questions before it; a question that is not asked counts as unanswered.
 */
export function visibleFields(
  form: FormDefinition,
  dictionary: Dictionary,
  facts: Facts,
  answers: Facts,
): readonly VisibleSection[] {
  return look(form, dictionary, facts, answers).sections;
}

/** What one row of a repeated group asks, given the facts, the form's answers and the row's own. */
export function visibleRowFields(
  field: RepeatField,
  context: { readonly dictionary: Dictionary; readonly facts: Facts; readonly answers: Facts },
  row: Facts,
): readonly Field[] {
  const { dictionary, facts, answers } = context;
  return lookAtRow(field, dictionary, { ...facts, ...answers }, row).fields;
}

/** Everything that is wrong with the answers; nothing means that the form can be submitted. */
export function checkAnswers(
  form: FormDefinition,
  dictionary: Dictionary,
  facts: Facts,
  answers: Facts,
): readonly AnswerProblem[] {
  const { sections, known } = look(form, dictionary, facts, answers);
  const asked = sections.flatMap(({ fields }) => fields);
  return [
    ...strangers(
      form.sections.flatMap(({ fields }) => fields),
      asked,
      answers,
      '',
    ),
    ...asked.flatMap((field) => checkField(field, dictionary, known, answers)),
  ];
}

/** The answers without those to questions that are not asked now: what a browser should submit. */
export function askedAnswers(
  form: FormDefinition,
  dictionary: Dictionary,
  facts: Facts,
  answers: Facts,
): Facts {
  const { sections, known } = look(form, dictionary, facts, answers);
  const asked: Record<string, FactValue> = {};
  for (const { fields } of sections) {
    for (const field of fields) {
      if (field.type === 'calculated' || !Object.hasOwn(answers, field.key)) continue;
      const value = readFact(answers, field.key);
      asked[field.key] =
        field.type === 'repeat' && isRows(value)
          ? value.map((row) => {
              const { fields: inner } = lookAtRow(field, dictionary, known, row);
              const typed = inner.filter(({ type }) => type !== 'calculated');
              const keys = new Set(typed.map(({ key }) => key));
              return Object.fromEntries(Object.entries(row).filter(([key]) => keys.has(key)));
            })
          : value;
    }
  }
  return asked;
}

/**
 * The facts that valid answers become: every question of the form, unknown if it was not asked, and
 * what is worked out from the answers.
 */
export function completeAnswers(
  form: FormDefinition,
  dictionary: Dictionary,
  facts: Facts,
  answers: Facts,
): Facts {
  const complete: Record<string, FactValue> = {};
  const asked = askedAnswers(form, dictionary, facts, answers);
  const { sections, known } = look(form, dictionary, facts, answers);
  const shown = new Set(sections.flatMap(({ fields }) => fields.map(({ key }) => key)));
  for (const { fields } of form.sections) {
    for (const field of fields) {
      const value = readFact(asked, field.key);
      complete[field.key] = typeof value === 'string' && value.trim() === '' ? null : value;
      if (field.type === 'calculated' && shown.has(field.key)) {
        complete[field.key] = readFact(known, field.key);
      }
      if (field.type === 'repeat' && isRows(value)) {
        complete[field.key] = value.map((row) => withCalculated(field, dictionary, known, row));
      }
    }
  }
  return complete;
}

/** What a form works out as it is answered now, by question: for whoever shows it. */
export function calculatedAnswers(
  form: FormDefinition,
  dictionary: Dictionary,
  facts: Facts,
  answers: Facts,
): Facts {
  const { sections, known } = look(form, dictionary, facts, answers);
  const worked = sections.flatMap(({ fields }) =>
    fields.filter(({ type }) => type === 'calculated'),
  );
  return Object.fromEntries(worked.map(({ key }) => [key, readFact(known, key)]));
}

function withCalculated(
  field: RepeatField,
  dictionary: Dictionary,
  facts: Facts,
  row: Readonly<Record<string, FactValue>>,
): Readonly<Record<string, FactValue>> {
  const { fields, known } = lookAtRow(field, dictionary, facts, row);
  const worked = fields.filter(({ type }) => type === 'calculated');
  return { ...row, ...Object.fromEntries(worked.map(({ key }) => [key, readFact(known, key)])) };
}

function look(
  form: FormDefinition,
  dictionary: Dictionary,
  facts: Facts,
  answers: Facts,
): { readonly sections: readonly VisibleSection[]; readonly known: Facts } {
  const known: Record<string, FactValue> = { ...facts };
  for (const { fields } of form.sections) for (const { key } of fields) known[key] = null;
  const sections: VisibleSection[] = [];
  for (const section of form.sections) {
    if (section.when && !holds(section.when, dictionary, known)) continue;
    const fields = section.fields.filter((field) => {
      const asked = !field.when || holds(field.when, dictionary, known);
      if (asked) known[field.key] = valueOf(field, dictionary, known, answers);
      return asked;
    });
    sections.push({ ...section, fields });
  }
  return { sections, known };
}

function lookAtRow(
  field: RepeatField,
  dictionary: Dictionary,
  facts: Facts,
  row: Facts,
): { readonly fields: readonly Field[]; readonly dictionary: Dictionary; readonly known: Facts } {
  const type = dictionary.declarations.get(field.key)?.type;
  const inner = type?.kind === 'list' ? withRow(dictionary, type) : dictionary;
  const known: Record<string, FactValue> = { ...facts };
  for (const { key } of field.fields) known[key] = null;
  const fields = field.fields.filter((cell) => {
    const asked = !cell.when || holds(cell.when, inner, known);
    if (asked) known[cell.key] = valueOf(cell, inner, known, row);
    return asked;
  });
  return { fields, dictionary: inner, known };
}

/** What is known of a question: worked out from the answers before it, or answered. */
function valueOf(field: Field, dictionary: Dictionary, known: Facts, answers: Facts): FactValue {
  if (field.type !== 'calculated') return sound(field, dictionary, answers);
  const type = dictionary.declarations.get(field.key)?.type;
  try {
    return calculate(field.value, dictionary, known, type);
  } catch (error) {
    // On these answers it cannot be worked out, as in a division by zero: it is not known then.
    if (error instanceof ExpressionFailure) return null;
    throw error;
  }
}

/** The answer for conditions to look at; one that is not acceptable counts as unanswered. */
function sound(field: Field, dictionary: Dictionary, answers: Facts): FactValue {
  const type = dictionary.declarations.get(field.key)?.type;
  const value = readFact(answers, field.key);
  const fits = type && hasShape(value, type) && !isMissing(value);
  return fits && checkValue(field, value) === null ? value : null;
}

/** Answers to what the form does not have, or does not ask now. */
function strangers(
  all: readonly Field[],
  asked: readonly Field[],
  answers: Facts,
  within: string,
): readonly AnswerProblem[] {
  const keys = new Set(asked.map(({ key }) => key));
  const hidden = new Set(all.map(({ key }) => key));
  return Object.keys(answers)
    .filter((key) => !keys.has(key) && !(hidden.has(key) && readFact(answers, key) === null))
    .map((key) => ({
      path: `${within}${key.slice(0, 80)}`,
      message: hidden.has(key)
        ? 'This question is not asked with your other answers. Remove this answer.'
        : 'There is no such question here. Remove this answer.',
    }));
}

function checkField(
  field: Field,
  dictionary: Dictionary,
  known: Facts,
  answers: Facts,
  within = '',
): readonly AnswerProblem[] {
  const path = `${within}${field.key}`;
  const value = readFact(answers, field.key);
  if (field.type === 'calculated' && isMissing(value)) return [];
  if (isMissing(value)) {
    const wanted = field.required || (field.type === 'repeat' && field.minRows > 0);
    return wanted ? [{ path, message: `Answer “${field.label}”.` }] : [];
  }
  const message = checkValue(field, value);
  if (message !== null) return [{ path, message }];
  return field.type === 'repeat' && isRows(value)
    ? value.flatMap((row, at) =>
        checkRow(field, dictionary, known, { row, path: `${path}.${at}.` }),
      )
    : [];
}

function checkRow(
  field: RepeatField,
  dictionary: Dictionary,
  known: Facts,
  { row, path }: { readonly row: Facts; readonly path: string },
): readonly AnswerProblem[] {
  const seen = lookAtRow(field, dictionary, known, row);
  return [
    ...strangers(field.fields, seen.fields, row, path),
    ...seen.fields.flatMap((cell) => checkField(cell, seen.dictionary, seen.known, row, path)),
  ];
}

function isRows(value: FactValue): value is readonly Readonly<Record<string, FactValue>>[] {
  return (
    Array.isArray(value) &&
    value.every((row: unknown) => typeof row === 'object' && row !== null && !Array.isArray(row))
  );
}
