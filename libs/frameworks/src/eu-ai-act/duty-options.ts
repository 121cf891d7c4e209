import type { Option } from '@plumbline/workflow-engine';
import { euObligations } from './eu-ai-act.data.ts';

const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'],
  ...['October', 'November', 'December'],
];

/** `2027-12-02` as “2 December 2027”. */
function inWords(day: string): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return `${date} ${months[month - 1]!} ${year}`;
}

/** The duties of the EU AI Act as options, each with its article and the day it applies from. */
export const euDuties: readonly Option[] = euObligations.map(
  ({ id, article, duty, appliesFrom }) => ({
    key: id,
    label: `${article}: ${duty} (from ${inWords(appliesFrom)})`,
  }),
);
