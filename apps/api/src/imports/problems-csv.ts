import type { RowProblem } from '@plumbline/contracts';

const HEADER = ['Row', 'Column', 'Value', 'Severity', 'Problem', 'What to do'];

/** A cell that no spreadsheet program takes for a formula (OWASP: CSV injection). */
export function safeCell(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n;]/.test(harmless) || harmless !== value
    ? `"${harmless.replaceAll('"', '""')}"`
    : harmless;
}

const lineOf = (cells: readonly (string | number | null)[]): string =>
  `${cells.map((cell) => (typeof cell === 'number' ? cell : safeCell(cell ?? ''))).join(',')}\r\n`;

/** Problems as a CSV file with a byte order mark, which spreadsheet programs need to see UTF-8. */
export const problemsCsv = (problems: readonly RowProblem[]): string =>
  `\uFEFF${lineOf(HEADER)}${problems
    .map(({ row, column, value, severity, problem, cure }) =>
      lineOf([row, column, value, severity, problem, cure]),
    )
    .join('')}`;
