const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september'],
  ...['october', 'november', 'december'],
] as const;

/** Today where the reader is, `YYYY-MM-DD`. */
export function todayHere(now = new Date()): string {
  return iso(now.getFullYear(), now.getMonth() + 1, now.getDate()) ?? '';
}

/** The day so many days after another, both `YYYY-MM-DD`. */
export function dayAfter(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/**
 * The day that people mean by a text, `YYYY-MM-DD`, or null: “25 November 2026”, “Wed 25 Nov”,
 * “November 25th, 2026”, “25/11/2026”, “25.11.26”, “2026-11-25”, “today”, “tomorrow”, “yesterday”.
 * Numbers are read day first. Without a year it is the next such day from `today` on.
 */
export function readDate(text: string, today: string): string | null {
  const said = text.trim().toLowerCase().replaceAll(',', ' ').replace(/\s+/g, ' ');
  if (said === 'today') return today;
  if (said === 'tomorrow') return dayAfter(today, 1);
  if (said === 'yesterday') return dayAfter(today, -1);
  return isoDay(said) ?? inNumbers(said, today) ?? inWords(said, today);
}

function isoDay(said: string): string | null {
  const found = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(said);
  return found && iso(Number(found[1]), Number(found[2]), Number(found[3]));
}

function inNumbers(said: string, today: string): string | null {
  const found = /^(\d{1,2})[/. -](\d{1,2})(?:[/. -](\d{2}|\d{4}))?\.?$/.exec(said);
  if (!found) return null;
  return dayOf(Number(found[1]), Number(found[2]), found[3], today);
}

function inWords(said: string, today: string): string | null {
  const plain = said.replace(/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.? /, '');
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]{3,9})\.?(?: (\d{2}|\d{4}))?$/.exec(
    plain,
  );
  if (dayFirst) return dayOf(Number(dayFirst[1]), monthOf(dayFirst[2] ?? ''), dayFirst[3], today);
  const monthFirst = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?: (\d{2}|\d{4}))?$/.exec(plain);
  if (!monthFirst) return null;
  return dayOf(Number(monthFirst[2]), monthOf(monthFirst[1] ?? ''), monthFirst[3], today);
}

/** The number of a month, from 1; 0 for a word that is none. */
function monthOf(word: string): number {
  return MONTHS.findIndex((month) => month.startsWith(word)) + 1;
}

function dayOf(day: number, month: number, year: string | undefined, today: string): string | null {
  if (year !== undefined)
    return iso(year.length === 2 ? 2000 + Number(year) : Number(year), month, day);
  const thisYear = Number(today.slice(0, 4));
  // The 29th of February may be years ahead.
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const found = iso(thisYear + ahead, month, day);
    if (found !== null && found >= today) return found;
  }
  return null;
}

/** Null for a day that its month does not have. */
function iso(year: number, month: number, day: number): string | null {
  if (year < 1000 || year > 9999 || month < 1 || month > 12) return null;
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day
    ? at.toISOString().slice(0, 10)
    : null;
}
