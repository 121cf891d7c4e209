import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { utils, write, type CellObject, type WorkSheet } from '@e965/xlsx';
import { ZipFile } from 'yazl';
import { Configuration } from '../platform/config/configuration.ts';
import { FileStorage } from '../platform/storage/index.ts';
import { openTable } from './open-table.ts';
import { delimiterOf } from './read-csv.ts';

let folder: string;
let storage: FileStorage;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-tables-'));
  const environment = { DATA_DIR: folder } as Configuration['environment'];
  storage = new FileStorage(
    new Configuration('worker', environment, {} as Configuration['secrets']),
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Everything that a file holds, or what is wrong with it. */
async function tableOf(bytes: Buffer) {
  const file = await storage.receive(Readable.from(bytes.length ? [bytes] : []));
  const { columns, encoding, sheet, rows } = await openTable(storage, file);
  const read: { row: number; cells: readonly string[] }[] = [];
  for await (const row of rows) read.push(row);
  return { columns, encoding, sheet, rows: read };
}
const csv = (text: string) => tableOf(Buffer.from(text));
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('the text of a file', () => {
  const text = 'Name,Owner\r\nCafé “Lîve” – 3 €,Zoë\r\n';
  const in1252 = latin1('Name,Owner\r\nCaf\xe9 \x93L\xeeve\x94 \x96 3 \x80,Zo\xeb\r\n');

  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['UTF-16 LE with a mark', Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 LE without', Buffer.from(text, 'utf16le'), 'utf-16le'],
    ['UTF-16 BE with a mark', swapped(`\ufeff${text}`), 'utf-16be'],
    ['UTF-16 BE without', swapped(text), 'utf-16be'],
    ['Windows-1252', in1252, 'windows-1252'],
  ])('is understood in %s', async (_, bytes, encoding) => {
    const table = await tableOf(bytes);
    expect(table).toMatchObject({
      encoding,
      columns: ['Name', 'Owner'],
      rows: [{ row: 2, cells: ['Café “Lîve” – 3 €', 'Zoë'] }],
    });
  });

  it.each<[string, Buffer, RegExp]>([
    ['a NUL byte', latin1('Name\nok\na\0b\n'), /^Line 3 holds a NUL/],
    [
      'a NUL character in UTF-16',
      Buffer.from('\ufeffName\na\0b', 'utf16le'),
      /^Line 2 holds a NUL/,
    ],
    [
      'half a character at the end',
      Buffer.from('\ufeffName\nab', 'utf16le').subarray(0, 15),
      /breaks off/,
    ],
    ['Shift JIS', Buffer.from('4e616d650a82c982d9826081', 'hex'), /cannot be told how the text/],
    ['nothing', Buffer.alloc(0), /file is empty/],
    ['blank lines alone', latin1('\n\n  \n'), /file is empty/],
  ])('is refused with %s', async (_, bytes, reason) => {
    await expect(tableOf(bytes)).rejects.toThrow(reason);
  });
});

describe('a CSV file', () => {
  it.each([
    ['a,b;c\n', ','],
    ['a;b;c,d\n1,2,3;4', ';'],
    ['a\tb\n', '\t'],
    ['a|b|c\n', '|'],
    ['"a;b;c",d\n', ','],
    ['sep=;\na,b\n', ';'],
    ['name\n', ','],
  ])('separates %j by %j', (start, delimiter) => {
    expect(delimiterOf(start)).toBe(delimiter);
  });

  it('counts rows as a spreadsheet program does, line breaks in cells and blank rows included', async () => {
    const { rows } = await csv('Name,Note\n"a","two\nlines"\n\n,,\n'.replace(',,', ',') + 'b,x\n');
    expect(rows.map(({ row, cells }) => [row, cells[0]])).toEqual([
      [2, 'a'],
      [5, 'b'],
    ]);
  });

  it('tells repeated and blank column names apart', async () => {
    const { columns } = await csv('Name, Why? ,,why?\na,b,c,d\n');
    expect(columns).toEqual(['Name', 'Why?', 'Column 3', 'why? (2)']);
  });

  it.each([
    ['a short row', 'Name,Owner\na,b\nc\n', /^Row 3 .*1 cells where the first row has 2/],
    ['a long row', 'Name,Owner\na,b,c\n', /^Row 2 .*3 cells where the first row has 2/],
    ['an open quotation mark', 'Name,Owner\na,"b\nc,d\n', /^Row 2 .*never closed/],
    ['a quotation mark in a cell', 'Name,Owner\na "b" c,d\n', /^Row 2 .*quotation mark inside/],
    [
      'text after a closing quotation mark',
      'Name,Owner\n"a"b,d\n',
      /^Row 2 .*quotation mark inside/,
    ],
    ['a formula', 'Name,Owner\na,b\nc,=1+1\n', /^Row 3, column 2 holds a formula \(=1\+1\)/],
    ['no header', '1,2\n3,4\n', /first row does not name/],
    ['too many columns', `${'a,'.repeat(501)}a\n`, /502 columns/],
  ])('is refused for %s, with the place', async (_, text, reason) => {
    await expect(csv(text)).rejects.toThrow(reason);
  });

  it('of the shape of the federal inventory is read whole', async () => {
    const bytes = readFileSync(
      new URL('../../../../test/fixtures/use-case-inventory.csv', import.meta.url),
    );
    const table = await tableOf(bytes);
    expect(table.encoding).toBe('windows-1252');
    expect(table.rows).toHaveLength(9);
    expect(table.columns.at(-1)).toBe('If Other, please explain. (2)');
  });
});

describe('an XLSX workbook', () => {
  const workbook = (...sheets: [string, WorkSheet][]) => {
    const book = utils.book_new();
    for (const [name, sheet] of sheets) utils.book_append_sheet(book, sheet, name);
    return Buffer.from(write(book, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array);
  };
  const sheet = (...rows: unknown[][]) => utils.aoa_to_sheet(rows, { UTC: true });
  const withCell = (address: string, cell: CellObject) => {
    const made = sheet(['Name', 'Owner'], ['a', 'b']);
    made[address] = cell;
    return workbook(['Systems', made]);
  };

  it('is read from its first sheet with rows, values as people see them', async () => {
    const day = new Date(Date.UTC(2026, 10, 25));
    const bytes = workbook(
      ['Cover', sheet()],
      [
        'Systems',
        sheet(['Name', 'Since', 'Live', 'Users', ''], ['Chat', day, true, 1200], [], ['Scan']),
      ],
    );
    expect(await tableOf(bytes)).toEqual({
      encoding: null,
      sheet: 'Systems',
      columns: ['Name', 'Since', 'Live', 'Users'],
      rows: [
        { row: 2, cells: ['Chat', '2026-11-25', 'Yes', '1200'] },
        { row: 4, cells: ['Scan', '', '', ''] },
      ],
    });
  });

  const archive = async (...entries: [string, Buffer][]) => {
    const zip = new ZipFile();
    for (const [name, bytes] of entries) zip.addBuffer(bytes, name);
    zip.end();
    return buffer(zip.outputStream);
  };

  it.each<[string, () => Buffer | Promise<Buffer>, RegExp]>([
    ['a formula', () => withCell('B2', { t: 'n', v: 2, f: '1+1' }), /^Cell B2 holds a formula/],
    [
      'an error value',
      () => withCell('A2', { t: 'e', v: 0x17, w: '#REF!' }),
      /^Cell A2 shows the error/,
    ],
    [
      'a value under no name',
      () => workbook(['S', sheet(['Name'], ['a', 'x'])]),
      /^Cell B2 has a value/,
    ],
    [
      'a cell with a NUL',
      () => workbook(['S', sheet(['Name'], ['a_x0000_b'])]),
      /^Cell A2 holds characters that are no text/,
    ],
    ['no rows', () => workbook(['Empty', sheet()]), /No sheet of this workbook has rows/],
    [
      'a password or an old format',
      () => Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      /behind a password/,
    ],
    ['another archive', () => archive(['a.txt', Buffer.from('x')]), /no XLSX workbook/],
    ['an archive cut off', () => Buffer.from('504b030414000000', 'hex'), /cannot be opened/],
    [
      'a bomb',
      () =>
        archive(['xl/workbook.xml', Buffer.from('x')], ['bomb', Buffer.alloc(160 * 1024 * 1024)]),
      /more than is allowed/,
    ],
    [
      'nonsense inside',
      () => archive(['xl/workbook.xml', Buffer.from('<oops')]),
      /damaged|No sheet/,
    ],
  ])('is refused for %s, with the place', async (_, bytes, reason) => {
    await expect(tableOf(await bytes())).rejects.toThrow(reason);
  });
});
