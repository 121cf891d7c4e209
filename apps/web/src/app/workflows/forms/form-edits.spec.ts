import type { Field } from '@plumbline/workflow-engine';
import { asType, FIELD_TYPES, keyFor, movedBy } from './form-edits.ts';

describe('form edits', () => {
  it.each([
    ['What is the risk?', [], 'whatIsTheRisk'],
    ['Risk', ['risk'], 'risk2'],
    ['', [], 'question'],
    ['Risk (of 10)', [], 'riskOf10'],
  ])('make a name of %j', (label, taken, key) => {
    expect(keyFor(label, taken)).toBe(key);
  });

  it.each(FIELD_TYPES)('keep the words of a question that becomes %s', (type) => {
    const before: Field = {
      ...{ key: 'a', label: 'A', hint: 'h', why: 'w', required: false },
      ...{ type: 'select', options: [{ key: 'x', label: 'X' }] },
      when: { fact: 'f', is: 'known' },
    };
    expect(asType(before, type)).toMatchObject({ key: 'a', label: 'A', hint: 'h', why: 'w', type });
    if (type === 'multiselect') expect(asType(before, type)).toHaveProperty('options.0.key', 'x');
  });

  it('move an item by one place, and not over the edge', () => {
    expect(movedBy(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
    expect(movedBy(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  });
});
