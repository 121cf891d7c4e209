import { readFile } from 'node:fs/promises';
import { read, utils, type CellObject, type WorkBook } from '@e965/xlsx';
import {
  assertHonestSizes,
  surveyZip,
  UnsafeArchive,
  type SpooledFile,
} from '../platform/storage/index.ts';
import { columnsOf } from './header.ts';
import { MAX_ROWS, type TableFile, type TableRow } from './table-file.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** A workbook that would unpack larger than this is no inventory. */
const LIMITS = { entries: 2000, unpackedSize: 150 * 1024 * 1024 };

/** Opens the first sheet of an XLSX workbook that has rows. */
export async function openXlsx(file: SpooledFile): Promise<TableFile> {
  await assertSafe(file);
  const workbook = parse(await readFile(file.path));
  for (const { name, Hidden } of visible(workbook)) {
    if (Hidden) continue;
    const rows = rowsOf(name, workbook);
    const header = rows.next();
    if (header.done) continue;
    const columns = columnsOf(trimmed(header.value.cells));
    return { encoding: null, sheet: name, columns, rows: sized(rows, columns.length) };
  }
  throw new UnreadableFile(
    'No sheet of this workbook has rows. Choose the file with the inventory.',
  );
}

async function assertSafe(file: SpooledFile): Promise<void> {
  try {
    const { names } = await surveyZip(file.path, LIMITS);
    if (!names.includes('xl/workbook.xml')) {
      throw new UnreadableFile(
        'This archive is no XLSX workbook. Save the inventory as XLSX or CSV.',
      );
    }
    await assertHonestSizes(file.path);
  } catch (error) {
    if (error instanceof UnsafeArchive) {
      throw new UnreadableFile(`This workbook cannot be opened. ${error.message}`, {
        cause: error,
      });
    }
    throw error;
  }
}

function parse(bytes: Buffer): WorkBook {
  try {
    return read(bytes, {
      type: 'buffer',
      dense: true,
      cellDates: true,
      UTC: true,
      sheetRows: MAX_ROWS + 2,
    });
  } catch (error) {
    throw new UnreadableFile(
      'This workbook is damaged. Open it, save it again as XLSX and upload that.',
      { cause: error },
    );
  }
}

const visible = (workbook: WorkBook) =>
  workbook.SheetNames.map((name, at) => ({
    name,
    Hidden: workbook.Workbook?.Sheets?.[at]?.Hidden ?? 0,
  }));

function* rowsOf(sheet: string, workbook: WorkBook): Generator<TableRow> {
  const lines = (workbook.Sheets[sheet]?.['!data'] ?? []) as (CellObject[] | undefined)[];
  for (const [at, line] of lines.entries()) {
    const row = at + 1;
    if (row > MAX_ROWS + 1) {
      throw new UnreadableFile(
        `The sheet has more than ${MAX_ROWS} rows. Split it into several files.`,
      );
    }
    const cells = Array.from(line ?? [], (cell, column) => textOf(cell, row, column));
    if (cells.some((cell) => cell.trim() !== '')) yield { row, cells };
  }
}

function textOf(cell: CellObject | undefined, row: number, column: number): string {
  if (!cell) return '';
  const place = `Cell ${utils.encode_cell({ r: row - 1, c: column })}`;
  if (cell.f !== undefined) {
    throw new UnreadableFile(
      `${place} holds a formula. Copy the column, paste it as values, and save the workbook again.`,
    );
  }
  if (cell.t === 'e') {
    throw new UnreadableFile(
      `${place} shows the error ${cell.w ?? ''}. Put the right value there, or leave it empty.`,
    );
  }
  if (cell.v instanceof Date) return cell.v.toISOString().slice(0, 10);
  if (cell.v === undefined) return '';
  if (typeof cell.v === 'boolean') return cell.v ? 'Yes' : 'No';
  const text = String(cell.v);
  // Excel can write any code as _x0000_; what is no text cannot be kept.
  if (text.includes('\0') || !text.isWellFormed()) {
    throw new UnreadableFile(
      `${place} holds characters that are no text. Type its value again and save the workbook.`,
    );
  }
  return text;
}

/** Without the empty cells at the end. */
function trimmed(cells: readonly string[]): string[] {
  const last = cells.findLastIndex((cell) => cell.trim() !== '');
  return cells.slice(0, last + 1);
}

/** Every row as long as the first one; a value beyond it belongs to no column. */
async function* sized(rows: Generator<TableRow>, width: number): AsyncGenerator<TableRow> {
  for (const { row, cells } of rows) {
    const beyond = cells.findIndex((cell, at) => at >= width && cell.trim() !== '');
    if (beyond >= 0) {
      throw new UnreadableFile(
        `Cell ${utils.encode_cell({ r: row - 1, c: beyond })} has a value, but its column has no name in the first row. Name the column or empty the cell.`,
      );
    }
    yield await Promise.resolve({
      row,
      cells: Array.from({ length: width }, (_, at) => cells[at] ?? ''),
    });
  }
}
