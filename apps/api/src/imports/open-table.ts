import { buffer } from 'node:stream/consumers';
import type { FileStorage, SpooledFile } from '../platform/storage/index.ts';
import { openCsv } from './read-csv.ts';
import { openXlsx } from './read-xlsx.ts';
import type { TableFile } from './table-file.ts';
import { detectEncoding } from './text-encoding.ts';
import { UnreadableFile } from './unreadable-file.ts';

const ZIP = '504b0304';
/** Old Office files and those behind a password begin alike. */
const COMPOUND = 'd0cf11e0';

/** Opens a received file as a table, by what it holds and not by its name. */
export async function openTable(storage: FileStorage, file: SpooledFile): Promise<TableFile> {
  if (file.size === 0) {
    throw new UnreadableFile('The file is empty. Choose the file with the inventory.');
  }
  const start = (await buffer(storage.peek(file, 8))).toString('hex');
  if (start.startsWith(COMPOUND)) {
    throw new UnreadableFile(
      'This is a workbook behind a password, or an old .xls file. Save it without a password as .xlsx.',
    );
  }
  if (start.startsWith(ZIP)) return openXlsx(file);
  const encoding = await detectEncoding(storage.peek(file, file.size));
  return openCsv(storage.peek(file, file.size), encoding);
}
