import { tickStep } from './tick-step.ts';

it.each([
  [1, 4, 0.25],
  [0.3, 4, 0.1],
  [97, 4, 25],
  [1200, 4, 500],
])('puts round ticks over a span of %d', (span, count, step) => {
  expect(tickStep(span, count)).toBeCloseTo(step);
});
