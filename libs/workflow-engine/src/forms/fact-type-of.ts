import type { FactType } from '../expressions/condition.ts';
import type { Field } from '../definition/form.ts';

/** The fact type of an answer to this question. */
export function factTypeOf(field: Field): FactType {
  switch (field.type) {
    case 'text':
    case 'longtext':
    case 'lookup':
      return { kind: 'text' };
    case 'calculated':
      return { kind: field.gives === 'yes-no' ? 'boolean' : field.gives };
    case 'number':
    case 'scale':
      return { kind: 'number' };
    case 'date':
    case 'person':
    case 'people':
    case 'evidence':
      return { kind: field.type };
    case 'yes-no':
      return { kind: 'boolean' };
    case 'yes-no-unsure':
      return { kind: 'choice', options: ['yes', 'no', 'unsure'] };
    case 'select':
      return { kind: 'choice', options: field.options.map(({ key }) => key) };
    case 'multiselect':
      return { kind: 'choices', options: field.options.map(({ key }) => key) };
    case 'repeat':
      return {
        kind: 'list',
        of: Object.fromEntries(field.fields.map((one) => [one.key, factTypeOf(one)])),
      };
  }
}
