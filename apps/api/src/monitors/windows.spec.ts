import { describe, expect, it } from '@jest/globals';
import { periodAfter } from './windows.ts';

describe('the end of the next window', () => {
  it.each([
    ['2026-11-24', 'day', '2026-11-25'],
    ['2026-12-28', 'week', '2027-01-04'],
    ['2026-01-31', 'month', '2026-02-28'],
    ['2028-01-31', 'month', '2028-02-29'],
    ['2026-12-15', 'month', '2027-01-15'],
    ['2026-11-30', 'quarter', '2027-02-28'],
    ['2028-02-29', 'year', '2029-02-28'],
  ] as const)('%s and a %s later: %s', (from, every, to) => {
    expect(periodAfter(from, every)).toBe(to);
  });
});
