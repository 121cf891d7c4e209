import { merge } from './merge.ts';

const opened = { purpose: 'Ranks CVs', supplier: null, kinds: ['a'] };

it.each([
  ['nobody', opened, opened, opened, []],
  ['only me', { ...opened, supplier: 'X' }, opened, { ...opened, supplier: 'X' }, []],
  ['only them', opened, { ...opened, kinds: ['a', 'b'] }, { ...opened, kinds: ['a', 'b'] }, []],
  [
    'both, the same way',
    { ...opened, supplier: 'X' },
    { ...opened, supplier: 'X' },
    { ...opened, supplier: 'X' },
    [],
  ],
  [
    'both, other fields',
    { ...opened, supplier: 'X' },
    { ...opened, purpose: 'Sorts CVs' },
    { purpose: 'Sorts CVs', supplier: 'X', kinds: ['a'] },
    [],
  ],
  [
    'both, differently',
    { ...opened, supplier: 'X' },
    { ...opened, supplier: 'Y' },
    { ...opened, supplier: 'X' },
    [{ key: 'supplier', mine: 'X', theirs: 'Y' }],
  ],
])('when %s changed it', (_, mine, theirs, merged, clashes) => {
  expect(merge(opened, mine, theirs)).toEqual({ merged, clashes });
});
