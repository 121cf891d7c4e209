import { dayIn, periodOf } from './period.ts';

it.each([
  ['2026-11-25', '2026-11-25'],
  ['2024-02-29', '2024-02-29'],
  ['2026-02-29', undefined],
  ['2026-13-01', undefined],
  ['25/11/2026', undefined],
  ['', undefined],
  [undefined, undefined],
])('reads the day %s', (text, day) => {
  expect(dayIn(text)).toBe(day);
});

it.each([
  [undefined, undefined, { from: '2026-08-28', to: '2026-11-25' }],
  ['2026-11-01', undefined, { from: '2026-11-01', to: '2026-11-25' }],
  [undefined, '2026-03-31', { from: '2026-01-01', to: '2026-03-31' }],
  ['2026-01-05', '2026-02-01', { from: '2026-01-05', to: '2026-02-01' }],
])('is about %s to %s', (from, to, period) => {
  expect(periodOf(from, to, '2026-11-25')).toEqual(period);
});
