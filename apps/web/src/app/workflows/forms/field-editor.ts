import { Component, computed, input, output } from '@angular/core';
import type { Condition, Field, Option } from '@plumbline/workflow-engine';
import { PropertySheet, type SheetChange } from '../inspector/property-sheet.ts';
import { isObject, type Property, type Variant } from '../inspector/property.ts';
import { asType, FIELD_TYPES, type FieldType, keyFor } from './form-edits.ts';

const limits: readonly Property[] = [
  { key: 'min', kind: 'number', optional: true },
  { key: 'max', kind: 'number', optional: true },
];
const options: Property = {
  ...{ key: 'options', kind: 'list' },
  by: 'key',
  item: [
    { key: 'label', kind: 'text', label: 'optionLabel' },
    { key: 'key', kind: 'text', label: 'optionKey' },
  ],
  make: (taken) => ({
    label: '',
    key: keyFor(
      'option',
      taken.map(({ key }) => String(key)),
    ),
  }),
};

function ownOf(type: FieldType): readonly Property[] {
  switch (type) {
    case 'text':
    case 'longtext':
      return [{ key: 'maxLength', kind: 'number', optional: true }];
    case 'number':
      return limits;
    case 'scale':
      return [
        { key: 'min', kind: 'number' },
        { key: 'max', kind: 'number' },
        { key: 'labels', kind: 'texts' },
      ];
    case 'select':
    case 'multiselect':
      return [options];
    case 'calculated':
      return [
        { key: 'gives', kind: 'choice', options: ['number', 'text', 'yes-no', 'date'] },
        { key: 'value', kind: 'cel' },
      ];
    case 'lookup':
      return [{ key: 'of', kind: 'choice', options: ['ai-system', 'workflow'], label: 'lookupOf' }];
    case 'repeat':
      return [
        { key: 'itemName', kind: 'text' },
        { key: 'minRows', kind: 'number' },
        { key: 'maxRows', kind: 'number' },
        {
          ...{ key: 'fields', kind: 'list', label: 'cells' },
          item: propertiesOf(FIELD_TYPES.filter((one) => one !== 'repeat' && one !== 'calculated')),
          make: (taken) => ({
            ...{ label: '', required: true, type: 'text' },
            key: keyFor(
              'cell',
              taken.map(({ key }) => String(key)),
            ),
          }),
        },
      ];
    default:
      return [];
  }
}

/** What every question has, read from one of any kind. */
function baseOf(value: Readonly<Record<string, unknown>>): Field {
  const { key, label, hint, why, required, when, options: offered } = value;
  const text = (it: unknown): string => (typeof it === 'string' ? it : '');
  const base = {
    ...{ key: text(key), label: text(label), required: required === true },
    ...(typeof hint === 'string' && { hint }),
    ...(typeof why === 'string' && { why }),
    ...(isObject(when) && { when: when as Condition }),
  };
  return Array.isArray(offered)
    ? { ...base, type: 'select', options: offered as readonly Option[] }
    : { ...base, type: 'text' };
}

function propertiesOf(types: readonly FieldType[]): readonly Property[] {
  const variants = types.map((type): Variant => ({
    name: `field-${type}`,
    is: (value) => value['type'] === type,
    make: (value) => asType(baseOf(value), type),
    of: ownOf(type),
  }));
  return [
    { key: 'label', kind: 'text', label: 'questionLabel' },
    { key: '', kind: 'variant', label: 'answerType', variants },
    { key: 'why', kind: 'text', optional: true },
    { key: 'hint', kind: 'text', optional: true, label: 'questionHint' },
    { key: 'required', kind: 'yes' },
    { key: 'when', kind: 'condition', optional: true, label: 'askedWhen' },
    { key: 'key', kind: 'text', label: 'factName' },
  ];
}

const PROPERTIES = propertiesOf(FIELD_TYPES);

/** Everything about one question. */
@Component({
  selector: 'app-field-editor',
  imports: [PropertySheet],
  template: `
    <app-property-sheet
      [properties]="properties"
      [value]="field()"
      [place]="place()"
      (changed)="change($event)"
    />
  `,
})
export class FieldEditor {
  readonly field = input.required<Field>();
  readonly id = input.required<string>();
  readonly changed = output<{ readonly field: Field; readonly typing: string | null }>();

  protected readonly properties = PROPERTIES;
  protected readonly place = computed(() => this.id());

  protected change({ value, field: typing }: SheetChange): void {
    // The sheet hands back the same question with one property changed.
    if ('key' in value && 'type' in value) this.changed.emit({ field: value as Field, typing });
  }
}
