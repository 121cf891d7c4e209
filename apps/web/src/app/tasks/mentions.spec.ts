import { describe, expect, it } from '@jest/globals';
import { mentionAt, mentionedIn, suggestions, withMention } from './mentions.ts';

const people = [
  { id: '1', name: 'Ana Ruiz' },
  { id: '2', name: 'Tom Reid' },
  { id: '3', name: 'Zoë Anand' },
];

describe('mentions', () => {
  it.each([
    ['@', 1, { from: 0, text: '' }],
    ['Ask @an', 7, { from: 4, text: 'an' }],
    ['Ask @Ana R', 10, { from: 4, text: 'Ana R' }],
    ['mail ana@example', 16, null],
    ['Ask @an now', 3, null],
    ['plain', 5, null],
  ])('are found in %j at %i', (text, caret, found) => {
    expect(mentionAt(text, caret)).toEqual(found);
  });

  it('suggest people by any part of their name', () => {
    expect(suggestions(people, 'an').map(({ name }) => name)).toEqual(['Ana Ruiz', 'Zoë Anand']);
    expect(suggestions(people, 'xyz')).toEqual([]);
  });

  it('are written out in full, and found again', () => {
    const { text, caret } = withMention('Ask @an please', { from: 4, text: 'an' }, people[0]!);
    expect(text).toBe('Ask @Ana Ruiz  please');
    expect(caret).toBe(14);
    expect(mentionedIn(text, people)).toEqual([people[0]]);
  });
});
