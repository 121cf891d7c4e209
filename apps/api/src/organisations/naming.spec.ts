import { describe, expect, it } from '@jest/globals';
import { markOf, slugOf } from './naming.ts';

describe('slugOf', () => {
  it.each([
    ['Northgate Foods', 'northgate-foods'],
    ['Harbour & Co', 'harbour-and-co'],
    ['  Crème  Brûlée, S.A. ', 'creme-brulee-s-a'],
    ['株式会社', 'organisation'],
    ['---', 'organisation'],
    ['A'.repeat(80), 'a'.repeat(50)],
    [`${'a'.repeat(49)} bcd`, 'a'.repeat(49)],
  ])('%j → %s', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
    expect(slugOf(name)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });
});

describe('markOf', () => {
  it.each([
    ['Northgate Foods', 'NF'],
    ['Bluelight', 'BL'],
    ['Élan vital', 'EV'],
    ['株式会社', '株式'],
    ['!', '?'],
  ])('%j → %s', (name, text) => {
    const mark = markOf(name);
    expect(mark.text).toBe(text);
    expect(mark.plate).toBeGreaterThanOrEqual(0);
    expect(mark.plate).toBeLessThan(8);
    expect(markOf(name)).toEqual(mark);
  });
});
