import { dictionaryOf, type FactDeclaration, type FactType } from '@plumbline/workflow-engine';
import { cellsOf, conditionOf, readCell, textOfCell } from './cell-text.ts';
import { tableFindings } from './table-findings.ts';

const choice: FactType = { kind: 'choice', options: ['low', 'medium', 'high'] };
const number: FactType = { kind: 'number' };
const facts: readonly FactDeclaration[] = [
  { name: 'risk', type: choice, source: 'form' },
  { name: 'score', type: number, source: 'form' },
  { name: 'sold', type: { kind: 'boolean' }, source: 'form' },
  { name: 'said', type: { kind: 'date' }, source: 'form' },
];

describe('a cell', () => {
  it.each([
    ['high', choice, 'high'],
    ['low,  high', choice, 'low, high'],
    ['>= medium', choice, '>= medium'],
    ['not low', choice, 'not low'],
    ['not low, high', choice, 'not low, high'],
    ['< 5', number, '< 5'],
    ['3, 4', number, '3, 4'],
    ['yes', { kind: 'boolean' }, 'yes'],
    ['has low', { kind: 'choices', options: ['low'] }, 'has low'],
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
    ['maybe', { kind: 'boolean' }],
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

describe('tableFindings', () => {
  const dictionary = dictionaryOf(facts);
  const table = (
    hit: 'first' | 'unique',
    inputs: readonly string[],
    ...cells: readonly (readonly string[])[]
  ) =>
    tableFindings(
      {
        ...{ key: 't', name: 'T', hit, inputs, outputs: [] },
        rules: cells.map((row) => {
          const read = new Map(
            inputs.flatMap((name, at) => {
              const type = facts.find((fact) => fact.name === name)?.type ?? null;
              const cell = readCell(name, row[at] ?? '', type);
              return cell ? [[name, cell] as const] : [];
            }),
          );
          const when = conditionOf(read, inputs);
          return { then: {}, ...(when && { when }) };
        }),
      },
      dictionary,
    );

  it('finds the case without a row', () => {
    expect(table('first', ['risk', 'sold'], ['high', 'yes'], ['low, medium', ''])).toEqual([
      { kind: 'gap', example: { risk: 'high', sold: false }, more: 0 },
    ]);
  });

  it('finds rows that fit together, and where', () => {
    expect(table('unique', ['score'], ['>= 3'], ['<= 3'])).toEqual([
      { kind: 'overlap', rows: [0, 1], example: { score: 3 } },
    ]);
  });

  it('finds a row behind another', () => {
    expect(table('first', ['risk'], ['>= low'], ['high'])).toEqual([{ kind: 'never', row: 1 }]);
  });

  it('finds nothing in a whole table', () => {
    expect(table('unique', ['score'], ['> 3'], ['<= 3'])).toEqual([]);
    expect(table('first', ['risk'], ['high'], [''])).toEqual([]);
  });

  it('says what it cannot try', () => {
    expect(table('first', ['said'], ['known'])).toEqual([{ kind: 'unchecked', input: 'said' }]);
  });
});
