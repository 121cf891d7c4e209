import { optionLabel, standardForms } from '@plumbline/frameworks';
import type { FactValue, Field, WorkflowDefinition } from '@plumbline/workflow-engine';
import { dateInWords, plain, type Names } from './plain-words.ts';

/** One row of a list in words: what it is called, and what is said about it. */
export interface RowInWords {
  title: string;
  facts: { label: string; value: string }[];
}

type Fields = ReadonlyMap<string, Field>;

/** Questions by the fact that each answer becomes; of two for one fact, the one that asks more. */
function byFact(forms: Iterable<{ readonly sections: readonly { fields: readonly Field[] }[] }>) {
  const fields = new Map<string, Field>();
  for (const field of [...forms].flatMap(({ sections }) => sections.flatMap((one) => one.fields))) {
    const known = fields.get(field.key);
    if (!known || rowFieldsOf(field).length > rowFieldsOf(known).length)
      fields.set(field.key, field);
  }
  return fields;
}

const rowFieldsOf = (field: Field | undefined): readonly Field[] =>
  field?.type === 'repeat' ? field.fields : [];

const asked = new WeakMap<WorkflowDefinition, Fields>();
let library: Fields | undefined;

/** The question behind a fact: in this workflow, or in the one of the library that asks it. */
function fieldOf(definition: WorkflowDefinition, name: string): Field | undefined {
  let fields = asked.get(definition);
  if (!fields) {
    fields = byFact(definition.steps.flatMap((step) => ('form' in step ? [step.form] : [])));
    asked.set(definition, fields);
  }
  library ??= byFact(standardForms.map(({ form }) => form));
  return fields.get(name) ?? library.get(name);
}

/** What a fact is called: its description, else the question that it answers, else its name. */
export function factLabel(definition: WorkflowDefinition, name: string): string {
  const declared = definition.facts.find((fact) => fact.name === name);
  return declared?.description ?? fieldOf(definition, name)?.label ?? plain(name);
}

/** A fact's value in words; an unknown one is said to be unknown. A list is told by its titles. */
export function factInWords(
  definition: WorkflowDefinition,
  name: string,
  value: FactValue | undefined,
  names: Names,
): string {
  if (value === null || value === undefined || value === '') return 'Not known';
  const rows = factRows(definition, name, value, names);
  if (rows) return rows.map(({ title }) => title).join('; ');
  const kind = definition.facts.find((fact) => fact.name === name)?.type.kind;
  return inWords(value, { name, kind, field: fieldOf(definition, name) }, names);
}

/** The rows of a list in words, or null for what is no list or an empty one. */
export function factRows(
  definition: WorkflowDefinition,
  name: string,
  value: FactValue | undefined,
  names: Names,
): RowInWords[] | null {
  if (typeof value !== 'object' || value === null) return null;
  const rows = value.filter((row) => typeof row === 'object');
  if (rows.length === 0) return null;
  const fields = rowFieldsOf(fieldOf(definition, name));
  return rows.map((row, at) => rowInWords(row, fields, names, at));
}

function rowInWords(
  row: Readonly<Record<string, FactValue>>,
  fields: readonly Field[],
  names: Names,
  at: number,
): RowInWords {
  const facts = fields
    .filter(({ key }) => row[key] !== undefined && row[key] !== null && row[key] !== '')
    .map((field) => ({
      label: field.label,
      value: inWords(row[field.key]!, { name: field.key, kind: kindOf(field), field }, names),
    }));
  const [first, ...rest] = facts;
  return { title: first?.value ?? `Row ${at + 1}`, facts: rest };
}

interface Meaning {
  readonly name: string;
  readonly kind: string | undefined;
  readonly field: Field | undefined;
}

/** The kind of fact that a question inside a row asks for. */
const kindOf = ({ type }: Field): string =>
  type === 'select' ? 'choice' : type === 'multiselect' ? 'choices' : type;

function inWords(value: FactValue, meaning: Meaning, names: Names): string {
  if (value === null) return 'Not known';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return scaleLabel(value, meaning.field);
  if (typeof value === 'string') return textInWords(value, meaning, names);
  if (value.length === 0) return 'None';
  return value
    .map((item) => (typeof item === 'string' ? textInWords(item, meaning, names) : ''))
    .join(', ');
}

function scaleLabel(value: number, field: Field | undefined): string {
  const label = field?.type === 'scale' ? field.labels[value - field.min] : undefined;
  return label === undefined ? String(value) : `${value} (${label})`;
}

function textInWords(value: string, { name, kind, field }: Meaning, names: Names): string {
  if (kind === 'person' || kind === 'people') return names.get(value)?.name ?? 'Someone';
  if (kind === 'date') return dateInWords(value);
  if (kind === 'choice' || kind === 'choices') {
    const options = field && 'options' in field ? field.options : [];
    const label = options.find(({ key }) => key === value)?.label;
    return label ?? optionLabel(name, value) ?? plain(value);
  }
  if (kind === 'evidence') return 'Evidence attached';
  return value;
}
