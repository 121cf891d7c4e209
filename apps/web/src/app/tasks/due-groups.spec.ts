import { dueGroup, localDay } from './due-groups.ts';

describe('dueGroup', () => {
  it.each([
    [null, 'open-ended'],
    ['2026-11-24', 'late'],
    ['2026-11-25', 'today'],
    ['2026-11-26', 'week'],
    ['2026-12-02', 'week'],
    ['2026-12-03', 'later'],
    ['2027-11-25', 'later'],
  ])('on 25 November 2026, %s is %s', (due, group) => {
    expect(dueGroup(due, '2026-11-25')).toBe(group);
  });
});

it('takes the day of an instant in the zone of the reader', () => {
  const lateEvening = new Date(2026, 10, 25, 23, 59);
  expect(localDay(lateEvening.toISOString())).toBe('2026-11-25');
});
