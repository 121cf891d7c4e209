import type { ZodType } from 'zod';
import { Invalid } from './problems.ts';

/** The place after a row, as callers get it: its sort key, which they have no business to read. */
export const cursorAfter = (key: readonly (string | number | null)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/** The sort key inside a cursor, checked by `schema`; null without a cursor. */
export function readCursor<T>(cursor: string | undefined, schema: ZodType<T>): T | null {
  if (cursor === undefined) return null;
  const parsed = schema.safeParse(parse(Buffer.from(cursor, 'base64url').toString()));
  if (parsed.success) return parsed.data;
  throw new Invalid('This place in the list is unknown.', [
    { field: 'cursor', message: 'Use the nextCursor of an answer, or leave it out.' },
  ]);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not one of our cursors; the schema refuses it like any other wrong content.
    return null;
  }
}

/** Cuts `limit + 1` fetched rows to a page: the extra row only says that there is more. */
export function pageOf<R>(
  rows: readonly R[],
  limit: number,
  key: (last: R) => readonly (string | number | null)[],
): { rows: R[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, nextCursor: rows.length > limit && last ? cursorAfter(key(last)) : null };
}
