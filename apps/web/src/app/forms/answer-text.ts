import type { PersonRef } from '@plumbline/contracts';
import { formatDate } from '@plumbline/ui';
import type { FactValue, Field } from '@plumbline/workflow-engine';
import { isAnswered, textOf } from './answers.ts';
import { stringsOf } from './controls/choices-control.ts';
import type { ShelfItem } from './evidence-shelf.ts';

/** What answers in words need to know. */
export interface AnswerNames {
  readonly people: readonly PersonRef[];
  readonly evidence: readonly ShelfItem[];
  readonly yes: string;
  readonly no: string;
  readonly unsure: string;
  readonly gone: string;
}

/** An answer as people read it, one line per part; none when nothing was answered. Rows are not for here. */
export function answerText(field: Field, value: FactValue, names: AnswerNames): readonly string[] {
  if (!isAnswered(value)) return [];
  switch (field.type) {
    case 'yes-no':
      return [value === true ? names.yes : names.no];
    case 'yes-no-unsure':
      return [value === 'yes' ? names.yes : value === 'no' ? names.no : names.unsure];
    case 'select':
      return [field.options.find(({ key }) => key === value)?.label ?? textOf(value)];
    case 'multiselect': {
      const chosen = new Set(stringsOf(value));
      return field.options.filter(({ key }) => chosen.has(key)).map(({ label }) => label);
    }
    case 'scale': {
      const label = field.labels[Number(value) - field.min];
      return [label ? `${Number(value)} – ${label}` : textOf(value)];
    }
    case 'date':
      // What is no date yet is shown as it was written.
      return [formatDate(textOf(value), 'long') || textOf(value)];
    case 'person':
      return [nameOf(textOf(value), names)];
    case 'people':
      return stringsOf(value).map((id) => nameOf(id, names));
    case 'evidence':
      return stringsOf(value).map((id) => {
        const item = names.evidence.find((one) => one.id === id);
        return item ? `${item.reference} ${item.shows}` : names.gone;
      });
    case 'repeat':
      return [];
    default:
      return [textOf(value)];
  }
}

function nameOf(id: string, { people, gone }: AnswerNames): string {
  return people.find((person) => person.id === id)?.name ?? gone;
}
