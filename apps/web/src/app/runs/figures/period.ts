/** How many days figures tell of when nobody says from when (today is the last). */
const DAYS = 90;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A real day as it stands in an address; anything else is none. */
export function dayIn(text: string | undefined): string | undefined {
  if (!text || !DAY.test(text)) return undefined;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : undefined;
}

/** The first day and the last that figures are about; what is not said ends today. */
export function periodOf(
  from: string | undefined,
  to: string | undefined,
  today: string,
): { readonly from: string; readonly to: string } {
  const last = to ?? today;
  const first = new Date(`${last}T00:00:00Z`);
  first.setUTCDate(first.getUTCDate() - (DAYS - 1));
  return { from: from ?? first.toISOString().slice(0, 10), to: last };
}

/** The day that it is for the reader. */
export function today(now: Date): string {
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
