import { spanOf } from './span.ts';

it.each([
  [-5, 'seconds', 0],
  [0, 'seconds', 0],
  [59.9, 'seconds', 59],
  [60, 'minutes', 1],
  [3599, 'minutes', 60],
  [3600, 'hours', 1],
  [47 * 3600, 'hours', 47],
  [48 * 3600, 'days', 2],
  [9.6 * 86_400, 'days', 10],
] as const)('tells %d seconds in %s', (seconds, unit, count) => {
  expect(spanOf(seconds)).toEqual({ unit, count });
});
