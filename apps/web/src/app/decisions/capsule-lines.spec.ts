import { capsuleLines } from './capsule-lines.ts';

it('shows every leaf of a capsule with its place', () => {
  expect(
    capsuleLines({
      facts: { tier: 'high', owner: null, kinds: ['a', 'b'], ok: true },
      evidence: [{ id: 'e1', sha256: '00ff' }],
      none: [],
    }),
  ).toEqual([
    { path: 'facts · tier', text: 'high' },
    { path: 'facts · owner', text: '–' },
    { path: 'facts · kinds', text: 'a, b' },
    { path: 'facts · ok', text: 'true' },
    { path: 'evidence 1 · id', text: 'e1' },
    { path: 'evidence 1 · sha256', text: '00ff' },
    { path: 'none', text: '' },
  ]);
});
