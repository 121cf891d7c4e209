import type { Field, FormDefinition } from '@plumbline/workflow-engine';
import { freeName } from '../model/design.ts';

/** The kinds of questions, the usual ones first. */
export const FIELD_TYPES = [
  'text',
  'longtext',
  'yes-no',
  'yes-no-unsure',
  'select',
  'multiselect',
  'number',
  'scale',
  'date',
  'person',
  'people',
  'evidence',
  'repeat',
  'calculated',
  'lookup',
] as const satisfies readonly Field['type'][];
export type FieldType = (typeof FIELD_TYPES)[number];

type Sections = FormDefinition['sections'];

/** A name for a question with this label: `riskLevel`. */
export function keyFor(label: string, taken: Iterable<string>): string {
  const words = freeName(label || 'question', []).split('-');
  const camel = words
    .map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
  const used = new Set(taken);
  for (let at = 1; ; at += 1) {
    const key = at === 1 ? camel : `${camel}${at}`;
    if (!used.has(key)) return key;
  }
}

/** A question of another kind that keeps its words, and what both kinds have. */
export function asType(field: Field, type: FieldType): Field {
  const { key, label, hint, why, required, when } = field;
  const base = {
    ...{ key, label, required },
    ...(hint !== undefined && { hint }),
    ...(why !== undefined && { why }),
    ...(when !== undefined && { when }),
  };
  const options = 'options' in field ? field.options : [];
  switch (type) {
    case 'text':
    case 'longtext':
    case 'number':
    case 'date':
    case 'person':
    case 'people':
    case 'yes-no':
    case 'yes-no-unsure':
    case 'evidence':
      return { ...base, type };
    case 'select':
    case 'multiselect':
      return { ...base, type, options };
    case 'scale':
      return { ...base, type, min: 1, max: 5, labels: ['1', '2', '3', '4', '5'] };
    case 'calculated':
      return { ...base, required: false, type, value: { cel: '' }, gives: 'number' };
    case 'lookup':
      return { ...base, type, of: 'ai-system' };
    case 'repeat':
      return { ...base, type, fields: [], minRows: 0, maxRows: 20, itemName: label };
  }
}

/** A new question, still without words. */
export function newField(form: FormDefinition, label: string): Field {
  const taken = form.sections.flatMap(({ fields }) => fields.map(({ key }) => key));
  return { key: keyFor(label, taken), label, required: true, type: 'text' };
}

/** The form with other sections. */
export const withSections = (form: FormDefinition, sections: Sections): FormDefinition => ({
  ...form,
  sections,
});

/** The form with the fields of one section changed. */
export function withFields(
  form: FormDefinition,
  section: number,
  change: (fields: readonly Field[]) => readonly Field[],
): FormDefinition {
  return withSections(
    form,
    form.sections.map((one, at) => (at === section ? { ...one, fields: change(one.fields) } : one)),
  );
}

/** A list with one item moved by one place. */
export function movedBy<T>(items: readonly T[], at: number, by: -1 | 1): readonly T[] {
  const item = items[at];
  const to = at + by;
  if (item === undefined || to < 0 || to >= items.length) return items;
  return items.toSpliced(at, 1).toSpliced(to, 0, item);
}

/** Options from text, one a line: `key: label`, or a label alone, which makes its key. */
export function optionsOf(text: string): readonly { key: string; label: string }[] {
  const keys: string[] = [];
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [, written, rest] = /^([A-Za-z][\w.-]*):\s*(.+)$/.exec(line) ?? [];
      const label = rest ?? line;
      const key = written ?? freeName(label, keys);
      keys.push(key);
      return { key, label };
    });
}

/** Options as {@link optionsOf} reads them. */
export const textOfOptions = (options: readonly { key: string; label: string }[]): string =>
  options.map(({ key, label }) => `${key}: ${label}`).join('\n');
