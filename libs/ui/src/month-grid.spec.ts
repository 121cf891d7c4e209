import { monthsAfter, weeksOf } from './month-grid.ts';

describe('weeksOf', () => {
  it('gives whole weeks from Monday', () => {
    const weeks = weeksOf('2026-11');
    expect(weeks).toHaveLength(6);
    expect(weeks[0]?.[0]).toBe('2026-10-26');
    expect(weeks.at(-1)?.at(-1)).toBe('2026-12-06');
    // February 2027 begins on a Monday and ends on a Sunday.
    expect(weeksOf('2027-02')).toHaveLength(4);
  });
});

describe('monthsAfter', () => {
  it.each([
    ['2026-11-25', 1, '2026-12-25'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2028-02-29', 12, '2029-02-28'],
  ])('%s and %i months is %s', (day, months, expected) => {
    expect(monthsAfter(day, months)).toBe(expected);
  });
});
