import { ROLE_LABELS } from '@plumbline/policies';

/** Names of people by id, for texts that mention them. */
export type Names = ReadonlyMap<string, { readonly name: string }>;

const date = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `2026-11-25` or an instant as “25 November 2026”, in the given time zone for an instant. */
export function dateInWords(iso: string, timeZone?: string): string {
  const at = new Date(iso);
  if (timeZone === undefined || !iso.includes('T')) return date.format(at);
  return at.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone,
  });
}

/** What a role is called on screens. */
export const roleInWords = (role: string): string =>
  Object.entries(ROLE_LABELS).find(([key]) => key === role)?.[1] ?? plain(role);

/** `off-the-shelf-tool` as “Off the shelf tool”: a key where no label is written down. */
export const plain = (key: string): string => {
  const text = key.replace(/^.*\./, '').replaceAll(/[-_]/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** How a run ended, in words. */
export const outcomeInWords = (outcome: string): string => plain(outcome).toLowerCase();
