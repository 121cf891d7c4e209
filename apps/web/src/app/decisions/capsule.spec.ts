import { capsuleWords } from './capsule.ts';

it('reads what is written for people, and makes do with what is there', () => {
  expect(
    capsuleWords({
      facts: [
        { name: 'tier', label: 'Tier', value: 'high', words: 'High' },
        { name: 'owner', value: null },
        'odd',
      ],
      gate: [
        { key: 'owner-accepted', label: 'The owner has accepted', met: true },
        { key: 'tier' },
      ],
    }),
  ).toEqual({
    facts: [
      { label: 'Tier', words: 'High' },
      { label: 'owner', words: '' },
    ],
    gate: [
      { label: 'The owner has accepted', met: true },
      { label: 'tier', met: false },
    ],
  });
  expect(capsuleWords({})).toEqual({ facts: [], gate: [] });
});
