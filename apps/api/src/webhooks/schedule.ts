import type { CallEnd } from '../platform/outgoing/index.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds from a failed attempt to the next: about three days in all. */
export const WAITS = [
  5,
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  18 * HOUR,
  24 * HOUR,
] as const;

/** How much a wait is lengthened at most by chance, so that what failed together is not tried together. */
const JITTER = 0.2;
/** The longest that a receiver may ask to be left alone, in seconds. */
const LONGEST_REST = 24 * HOUR;

/** Days of failure without one success after which an endpoint is switched off. */
export const FAILING_DAYS = 3;

/** `unknown`: nobody knows how it ended. */
export type Ended = CallEnd | { readonly kind: 'unknown' };

export const isDelivered = (end: Ended): boolean =>
  end.kind === 'answered' && end.status >= 200 && end.status < 300;

/** By 410 a receiver says that it is not there any more, and will not be. */
export const isGone = (end: Ended): boolean => end.kind === 'answered' && end.status === 410;

/** What comes after an attempt: nothing more, or another one in so many seconds. */
export type Next =
  | { readonly state: 'delivered' | 'failed' }
  | { readonly state: 'pending'; readonly inSeconds: number };

/**
 * Decides after the attempt that `tries` attempts of the schedule came before. `chance` is from 0 to 1.
 * Once `arrived` stays so: when it was sent again and failed, the receiver still has it.
 */
export function afterAttempt(
  end: Ended,
  { tries, arrived, chance }: { tries: number; arrived: boolean; chance: number },
): Next {
  if (isDelivered(end) || arrived) return { state: 'delivered' };
  const wait = isGone(end) ? undefined : WAITS[tries];
  if (wait === undefined) return { state: 'failed' };
  const asked = end.kind === 'answered' ? Math.min(end.retryAfter ?? 0, LONGEST_REST) : 0;
  return { state: 'pending', inSeconds: Math.round(Math.max(wait, asked) * (1 + JITTER * chance)) };
}
