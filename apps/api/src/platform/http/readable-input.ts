import type { NextFunction, Response } from 'express';
import { Invalid, NotFound, type FieldProblem } from '../problems.ts';
import type { PlumblineRequest } from './request.ts';

/** Deeper than anything that is asked for: whoever walks such a value must not run out of stack. */
const DEEPEST = 64;

const WORDS = 'Remove the characters that are no text.';

/** Text that the database and the record give back as it came: no NUL, no half of a character. */
const isText = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** The first thing in a value that could not be kept as it is, or null. */
export function unreadablePart(value: unknown, path: readonly string[] = []): FieldProblem | null {
  const field = path.filter(isText).join('.');
  if (typeof value === 'string') return isText(value) ? null : { field, message: WORDS };
  if (typeof value !== 'object' || value === null) return null;
  if (path.length >= DEEPEST) {
    return { field: path[0]!, message: `Nest values at most ${DEEPEST} levels deep.` };
  }
  for (const [name, part] of Object.entries(value)) {
    const found = isText(name) ? unreadablePart(part, [...path, name]) : { field, message: WORDS };
    if (found) return found;
  }
  return null;
}

/** Refuses a value that could not be kept as it is. */
export function refuseUnreadable(value: unknown): void {
  const problem = unreadablePart(value);
  if (problem) throw new Invalid('Some of what you sent cannot be read.', [problem]);
}

/** The same for the address and the body of every request, before anything looks at them. */
export function readableInput(request: PlumblineRequest, _: Response, next: NextFunction): void {
  if (!isReadablePath(request.path)) throw new NotFound();
  refuseUnreadable(request.query);
  // Also where nothing is expected: what is not looked at must not look as if it were.
  if (Array.isArray(request.body)) throw new Invalid('Send a JSON object, or no body.', []);
  refuseUnreadable(request.body);
  next();
}

function isReadablePath(path: string): boolean {
  try {
    return isText(decodeURIComponent(path));
  } catch {
    // A stray percent sign: such an address leads nowhere.
    return false;
  }
}
