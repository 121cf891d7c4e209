import type { Field, FormDefinition, Option } from './form.ts';
import { condition, expression, label, names, prose } from './rule-shape.ts';
import {
  byType,
  either,
  list,
  name,
  named,
  number,
  object,
  oneOf,
  optional,
} from '../expressions/shape.ts';
import { record, type Shape, text, yesNo } from '../expressions/shape.ts';

type Of<Type extends Field['type']> = Field extends infer One
  ? One extends { readonly type: infer Types }
    ? Type extends Types
      ? One
      : never
    : never
  : never;

const anyNumber = number(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
const option = named('option', () => object<Option>({ key: name(200), label }));

const field: Shape<Field> = named('field', () => {
  const base = {
    ...{ key: name(), label: prose, hint: optional(prose), why: optional(prose) },
    ...{ required: yesNo, when: optional(condition) },
  };
  const words = object<Of<'text' | 'longtext'>>({
    ...{ ...base, type: oneOf('text', 'longtext'), maxLength: optional(number(1, 100_000, true)) },
  });
  const plain = object<Of<'date'>>({
    ...{ ...base, type: oneOf('date', 'person', 'people', 'yes-no', 'yes-no-unsure') },
  });
  const choice = object<Of<'select' | 'multiselect'>>({
    ...{ ...base, type: oneOf('select', 'multiselect'), options: list(option, { most: 500 }) },
  });
  return byType<Field>({
    ...{ text: words, longtext: words, select: choice, multiselect: choice },
    ...{ date: plain, person: plain, people: plain, 'yes-no': plain, 'yes-no-unsure': plain },
    number: object<Of<'number'>>({
      ...{ ...base, type: oneOf('number'), min: optional(anyNumber), max: optional(anyNumber) },
    }),
    scale: object<Of<'scale'>>({
      ...{ ...base, type: oneOf('scale'), min: number(-1_000, 1_000, true) },
      ...{ max: number(-1_000, 1_000, true), labels: list(text(500), { most: 100 }) },
    }),
    evidence: object<Of<'evidence'>>({ ...base, type: oneOf('evidence') }),
    calculated: object<Of<'calculated'>>({
      ...{ ...base, type: oneOf('calculated'), value: expression },
      gives: oneOf('number', 'text', 'yes-no', 'date'),
    }),
    lookup: object<Of<'lookup'>>({
      ...{ ...base, type: oneOf('lookup'), of: oneOf('ai-system', 'workflow') },
    }),
    repeat: object<Of<'repeat'>>({
      ...{ ...base, type: oneOf('repeat'), fields: list(field, { most: 100, by: 'key' }) },
      ...{ minRows: number(0, 500, true), maxRows: number(0, 500, true), itemName: label },
      suggestions: optional(
        list(record(either<string | number>('text or a number', text(4_000), anyNumber), 100), {
          most: 500,
        }),
      ),
    }),
  });
});

type Section = FormDefinition['sections'][number];

/** A form of a step. */
export const formShape: Shape<FormDefinition> = named('form', () =>
  object<FormDefinition>({
    sections: list(
      object<Section>({
        ...{ key: name(), title: label, intro: optional(prose), when: optional(condition) },
        fields: list(field, { most: 200, by: 'key' }),
      }),
      { most: 100, by: 'key' },
    ),
    onePage: optional(yesNo),
    shows: optional(names),
  }),
);
