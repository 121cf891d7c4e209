import type { EvidenceItem } from '@plumbline/contracts';
import { formatDate } from '@plumbline/ui';
import type { Say } from '../platform/index.ts';
import type file from './evidence.en-GB.json';

/** The time that evidence covers, in words; null when it is not stated. */
export function periodText(
  { periodFrom, periodTo }: EvidenceItem,
  t: Say<typeof file>,
): string | null {
  const from = formatDate(periodFrom ?? '', 'short');
  const to = formatDate(periodTo ?? '', 'short');
  if (from && to) return t('periodText', { from, to });
  if (from) return t('periodFrom', { from });
  return to ? t('periodTo', { to }) : null;
}
