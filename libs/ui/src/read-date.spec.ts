import { dayAfter, readDate, todayHere } from './read-date.ts';

const today = '2026-11-25';

describe('readDate', () => {
  it.each([
    ['25 November 2026', '2026-11-25'],
    ['25 Nov 2026', '2026-11-25'],
    ['25 nov 26', '2026-11-25'],
    ['25th of November 2026', '2026-11-25'],
    ['Wed 25 Nov 2026', '2026-11-25'],
    ['Wednesday 25 November', '2026-11-25'],
    ['1 Sept 2027', '2027-09-01'],
    ['November 25, 2026', '2026-11-25'],
    ['25/11/2026', '2026-11-25'],
    ['5/6/2027', '2027-06-05'],
    ['05.06.27', '2027-06-05'],
    ['25-11-2026', '2026-11-25'],
    ['25 11 2026', '2026-11-25'],
    ['2026-11-25', '2026-11-25'],
    [' 2026-1-5 ', '2026-01-05'],
    ['24 Nov', '2027-11-24'],
    ['25/11', '2026-11-25'],
    ['29 Feb', '2028-02-29'],
    ['today', '2026-11-25'],
    ['Tomorrow', '2026-11-26'],
    ['yesterday', '2026-11-24'],
  ])('%j is %s', (text, day) => {
    expect(readDate(text, today)).toBe(day);
  });

  it.each([
    ...['', 'soon', '30 Feb 2027', '25/13/2026', '0/1/2027', '32 Jan', '29 Feb 2027', 'ju 5'],
    ...['2026-11', '25/11/202', '25 Novembers 2026', '11 25 1', '1e3', '25/11/2026 10:00'],
  ])('%j is no date', (text) => {
    expect(readDate(text, today)).toBeNull();
  });
});

describe('days', () => {
  it('go on over the ends of months and clock changes', () => {
    expect(dayAfter('2026-10-24', 1)).toBe('2026-10-25');
    expect(dayAfter('2027-03-28', 1)).toBe('2027-03-29');
    expect(dayAfter('2027-01-01', -1)).toBe('2026-12-31');
  });

  it('begin where the reader is', () => {
    expect(todayHere(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
  });
});
