/** One row of a file; `row` is its number there, the header being the first. */
export interface TableRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/** A file as a table: its columns, and its rows once, in order, without the blank ones. */
export interface TableFile {
  readonly encoding: string | null;
  readonly sheet: string | null;
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<TableRow>;
}

/** More than any inventory has; beyond it something else was uploaded. */
export const MAX_ROWS = 100_000;
export const MAX_COLUMNS = 500;
