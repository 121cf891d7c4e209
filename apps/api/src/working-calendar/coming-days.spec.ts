import { describe, expect, it } from '@jest/globals';
import { comingDaysOff } from './coming-days.ts';

describe('coming days off', () => {
  it('are those by rule and those of the organisation, in order, for twelve months', () => {
    const daysOff = [
      { date: '2026-12-24', name: 'Christmas Eve' },
      { date: '2026-11-24', name: 'Yesterday' },
      { date: '2027-11-25', name: 'In a year' },
    ];
    const days = comingDaysOff({ holidayCalendar: 'england-and-wales', daysOff }, '2026-11-25');
    expect(days.slice(0, 3)).toEqual([
      { date: '2026-12-24', name: 'Christmas Eve', own: true },
      { date: '2026-12-25', name: 'Christmas Day', own: false },
      { date: '2026-12-28', name: 'Boxing Day (substitute day)', own: false },
    ]);
    expect(days).toHaveLength(9);
  });

  it('are none by rule after the years that are known, and none without a calendar', () => {
    expect(comingDaysOff({ holidayCalendar: 'scotland', daysOff: [] }, '2045-01-01')).toEqual([]);
    expect(comingDaysOff({ holidayCalendar: 'custom', daysOff: [] }, '2026-11-25')).toEqual([]);
  });
});
