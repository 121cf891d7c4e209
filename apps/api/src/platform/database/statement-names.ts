import { createHash } from 'node:crypto';

/** A statement that comes so often is worth being planned once for each connection. */
const OFTEN = 3;
/** The most texts that are remembered; lists of many lengths and filters make ever new ones. */
const REMEMBERED = 2000;

/**
 * Names for prepared statements: the same text gets the same name in every connection, once it has
 * come often enough; others are planned each time.
 */
export class StatementNames {
  private readonly seen = new Map<string, { times: number; name: string | undefined }>();

  /** The name to prepare this text under; undefined to plan it this once. */
  of(text: string): string | undefined {
    const known = this.seen.get(text);
    if (!known) {
      if (this.seen.size < REMEMBERED) this.seen.set(text, { times: 1, name: undefined });
      return undefined;
    }
    known.times += 1;
    if (known.times === OFTEN) {
      known.name = `s-${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    }
    return known.name;
  }
}
