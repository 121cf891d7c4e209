import type { HolidayCalendar } from './holidays.ts';

/** A bank holiday appointed, or moved, for one year only. */
export interface OneOffDay {
  readonly date: string;
  readonly name: string;
  readonly calendars: readonly HolidayCalendar[];
  /** The regular holiday that it takes the place of in that year. */
  readonly insteadOf?: 'early-may' | 'spring';
  /** Where it was announced. */
  readonly source: string;
}

const everywhere: readonly HolidayCalendar[] = [
  'england-and-wales',
  'scotland',
  'northern-ireland',
];

/**
 * Bank holidays of single years from 2020 on, by Royal Proclamation under the Banking and
 * Financial Dealings Act 1971. Later ones are added here when they are proclaimed.
 */
export const oneOffDays: readonly OneOffDay[] = [
  {
    ...{ date: '2020-05-08', name: 'Early May bank holiday (VE day)', calendars: everywhere },
    insteadOf: 'early-may',
    source: 'www.gov.uk/bank-holidays: moved from 4 May 2020, 75 years after VE day',
  },
  {
    ...{ date: '2022-06-02', name: 'Spring bank holiday', calendars: everywhere },
    insteadOf: 'spring',
    source: 'www.gov.uk/bank-holidays: moved from 30 May 2022 for the Platinum Jubilee',
  },
  {
    ...{ date: '2022-06-03', name: 'Platinum Jubilee bank holiday', calendars: everywhere },
    source: 'www.gov.uk/bank-holidays',
  },
  {
    date: '2022-09-19',
    name: 'Bank holiday for the State Funeral of Queen Elizabeth II',
    calendars: everywhere,
    source: 'www.gov.uk/bank-holidays',
  },
  {
    date: '2023-05-08',
    name: 'Bank holiday for the coronation of King Charles III',
    calendars: everywhere,
    source: 'www.gov.uk/bank-holidays',
  },
  {
    ...{ date: '2026-06-15', name: 'World Cup bank holiday', calendars: ['scotland'] },
    source: 'Royal Proclamation of 4 February 2026, for Scotland only',
  },
];
