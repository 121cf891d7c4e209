import type { Import } from '@plumbline/contracts';
import { suggestTargets } from './suggest.ts';

/** More different values than this are no list to map one by one. */
const MAX_DISTINCT = 60;
const SAMPLES = 4;
const SHOWN = 200;

/** Gathers what the columns of a file hold, row by row, in bounded memory. */
export class ColumnProfile {
  private readonly samples: string[][];
  private readonly counts: (Map<string, number> | null)[];
  private rows = 0;

  constructor(private readonly names: readonly string[]) {
    this.samples = names.map(() => []);
    this.counts = names.map(() => new Map());
  }

  add(cells: readonly string[]): void {
    this.rows += 1;
    cells.forEach((cell, at) => {
      const value = cell.trim();
      if (value !== '') this.note(at, value);
    });
  }

  /** How many rows there were. */
  get count(): number {
    return this.rows;
  }

  columns(): Import['columns'] {
    const suggestions = suggestTargets(this.names);
    return this.names.map((name, at) => ({
      name,
      samples: this.samples[at] ?? [],
      distinct: distinctOf(this.counts[at] ?? null),
      suggestion: suggestions[at] ?? null,
    }));
  }

  private note(at: number, value: string): void {
    const shown = value.slice(0, SHOWN);
    const samples = this.samples[at];
    if (samples && samples.length < SAMPLES && !samples.includes(shown)) samples.push(shown);
    const counts = this.counts[at];
    if (!counts) return;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > MAX_DISTINCT || value.length > SHOWN) this.counts[at] = null;
  }
}

const distinctOf = (counts: ReadonlyMap<string, number> | null) =>
  counts &&
  [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
