import { checkAnswers, type FactValue, type Field } from '@plumbline/workflow-engine';
import { type Answers, type Asking, fieldsOf, isAnswered } from './answers.ts';

/** Names of words for what is wrong; `said` are the engine's or the server's own. */
export type ProblemKind = `missing-${MissingKind}` | 'no-such-date' | 'no-number' | 'said';

type MissingKind =
  'text' | 'number' | 'date' | 'person' | 'people' | 'evidence' | 'repeat' | 'some' | 'choice';

/** What must be put right about one answer. */
export interface AnswerProblem {
  /** `purpose`, or `risks.2.title` inside a table. */
  readonly path: string;
  readonly kind: ProblemKind;
  readonly params: Readonly<Record<string, string>>;
}

/** What the engine would refuse, in the order of the form and in words that fit the controls. */
export function problemsOf(asking: Asking, answers: Answers): readonly AnswerProblem[] {
  const { form, dictionary, known } = asking;
  return checkAnswers(form, dictionary, known, asking.handIn(answers)).map(({ path, message }) => {
    const { field, value } = locate(fieldsOf(form), answers, path.split('.'));
    const kind = field ? kindOf(field, value) : 'said';
    return { path, kind, params: { label: field?.label ?? '', message } };
  });
}

function kindOf(field: Field, value: FactValue): ProblemKind {
  if (!isAnswered(value)) return `missing-${missing(field.type)}`;
  if (field.type === 'date') return 'no-such-date';
  return field.type === 'number' && typeof value !== 'number' ? 'no-number' : 'said';
}

function missing(type: Field['type']): MissingKind {
  switch (type) {
    case 'text':
    case 'longtext':
      return 'text';
    case 'number':
    case 'date':
    case 'person':
    case 'people':
    case 'evidence':
    case 'repeat':
      return type;
    case 'multiselect':
      return 'some';
    default:
      return 'choice';
  }
}

/** The question and the answer at a path; inside tables by row and column. */
function locate(
  fields: readonly Field[],
  answers: Answers,
  [key = '', row, ...rest]: readonly string[],
): { readonly field: Field | undefined; readonly value: FactValue } {
  const field = fields.find((one) => one.key === key);
  const value = answers[key] ?? null;
  if (row === undefined || field?.type !== 'repeat' || !Array.isArray(value)) {
    return { field, value };
  }
  const inside = (value as readonly Answers[])[Number(row)] ?? {};
  return locate(field.fields, inside, rest);
}
