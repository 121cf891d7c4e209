import { describe, expect, it } from '@jest/globals';
import { refuseImpossibleDays, statusOf } from './engagement-rules.ts';

const day = (text: string) => new Date(`${text}T00:00:00Z`);
const now = day('2026-11-25');

describe('statusOf', () => {
  it.each([
    ['2026-11-01', '2026-12-01', null, 'live'],
    ['2026-11-25', '2026-12-01', null, 'live'],
    ['2026-11-26', '2026-12-01', null, 'planned'],
    ['2026-11-01', '2026-11-25', null, 'ended'],
    ['2026-11-01', '2026-12-01', '2026-11-20', 'revoked'],
    ['2026-10-01', '2026-11-01', '2026-10-20', 'revoked'],
  ])('from %s to %s, revoked %s: %s', (from, to, revoked, status) => {
    const revokedAt = revoked ? day(revoked) : null;
    expect(statusOf({ from: day(from), to: day(to), revokedAt }, now)).toBe(status);
  });
});

describe('refuseImpossibleDays', () => {
  it.each([
    ['2026-11-25', '2027-11-25', true],
    ['2026-01-01', '2026-11-26', true],
    ['2026-11-25', '2026-11-25', false],
    ['2026-01-01', '2026-11-24', false],
    ['2027-02-01', '2027-01-01', false],
    ['2026-11-25', '2030-11-25', false],
  ])('from %s to %s: %s', (from, to, possible) => {
    const check = () => refuseImpossibleDays(day(from), day(to), now);
    if (possible) expect(check).not.toThrow();
    else expect(check).toThrow();
  });
});
