/** A length of time in the largest unit that tells it well. */
export interface Span {
  readonly unit: 'seconds' | 'minutes' | 'hours' | 'days';
  readonly count: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seconds in words' units: seconds below a minute, hours up to two days; never negative. */
export function spanOf(seconds: number): Span {
  const span = Math.max(0, seconds);
  if (span < MINUTE) return { unit: 'seconds', count: Math.floor(span) };
  if (span < HOUR) return { unit: 'minutes', count: Math.round(span / MINUTE) };
  if (span < 2 * DAY) return { unit: 'hours', count: Math.round(span / HOUR) };
  return { unit: 'days', count: Math.round(span / DAY) };
}

/** Says a span in words; what took less than a minute is not counted in seconds. */
export function spanInWords(
  say: { (key: 'span.short'): string; count(stem: `span.${Span['unit']}`, count: number): string },
  seconds: number,
): string {
  const { unit, count } = spanOf(seconds);
  return unit === 'seconds' ? say('span.short') : say.count(`span.${unit}`, count);
}
