import type { Engagement } from '@plumbline/contracts';
import { Invalid } from '../platform/problems.ts';

/** Days that a firm may set a client up before somebody there confirms it. */
export const SET_UP_DAYS = 30;

/** The longest an engagement may run without being granted anew, in days. */
const LONGEST_DAYS = 3 * 366;
const DAY = 24 * 3600 * 1000;

/** What an engagement's days and its revocation make of it at this moment. */
export function statusOf(
  engagement: { readonly from: Date; readonly to: Date; readonly revokedAt: Date | null },
  now: Date,
): Engagement['status'] {
  if (engagement.revokedAt) return 'revoked';
  if (now < engagement.from) return 'planned';
  return now < engagement.to ? 'live' : 'ended';
}

/** Refuses days that make no engagement: an end before the start or in the past, or years away. */
export function refuseImpossibleDays(from: Date, to: Date, now: Date): void {
  const refuse = (message: string): never => {
    throw new Invalid('These days cannot be used.', [{ field: 'validTo', message }]);
  };
  if (to <= now) refuse('Choose an end in the future.');
  if (to <= from) refuse('Choose an end after the start.');
  if (to.getTime() - from.getTime() > LONGEST_DAYS * DAY) {
    refuse('Choose an end within three years. You can grant it anew then.');
  }
}
