import { alike, differingParts, paired } from './difference-list.ts';
import type { Place } from './difference-report.ts';
import type { Compared } from './difference-steps.ts';
import type { Field, FormDefinition } from '../definition/form.ts';
import { listed, quoted, valueInWords } from '../people/words.ts';

type Section = FormDefinition['sections'][number];

const kinds: Readonly<Record<Field['type'], string>> = {
  text: 'a line of text',
  longtext: 'a longer text',
  number: 'a number',
  date: 'a date',
  person: 'a person',
  people: 'people',
  'yes-no': 'yes or no',
  'yes-no-unsure': 'yes, no or unsure',
  select: 'one of a list',
  multiselect: 'some of a list',
  scale: 'a scale',
  evidence: 'evidence',
  calculated: 'worked out',
  lookup: 'a record',
  repeat: 'a table of rows',
};

/** Sections and questions of a form. */
export function compareForms({ place, name, before, after }: Compared<FormDefinition>): void {
  const sections = paired(before?.sections, after?.sections, ({ key }) => key);
  const section = (key: string) => `form.sections.${key}`;
  for (const { key, item } of sections.added) {
    const text = `${name} has a new section ${quoted(item.title)}.`;
    place.noticed('added', 'question', section(key), text);
  }
  for (const { key, item } of sections.removed) {
    const text = `${name} no longer has the section ${quoted(item.title)}.`;
    place.noticed('removed', 'question', section(key), text);
  }
  for (const pair of sections.kept) compareSection(pair.before, pair.after, name, place);
  if (sections.reordered) {
    const text = `The sections of ${name} come in another order.`;
    place.noticed('moved', 'question', 'form.sections', text);
  }
  compareFields(fieldsOf(before), fieldsOf(after), { place, name, where: 'form' });
  if (!alike(before?.onePage ?? false, after?.onePage ?? false)) {
    const now = after?.onePage ? 'on one page' : 'page by page';
    place.noticed('changed', 'question', 'form.onePage', `${name} is now asked ${now}.`);
  }
  if (!alike(before?.shows ?? [], after?.shows ?? [])) {
    const [now, was] = [place.now.facts(after?.shows), place.was.facts(before?.shows)];
    const text = `Above its questions ${name} now shows ${now}, was ${was}.`;
    place.noticed('changed', 'question', 'form.shows', text);
  }
}

interface Asked {
  readonly section: string;
  readonly field: Field;
}

function fieldsOf(form: FormDefinition | undefined): readonly Asked[] {
  return (form?.sections ?? []).flatMap(({ key, fields }) =>
    fields.map((field) => ({ section: key, field })),
  );
}

function compareSection(before: Section, after: Section, name: string, place: Place): void {
  const title = `Section ${quoted(after.title)} of ${name}`;
  for (const part of differingParts(before, after)) {
    const where = `form.sections.${after.key}.${part}`;
    if (part === 'fields') continue;
    if (part === 'title') {
      const text = `Section ${quoted(before.title)} of ${name} is now called ${quoted(after.title)}.`;
      place.noticed('renamed', 'question', where, text);
    } else if (part === 'when') {
      const [was, now] = place.report.whens(before.when, after.when);
      place.noticed('changed', 'question', where, `${title} is now asked ${now}, was ${was}.`);
    } else {
      place.noticed('changed', 'question', where, `${title} has another ${part}.`);
    }
  }
}

interface At {
  readonly place: Place;
  /** The step, or the table of rows in it. */
  readonly name: string;
  readonly where: string;
}

function compareFields(before: readonly Asked[], after: readonly Asked[], at: At): void {
  const { place, name, where } = at;
  const fields = paired(before, after, ({ field }) => field.key);
  for (const { key, item } of fields.added) {
    const must = item.field.required ? ', which must be answered' : '';
    const text = `${name} now asks ${quoted(item.field.label)}${must}.`;
    place.noticed('added', 'question', `${where}.${key}`, text);
  }
  for (const { key, item } of fields.removed) {
    const text = `${name} no longer asks ${quoted(item.field.label)}.`;
    place.noticed('removed', 'question', `${where}.${key}`, text);
  }
  for (const { key, before: was, after: now } of fields.kept) {
    if (was.section !== now.section) {
      const text = `${quoted(now.field.label)} of ${name} has moved to another section.`;
      place.noticed('moved', 'question', `${where}.${key}`, text);
    }
    compareField(was.field, now.field, { ...at, where: `${where}.${key}` });
  }
  if (fields.reordered) {
    const text = `The questions of ${name} come in another order.`;
    place.noticed('moved', 'question', where, text);
  }
}

function compareField(before: Field, after: Field, at: At): void {
  const { place, where } = at;
  const label = `${quoted(after.label)} of ${at.name}`;
  const [was, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  for (const part of differingParts(before, after)) {
    const tell = (text: string, kind: 'changed' | 'renamed' = 'changed') =>
      place.noticed(kind, 'question', `${where}.${part}`, text);
    switch (part) {
      case 'label':
        tell(`${quoted(before.label)} of ${at.name} now reads ${quoted(after.label)}.`, 'renamed');
        break;
      case 'type':
        tell(`${label} is now ${kinds[after.type]}, was ${kinds[before.type]}.`);
        break;
      case 'required':
        tell(`${label} ${after.required ? 'must now' : 'need no longer'} be answered.`);
        break;
      case 'when': {
        const [old, fresh] = place.report.whens(before.when, after.when);
        tell(`${label} is now asked ${fresh}, was ${old}.`);
        break;
      }
      case 'options':
        compareOptions(before, after, { ...at, name: label });
        break;
      case 'fields': {
        const cells = (field: Field) =>
          field.type === 'repeat' ? field.fields.map((cell) => ({ section: '', field: cell })) : [];
        compareFields(cells(before), cells(after), { ...at, name: label });
        break;
      }
      case 'hint':
      case 'why':
      case 'suggestions':
      case 'labels':
        place.quiet('changed', 'question', `${where}.${part}`, `${label} has another ${part}.`);
        break;
      default:
        tell(
          `${label}: ${limits[part] ?? part} is now ${said(now.get(part))}, was ${said(was.get(part))}.`,
        );
    }
  }
}

function said(value: unknown): string {
  return value === undefined ? 'not set' : valueInWords(value);
}

const limits: Readonly<Record<string, string>> = {
  maxLength: 'the greatest length',
  min: 'the least',
  max: 'the most',
  minRows: 'the least number of rows',
  maxRows: 'the greatest number of rows',
  itemName: 'the name of a row',
  value: 'the calculation',
  gives: 'the result',
  of: 'what is chosen from',
};

function compareOptions(before: Field, after: Field, { place, name, where }: At): void {
  const optionsOf = (field: Field) => ('options' in field ? field.options : []);
  const options = paired(optionsOf(before), optionsOf(after), ({ key }) => key);
  const list = (items: typeof options.added) => listed(items.map(({ item }) => quoted(item.label)));
  const tell = (kind: 'added' | 'removed' | 'renamed' | 'moved', text: string) =>
    place.noticed(kind, 'question', `${where}.options`, text);
  if (options.added.length > 0) tell('added', `${name} now offers ${list(options.added)}.`);
  if (options.removed.length > 0) {
    tell('removed', `${name} no longer offers ${list(options.removed)}.`);
  }
  for (const { before: was, after: now } of options.kept) {
    if (was.label === now.label) continue;
    tell('renamed', `Option ${quoted(was.label)} of ${name} now reads ${quoted(now.label)}.`);
  }
  if (options.reordered) tell('moved', `The options of ${name} come in another order.`);
}
