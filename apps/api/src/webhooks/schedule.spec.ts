import { describe, expect, it } from '@jest/globals';
import { afterAttempt, isDelivered, WAITS, type Ended } from './schedule.ts';

const answered = (status: number, retryAfter: number | null = null): Ended => ({
  kind: 'answered',
  ...{ status, retryAfter, excerpt: '' },
});
const SILENT: Ended = { kind: 'unanswered', why: 'timeout' };
const at = (tries: number, more: object = {}) => ({ tries, arrived: false, chance: 0, ...more });

describe('what comes after an attempt', () => {
  it.each([
    [200, true],
    [204, true],
    [299, true],
    [199, false],
    [300, false],
    [307, false],
    [404, false],
    [500, false],
  ])('status %i arrived: %s', (status, arrived) => {
    expect(isDelivered(answered(status))).toBe(arrived);
    const { state } = afterAttempt(answered(status), at(0));
    expect(state).toBe(arrived ? 'delivered' : 'pending');
  });

  it('tries for about three days, each time later, then gives up', () => {
    const waits: number[] = [];
    let next = afterAttempt(SILENT, at(0));
    for (let tries = 1; next.state === 'pending'; tries += 1) {
      waits.push(next.inSeconds);
      next = afterAttempt(SILENT, at(tries));
    }
    expect(next).toEqual({ state: 'failed' });
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    const days = waits.reduce((sum, wait) => sum + wait, 0) / 86_400;
    expect(days).toBeGreaterThan(3);
    expect(days).toBeLessThan(3.2);
  });

  it('spreads what failed together, by a fifth at most', () => {
    expect(afterAttempt(SILENT, at(2, { chance: 0 }))).toMatchObject({ inSeconds: 300 });
    expect(afterAttempt(SILENT, at(2, { chance: 1 }))).toMatchObject({ inSeconds: 360 });
  });

  it.each([
    ['longer than planned', 120, 120],
    ['shorter than planned', 1, 5],
    ['for ever', 999_999, 86_400],
  ])('lets a receiver rest that asks to be left alone %s', (_, retryAfter, inSeconds) => {
    expect(afterAttempt(answered(503, retryAfter), at(0))).toEqual({ state: 'pending', inSeconds });
  });

  it('does not go on where the receiver is gone', () => {
    expect(afterAttempt(answered(410), at(0))).toEqual({ state: 'failed' });
  });

  it('stays delivered when it was sent again and failed, and fails when it never arrived', () => {
    const last = WAITS.length;
    expect(afterAttempt(SILENT, at(last, { arrived: true }))).toEqual({ state: 'delivered' });
    expect(afterAttempt(SILENT, at(last))).toEqual({ state: 'failed' });
    expect(afterAttempt({ kind: 'unknown' }, at(0)).state).toBe('pending');
  });
});
