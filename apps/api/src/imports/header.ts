import { MAX_COLUMNS } from './table-file.ts';
import { UnreadableFile } from './unreadable-file.ts';

/**
 * The names of the columns, from the first row: blank ones are called by their place, repeated ones
 * are counted. Refuses a first row that names nothing.
 */
export function columnsOf(cells: readonly string[]): string[] {
  const names = cells.map((cell) => cell.replaceAll(/\s+/g, ' ').trim().slice(0, 300));
  if (names.length > MAX_COLUMNS) {
    throw new UnreadableFile(
      `The file has ${names.length} columns; ${MAX_COLUMNS} at most can be read. Delete the empty ones.`,
    );
  }
  const telling = names.filter((name) => /\p{L}/u.test(name));
  if (telling.length === 0) {
    throw new UnreadableFile(
      'The first row does not name the columns. Put a row with their names at the top.',
    );
  }
  const seen = new Map<string, number>();
  return names.map((name, at) => {
    const called = name || `Column ${at + 1}`;
    const times = (seen.get(called.toLowerCase()) ?? 0) + 1;
    seen.set(called.toLowerCase(), times);
    return times === 1 ? called : `${called} (${times})`;
  });
}
