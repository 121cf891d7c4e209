import type { FactValue, Field } from '@plumbline/workflow-engine';
import { type Answers, type Asking, isAnswered, isRealDate, type Row, textOf } from './answers.ts';

export type ProblemKind =
  | 'missing-text'
  | 'missing-longtext'
  | 'missing-number'
  | 'missing-date'
  | 'missing-person'
  | 'missing-people'
  | 'missing-evidence'
  | 'missing-repeat'
  | 'missing-some'
  | 'missing-choice'
  | 'too-long'
  | 'no-number'
  | 'too-small'
  | 'too-large'
  | 'no-such-date'
  | 'too-few-rows'
  | 'too-many-rows'
  /** The server's own words. */
  | 'refused';

/** What must be put right about one answer; `kind` names the words, `params` fills them. */
export interface AnswerProblem {
  /** `purpose`, or `risks.2.title` inside a table. */
  readonly path: string;
  readonly kind: ProblemKind;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Everything wrong with the answer to one asked question; of a table, also with its rows. */
export function problemsOf(
  field: Field,
  value: FactValue,
  asking: Asking,
  answers: Answers,
): readonly AnswerProblem[] {
  return check(field, value, field.key, (repeat, row) => asking.rowFields(repeat, row, answers));
}

type RowFields = (field: Extract<Field, { type: 'repeat' }>, row: Row) => readonly Field[];

function check(
  field: Field,
  value: FactValue,
  path: string,
  rowFields: RowFields,
): readonly AnswerProblem[] {
  const say = (
    kind: ProblemKind,
    params: AnswerProblem['params'] = {},
  ): readonly AnswerProblem[] => [{ path, kind, params: { label: field.label, ...params } }];
  if (!isAnswered(value)) return field.required ? say(missing(field)) : [];
  switch (field.type) {
    case 'text':
    case 'longtext':
      return field.maxLength && textOf(value).length > field.maxLength
        ? say('too-long', { max: field.maxLength })
        : [];
    case 'number':
    case 'scale':
      return numberProblem(value, field.min, field.max, say);
    case 'date':
      return isRealDate(textOf(value)) ? [] : say('no-such-date');
    case 'repeat':
      return rowsProblems(field, value as readonly Row[], path, rowFields);
    default:
      return [];
  }
}

function missing(field: Field): ProblemKind {
  switch (field.type) {
    case 'text':
    case 'longtext':
    case 'number':
    case 'date':
    case 'person':
    case 'people':
    case 'evidence':
    case 'repeat':
      return `missing-${field.type}`;
    case 'multiselect':
      return 'missing-some';
    default:
      return 'missing-choice';
  }
}

type Say = (kind: ProblemKind, params?: AnswerProblem['params']) => readonly AnswerProblem[];

function numberProblem(
  value: FactValue,
  min: number | undefined,
  max: number | undefined,
  say: Say,
): readonly AnswerProblem[] {
  if (typeof value !== 'number' || !Number.isFinite(value)) return say('no-number');
  if (min !== undefined && value < min) return say('too-small', { min });
  if (max !== undefined && value > max) return say('too-large', { max });
  return [];
}

function rowsProblems(
  field: Extract<Field, { type: 'repeat' }>,
  rows: readonly Row[],
  path: string,
  rowFields: RowFields,
): readonly AnswerProblem[] {
  const found: AnswerProblem[] = [];
  const params = { label: field.label, item: field.itemName };
  if (rows.length < field.minRows) {
    found.push({ path, kind: 'too-few-rows', params: { ...params, min: field.minRows } });
  }
  if (rows.length > field.maxRows) {
    found.push({ path, kind: 'too-many-rows', params: { ...params, max: field.maxRows } });
  }
  rows.forEach((row, at) => {
    for (const one of rowFields(field, row)) {
      found.push(...check(one, row[one.key] ?? null, `${path}.${at}.${one.key}`, rowFields));
    }
  });
  return found;
}
