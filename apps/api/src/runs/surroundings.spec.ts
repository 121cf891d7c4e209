import { describe, expect, it } from '@jest/globals';
import { deadline } from '@plumbline/workflow-engine';
import { calendarOf, type OrganisationSettings } from './surroundings.ts';

const settings: OrganisationSettings = {
  ...{ working_days: [1, 2, 3, 4, 5], works_from: 540, works_until: 1020 },
  ...{ headcount: 200, time_zone: 'Europe/London', holiday_calendar: 'custom', holidays: [] },
  ...{ has_adviser: false, exceptions: [] },
};

describe('the calendar of an organisation', () => {
  it.each<[OrganisationSettings['holiday_calendar'], string[], string]>([
    ['custom', [], '2026-06-15'],
    ['scotland', [], '2026-06-16'],
    ['scotland', ['2026-06-16'], '2026-06-17'],
    ['england-and-wales', ['2026-06-15'], '2026-06-16'],
  ])('%s with %j of its own sets a deadline to %s', (holiday_calendar, holidays, expected) => {
    const calendar = calendarOf({ ...settings, holiday_calendar, holidays });
    const due = { amount: 1, unit: 'business-days' } as const;
    // From the Friday before the World Cup bank holiday.
    const at = deadline('2026-06-12T10:00:00.000Z', due, { ...calendar, dueFactor: 1 });
    expect(at.slice(0, 10)).toBe(expected);
  });
});
