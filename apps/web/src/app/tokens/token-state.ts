import type { Token } from '@plumbline/contracts';

export type TokenState = 'works' | 'expired' | 'revoked';

/** Whether a token is of use at `now`; one that was revoked stays so after its end. */
export function tokenState(
  { expiresAt, revokedAt }: Pick<Token, 'expiresAt' | 'revokedAt'>,
  now: Date,
): TokenState {
  if (revokedAt) return 'revoked';
  return Date.parse(expiresAt) > now.getTime() ? 'works' : 'expired';
}
