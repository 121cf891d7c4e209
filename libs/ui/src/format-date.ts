/** `month` November 2026 · `long` 25 November 2026 · `short` 25 Nov 2026 · `weekday` Wednesday 25 November 2026 · `due` Wednesday 25 November. */
export type DateShape =
  'month' | 'long' | 'short' | 'weekday' | 'due' | 'time' | 'long-time' | 'short-time';

const parts: Record<'month' | 'long' | 'short' | 'weekday' | 'due', Intl.DateTimeFormatOptions> = {
  month: { month: 'long', year: 'numeric' },
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  short: { day: 'numeric', month: 'short', year: 'numeric' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  due: { weekday: 'long', day: 'numeric', month: 'long' },
};

const aDay = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The one way to write a date. A day (`YYYY-MM-DD`) never shifts with the reader's zone; an instant
 * is shown in `timeZone`, by default the reader's. Text that is no date comes back empty.
 */
export function formatDate(iso: string, shape: DateShape, timeZone?: string): string {
  const day = aDay.test(iso);
  const at = new Date(day ? `${iso}T00:00:00Z` : iso);
  if (Number.isNaN(at.getTime())) return '';
  const zone = day ? 'UTC' : timeZone;
  const clock = (): string =>
    write(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, zone);
  switch (shape) {
    case 'time':
      return clock();
    case 'long-time':
      return `${write(at, parts.long, zone)}, ${clock()}`;
    case 'short-time':
      return `${write(at, parts.short, zone)}, ${clock()}`;
    default:
      return write(at, parts[shape], zone);
  }
}

function write(at: Date, options: Intl.DateTimeFormatOptions, timeZone?: string): string {
  // "Sept" and a comma after the weekday are the CLDR's taste, not ours.
  return new Intl.DateTimeFormat('en-GB', { ...options, ...(timeZone && { timeZone }) })
    .format(at)
    .replace(',', '')
    .replace('Sept ', 'Sep ');
}

/** Whole days from `today` to `day`, both `YYYY-MM-DD`; negative when `day` has passed. */
export function daysUntil(day: string, today: string): number {
  return Math.round(
    (Date.parse(`${day.slice(0, 10)}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000,
  );
}
