import { createHash } from 'node:crypto';

/** How a row is told from all others: by an id of its own, or by some columns and its turn among equals. */
export interface RowIdentity {
  /** For the next import to find it: a hash, unique within the organisation. */
  readonly key: string;
  /** For people. */
  readonly externalId: string;
  /** Which one it is among rows with the same columns, from 1. */
  readonly occurrence: number;
}

/** Gives rows their identities in the order of the file, each organisation apart. */
export class Identities {
  private readonly seen = new Map<string, { first: number; times: number }>();

  /** By its own id; answers the row that had it before, which must not be. */
  byId(organisation: string, id: string, row: number): RowIdentity & { takenBy: number | null } {
    const key = hashOf(['id', id]);
    const { first, times } = this.count(`${organisation}\0${key}`, row);
    return { key, externalId: id, occurrence: times, takenBy: times > 1 ? first : null };
  }

  /** By columns: equal rows are told apart by their order, so all of them are kept. */
  byColumns(
    organisation: string,
    parts: readonly string[],
    row: number,
  ): RowIdentity & { like: number | null } {
    const group = hashOf(['columns', ...parts]);
    const { first, times } = this.count(`${organisation}\0${group}`, row);
    const shown = parts.filter(Boolean).join(' / ');
    return {
      key: hashOf(['columns', ...parts, String(times)]),
      externalId: (times === 1 ? shown : `${shown} (${times})`).slice(0, 1000),
      occurrence: times,
      like: times > 1 ? first : null,
    };
  }

  private count(group: string, row: number): { first: number; times: number } {
    const before = this.seen.get(group);
    const now = { first: before?.first ?? row, times: (before?.times ?? 0) + 1 };
    this.seen.set(group, now);
    return now;
  }
}

const hashOf = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');
