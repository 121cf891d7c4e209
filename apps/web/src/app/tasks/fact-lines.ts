import type { PersonRef } from '@plumbline/contracts';
import { type Placed, risksOf } from '../ai-systems/ai-system-page/risks.ts';

/** Words that lines about risks need. */
export interface RiskWords {
  scored(placed: Placed): string;
  changed(left: string, before: string): string;
  readonly notScored: string;
}

/** Facts that hold risks; everywhere else a list is shown row by row as it is. */
const RISKS = new Set(['risks', 'lightRisks']);
const anId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A list as one line per row, people by name; null for what is no list of rows. */
export function factLines(
  name: string,
  value: unknown,
  people: readonly PersonRef[],
  words: RiskWords,
): readonly string[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const rows = value as readonly unknown[];
  if (rows.some((row) => typeof row !== 'object' || row === null)) return null;
  if (RISKS.has(name)) return risksOf({ [name]: value }).map((risk) => riskLine(risk, words));
  const show = (cell: unknown): string => {
    if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
    if (typeof cell !== 'string') return '';
    return anId.test(cell) ? (people.find(({ id }) => id === cell)?.name ?? '') : cell;
  };
  return rows.map((row) =>
    Object.values(row as object)
      .map(show)
      .filter((text) => text !== '')
      .join(' · '),
  );
}

function riskLine(
  { title, left, before }: ReturnType<typeof risksOf>[number],
  words: RiskWords,
): string {
  const now = left ?? before;
  if (!now) return `${title}: ${words.notScored}`;
  const text = words.scored(now);
  return `${title}: ${left && before ? words.changed(text, words.scored(before)) : text}`;
}
