import { tokenState } from './token-state.ts';

const NOON = '2026-11-25T12:00:00.000Z';
const LATER = '2026-11-25T12:00:00.001Z';
const EARLIER = '2026-11-25T11:59:59.999Z';

describe('the state of a service token', () => {
  it.each([
    ['before its end', LATER, null, 'works'],
    ['at its end', NOON, null, 'expired'],
    ['after its end', EARLIER, null, 'expired'],
    ['revoked before its end', LATER, EARLIER, 'revoked'],
    ['revoked, and past its end', EARLIER, EARLIER, 'revoked'],
  ])('%s', (_, expiresAt, revokedAt, state) => {
    expect(tokenState({ expiresAt, revokedAt }, new Date(NOON))).toBe(state);
  });
});
