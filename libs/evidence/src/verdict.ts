/** How a check of a file or a record ended. `partial` is never shown as success. */
export type VerifyResult = 'genuine' | 'partial' | 'changed' | 'unknown';

const count = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];

/** `2026-11-25` as 25 November 2026; anything else as it is. */
function dayInWords(day: string): string {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? day : `${Number(date)} ${name} ${year!}`;
}

/** The heading and sentence for a result: the same words on the page, in the CLI and in the API. */
export function verdictWords(
  result: VerifyResult,
  about: {
    madeBy: string;
    madeOn: string;
    entries: { checked: number; total: number };
    problem?: { path: string; text: string; expected?: string; found?: string } | undefined;
  },
): { heading: string; text: string } {
  const { madeBy, madeOn, entries, problem } = about;
  switch (result) {
    case 'genuine':
      return {
        heading: 'This file is genuine',
        text: `Made by ${madeBy} on ${dayInWords(madeOn)}; all ${count(entries.total)} entries checked; nothing has changed.`,
      };
    case 'partial':
      return {
        heading: 'The file matches. Part of the record was checked',
        text: `${count(entries.checked)} of ${count(entries.total)} entries checked.`,
      };
    case 'changed':
      return {
        heading: 'This file has been changed',
        text: problem
          ? `${problem.path}: ${problem.text}${hashes(problem)}`
          : 'It differs from what was signed.',
      };
    case 'unknown':
      return {
        heading: 'We do not know this file',
        text: 'It is not signed with the key you gave. Ask its sender for the file and the key again.',
      };
  }
}

const hashes = ({ expected, found }: { expected?: string; found?: string }): string =>
  expected && found ? ` Expected ${expected}, found ${found}.` : '';
