import type { FactType } from '@plumbline/workflow-engine';
import { cellsOf, conditionOf, readCell, textOfCell } from './cell-text.ts';

const choice: FactType = { kind: 'choice', options: ['low', 'medium', 'high'] };
const number: FactType = { kind: 'number' };

const yesNo: FactType = { kind: 'boolean' };
const several: FactType = { kind: 'choices', options: ['low'] };

describe('a cell', () => {
  it.each([
    ['high', choice, 'high'],
    ['low,  high', choice, 'low, high'],
    ['>= medium', choice, '>= medium'],
    ['not low', choice, 'not low'],
    ['not low, high', choice, 'not low, high'],
    ['< 5', number, '< 5'],
    ['3, 4', number, '3, 4'],
    ['yes', yesNo, 'yes'],
    ['has low', several, 'has low'],
    ['known', number, 'known'],
  ])('%j is read, and written again', (text, type, again) => {
    const cell = readCell('risk', text, type);
    expect(cell).toBeTruthy();
    expect(textOfCell(cell ?? undefined)).toBe(again);
  });

  it.each(['', ' ', '–'])('%j means any', (text) => {
    expect(readCell('risk', text, choice)).toBeUndefined();
  });

  it.each([
    ['severe', choice],
    ['>= low, high', choice],
    ['five', number],
    ['maybe', yesNo],
  ])('%j cannot be read', (text, type) => {
    expect(readCell('risk', text, type)).toBeNull();
  });

  it('is a part of the condition of its row', () => {
    const inputs = ['risk', 'score'];
    const high = { fact: 'risk', is: 'equal', value: 'high' } as const;
    const when = { all: [high] };
    const cells = cellsOf(when, inputs);
    expect(cells && conditionOf(cells, inputs)).toEqual(high);
    expect(cellsOf({ any: [] }, inputs)).toBeNull();
    expect(cellsOf({ fact: 'other', is: 'known' }, inputs)).toBeNull();
    expect(cellsOf({ all: [high, high] }, inputs)).toBeNull();
  });
});
