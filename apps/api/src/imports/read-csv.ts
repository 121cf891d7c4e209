import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { columnsOf } from './header.ts';
import { MAX_ROWS, type TableFile, type TableRow } from './table-file.ts';
import { decodeText, type Encoding } from './text-encoding.ts';
import { UnreadableFile } from './unreadable-file.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Longest row, in characters: an unclosed quote would swallow the rest of the file. */
const MAX_ROW = 1_000_000;

/** The separator of the first row: the one that it has most of, outside quotes. */
export function delimiterOf(start: string): string {
  const named = /^sep=(.)\r?\n/.exec(start)?.[1];
  if (named) return named;
  const counts = new Map<string, number>();
  let quoted = false;
  for (const mark of start) {
    if (mark === '"') quoted = !quoted;
    else if (!quoted && (mark === '\n' || mark === '\r')) break;
    else if (!quoted) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  }
  return DELIMITERS.reduce((best, mark) =>
    (counts.get(mark) ?? 0) > (counts.get(best) ?? 0) ? mark : best,
  );
}

/** Opens CSV text as a table. Whatever is wrong with it is told with its row when that row is read. */
export async function openCsv(content: Readable, encoding: Encoding): Promise<TableFile> {
  const rows = rowsOf(content, encoding);
  const header = await rows.next();
  if (header.done) {
    throw new UnreadableFile('The file is empty. Choose the file with the inventory.');
  }
  return { encoding, sheet: null, columns: columnsOf(header.value.cells), rows };
}

async function* rowsOf(content: Readable, encoding: Encoding): AsyncGenerator<TableRow> {
  const pieces = decodeText(content, encoding)[Symbol.asyncIterator]();
  let start = '';
  while (start.length < 64 * 1024) {
    const piece = await pieces.next();
    if (piece.done) break;
    start += piece.value;
  }
  const delimiter = delimiterOf(start);
  const body = start.replace(/^sep=.\r?\n/, '');
  const parser = parse({ delimiter, relax_column_count: true, max_record_size: MAX_ROW });
  // A failure of the text reaches whoever reads the rows.
  pipeline(Readable.from(joined(body, pieces)), parser, () => undefined);
  yield* numbered(parser as AsyncIterable<string[]>);
}

async function* joined(start: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield start;
  for (let piece = await rest.next(); !piece.done; piece = await rest.next()) yield piece.value;
}

/** Counted here and not by the parser: its complaint would overtake the rows before it. */
async function* numbered(records: AsyncIterable<string[]>): AsyncGenerator<TableRow> {
  let row = 0;
  let width: number | null = null;
  try {
    for await (const cells of records) {
      row += 1;
      if (cells.every((cell) => cell.trim() === '')) continue;
      width ??= cells.length;
      if (row > MAX_ROWS + 1) {
        throw new UnreadableFile(
          `The file has more than ${MAX_ROWS} rows. Split it into several files.`,
        );
      }
      if (cells.length !== width) {
        throw new UnreadableFile(
          `Row ${row} has ${cells.length} cells where the first row has ${width}. Look for a missing quotation mark or separator there.`,
        );
      }
      assertNoFormula(cells, row);
      yield { row, cells };
    }
  } catch (error) {
    throw error instanceof CsvError ? explain(error) : error;
  }
}

function assertNoFormula(cells: readonly string[], row: number): void {
  const at = cells.findIndex((cell) => cell.startsWith('='));
  if (at >= 0) {
    throw new UnreadableFile(
      `Row ${row}, column ${at + 1} holds a formula (${cells[at]!.slice(0, 40)}). Replace formulas by their values and save the file again.`,
    );
  }
}

/** The parser's complaint as a place and a cure. */
function explain(error: CsvError): UnreadableFile {
  const before: unknown = error['records'];
  const where = typeof before === 'number' ? `Row ${before + 1}` : 'One row';
  const cause = { cause: error };
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
    case 'CSV_MAX_RECORD_SIZE':
      return new UnreadableFile(
        `${where} opens a quotation mark that is never closed. Close it, or double it when it is part of the text.`,
        cause,
      );
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return new UnreadableFile(
        `${where} has a quotation mark inside a cell. Double it: "".`,
        cause,
      );
    default:
      return new UnreadableFile(
        `${where} cannot be read. Save the file again as CSV from a spreadsheet program.`,
        cause,
      );
  }
}
