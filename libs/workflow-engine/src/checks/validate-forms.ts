import type { Expression, FactType } from '../expressions/condition.ts';
import type { Compiled } from '../definition/compiled.ts';
import type { FormStep } from '../definition/definition.ts';
import { type Dictionary, withRow } from '../expressions/dictionary.ts';
import { checkCondition, checkExpression, factsIn } from '../expressions/expressions.ts';
import type { Findings } from './findings.ts';
import { declareFact } from './fixes.ts';
import type { Field } from '../definition/form.ts';
import { neededBy, readByExpression } from '../definition/rules.ts';
import { checkNames } from './validate-graph.ts';
import { requireFact } from './validate-facts.ts';
import { sameValue } from '../expressions/value-type.ts';

/** Checks a step's form: keys, types of the facts that answers become, limits and conditions. */
export function checkForm(compiled: Compiled, step: FormStep, findings: Findings): void {
  const { form } = step;
  const place = `steps.${step.id}.form`;
  checkNames(
    findings,
    `${place}.sections`,
    form.sections.map(({ key }) => key),
  );
  const all = form.sections.flatMap(({ fields }) => fields.map(({ key }) => key));
  checkNames(findings, `${place}.fields`, all);
  for (const name of form.shows ?? []) requireFact(compiled, findings, name, { place });
  let later = all;
  for (const section of form.sections) {
    const at = { place: `${place}.${section.key}`, dictionary: compiled.dictionary, findings };
    checkWhen(at, section.when, later);
    for (const field of section.fields) {
      const inside = { ...at, place: `${place}.${field.key}` };
      checkWhen(inside, field.when, later);
      if (field.type === 'calculated') checkLater(inside, field.value, later);
      later = later.slice(1);
      const fact = requireFact(compiled, findings, field.key, {
        place: inside.place,
        source: 'form',
        fix: declareFact(field),
      });
      if (fact) checkField(inside, field, fact.type);
    }
  }
}

interface Spot {
  readonly place: string;
  readonly dictionary: Dictionary;
  readonly findings: Findings;
}

/** A condition of a form sees only the answers to questions before it. */
function checkWhen(spot: Spot, when: Field['when'], later: readonly string[]): void {
  if (!when) return;
  const { findings, place, dictionary } = spot;
  const problems = checkCondition(when, dictionary);
  for (const { code, message } of problems) {
    const kind = code === 'unknown-fact' ? 'undeclared-fact' : 'expression';
    findings.error(kind, `${place}.when`, message);
  }
  if (problems.length > 0) return;
  for (const name of factsIn(when).read) {
    if (later.includes(name)) {
      const message = `“${name}” is asked after this. Move it before.`;
      findings.error('bad-form', `${place}.when`, message);
    }
  }
}

/** What is worked out sees only the answers to questions before it. */
function checkLater({ findings, place }: Spot, value: Expression, later: readonly string[]): void {
  for (const name of readByExpression(value)) {
    if (later.includes(name)) {
      const message = `“${name}” is asked after this, or is this itself. Move it before.`;
      findings.error('bad-form', `${place}.value`, message);
    }
  }
}

function checkField(spot: Spot, field: Field, type: FactType): void {
  const { findings, place } = spot;
  const bad = (message: string) => findings.error('bad-form', place, message);
  if (!suits(field, type))
    bad(`A ${field.type} question cannot set a fact that is a ${type.kind}.`);
  if (field.type === 'select' || field.type === 'multiselect') {
    if (field.options.length === 0) bad('This question offers nothing to choose.');
    const keys = field.options.map(({ key }) => key);
    if (new Set(keys).size < keys.length || keys.includes('')) {
      bad('Every option needs a key of its own.');
    }
  }
  if (field.type === 'number' || field.type === 'scale') {
    const { min = -Infinity, max = Infinity } = field;
    if (min > max) bad('The least is more than the most.');
  }
  if (field.type === 'scale' && field.labels.length !== field.max - field.min + 1) {
    bad('A scale needs one label for each of its numbers.');
  }
  if (field.type === 'calculated') {
    for (const { code, message } of checkExpression(field.value, spot.dictionary, type)) {
      const kind = code === 'unknown-fact' ? 'undeclared-fact' : 'expression';
      findings.error(kind, `${place}.value`, message);
    }
  }
  if (field.type === 'repeat' && type.kind === 'list') checkRows(spot, field, type);
}

function checkRows(
  spot: Spot,
  field: Field & { readonly type: 'repeat' },
  type: FactType & { readonly kind: 'list' },
): void {
  const { findings, place } = spot;
  if (field.minRows < 0 || field.minRows > field.maxRows || field.maxRows > 500) {
    findings.error('bad-form', place, 'The numbers of rows must be 0 ≤ least ≤ most ≤ 500.');
  }
  const keys = field.fields.map(({ key }) => key);
  checkNames(findings, place, keys);
  const dictionary = withRow(spot.dictionary, type);
  field.fields.forEach((cell, at) => {
    const inside = { place: `${place}.${cell.key}`, dictionary, findings };
    checkWhen(inside, cell.when, keys.slice(at));
    if (cell.type === 'calculated') checkLater(inside, cell.value, keys.slice(at));
    const inner = Object.hasOwn(type.of, cell.key) ? type.of[cell.key] : undefined;
    if (inner) checkField(inside, cell, inner);
    else findings.error('undeclared-fact', inside.place, `The rows have no field “${cell.key}”.`);
  });
}

const unsure = ['yes', 'no', 'unsure'];

/** Whether answers to a question can become a fact of this type. */
function suits(field: Field, type: FactType): boolean {
  switch (field.type) {
    case 'text':
    case 'longtext':
    case 'lookup':
      return type.kind === 'text';
    case 'calculated':
      return type.kind === (field.gives === 'yes-no' ? 'boolean' : field.gives);
    case 'number':
    case 'scale':
      return type.kind === 'number';
    case 'date':
    case 'person':
    case 'people':
    case 'evidence':
      return type.kind === field.type;
    case 'yes-no':
      return type.kind === 'boolean';
    case 'yes-no-unsure':
      return type.kind === 'choice' && sameValue([...type.options].sort(), [...unsure].sort());
    case 'select':
      return type.kind === 'choice' && field.options.every(({ key }) => type.options.includes(key));
    case 'multiselect':
      return (
        type.kind === 'choices' && field.options.every(({ key }) => type.options.includes(key))
      );
    case 'repeat':
      return type.kind === 'list';
  }
}

/** Facts that conditions inside a form read, other than the form's own questions. */
export function factsReadByForm({ form }: FormStep): ReadonlySet<string> {
  const read = new Set<string>();
  const add = (when: Field['when'], own: readonly string[]): void => {
    for (const name of when ? neededBy(when) : []) if (!own.includes(name)) read.add(name);
  };
  const own = form.sections.flatMap(({ fields }) => fields.map(({ key }) => key));
  for (const section of form.sections) {
    add(section.when, own);
    for (const field of section.fields) {
      add(field.when, own);
      if (field.type !== 'repeat') continue;
      for (const cell of field.fields)
        add(cell.when, [...own, ...field.fields.map(({ key }) => key)]);
    }
  }
  return read;
}
