import { describe, expect, it } from '@jest/globals';
import { judge, limitsFit, type Limits } from './judge.ts';

const ratio: Limits = { direction: 'at-least', warning: 0.85, breach: 0.8, minimumSample: null };
const drift: Limits = { direction: 'at-most', warning: 0.1, breach: 0.25, minimumSample: 200 };

describe('a measurement against its limits', () => {
  it.each([
    ['well above', ratio, 0.9, null, 'ok'],
    ['exactly on the warning', ratio, 0.85, null, 'ok'],
    ['just below the warning', ratio, 0.849, null, 'warning'],
    ['exactly on the breach', ratio, 0.8, null, 'warning'],
    ['below the breach', ratio, 0.799, null, 'breach'],
    ['small drift', drift, 0.05, 200, 'ok'],
    ['drift beyond the warning', drift, 0.11, 500, 'warning'],
    ['drift beyond the breach', drift, 0.26, 500, 'breach'],
    ['too few cases, whatever the value', drift, 9, 199, 'too-few'],
    ['an unknown number of cases', drift, 0, null, 'too-few'],
    ['no warning limit', { ...ratio, warning: null }, 0.81, null, 'ok'],
  ] as const)('%s', (_, limits, value, sample, verdict) => {
    expect(judge(limits, { value, sample })).toBe(verdict);
  });

  it.each([
    ['at-least', 0.85, 0.8, true],
    ['at-least', 0.7, 0.8, false],
    ['at-most', 0.1, 0.25, true],
    ['at-most', 0.3, 0.25, false],
    ['at-most', null, 0.25, true],
  ] as const)('%s: warning %p before breach %p is %p', (direction, warning, breach, fits) => {
    expect(limitsFit({ direction, warning, breach, minimumSample: null })).toBe(fits);
  });
});
