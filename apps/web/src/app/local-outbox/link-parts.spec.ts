import { linkParts } from './link-parts.ts';

describe('linkParts', () => {
  it('makes links of our own addresses and leaves others as text', () => {
    const text = 'Open http://localhost:4000/reset/abc\nor https://elsewhere.example/x today';
    expect(linkParts(text, 'http://localhost:4000')).toEqual([
      { text: 'Open ' },
      { text: 'http://localhost:4000/reset/abc', path: '/reset/abc' },
      { text: '\nor ' },
      { text: 'https://elsewhere.example/x' },
      { text: ' today' },
    ]);
  });
});
