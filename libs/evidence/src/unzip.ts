import { concatBytes, text } from './encoding.ts';
import { isPackPath } from './pack.ts';

// In Node and in every browser, but not in the language's own type library.
interface Reader {
  read(): Promise<{ done: boolean; value?: Uint8Array }>;
  cancel(): Promise<void>;
}
declare const DecompressionStream: new (format: 'deflate-raw') => {
  readonly readable: { getReader(): Reader };
  readonly writable: {
    getWriter(): { write(bytes: Uint8Array): Promise<void>; close(): Promise<void> };
  };
};

/** An archive that is damaged, hostile, or no pack; the message says what is wrong with it. */
export class BadArchive extends Error {}

/** What an archive may unpack to. */
export interface UnzipLimits {
  readonly files: number;
  readonly bytes: number;
}

const USUAL: UnzipLimits = { files: 500_000, bytes: 2 * 1024 ** 3 };

const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_64_LOCATOR = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const WHOLE_16 = 0xffff;
const WHOLE_32 = 0xffffffff;
/** Bytes of the end record and of the longest comment after it. */
const END_SIZE = 22;
const TAIL = END_SIZE + WHOLE_16;

interface Entry {
  readonly path: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * The files of a ZIP archive, by path. Stored files are views into `archive`, not copies. Declared
 * sizes are checked before and while unpacking, so that no archive can grow beyond `limits`.
 */
export async function unzip(
  archive: Uint8Array,
  limits: UnzipLimits = USUAL,
): Promise<Map<string, Uint8Array>> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const entries = readEntries(archive, view, limits);
  const files = new Map<string, Uint8Array>();
  for (const entry of entries) {
    if (files.has(entry.path)) throw new BadArchive(`${entry.path} is in it twice.`);
    files.set(entry.path, await contentOf(archive, view, entry));
  }
  return files;
}

function readEntries(archive: Uint8Array, view: DataView, limits: UnzipLimits): Entry[] {
  const { count, start } = findDirectory(view);
  if (count > limits.files) throw new BadArchive(`It holds more than ${limits.files} files.`);
  const entries: Entry[] = [];
  let at = start;
  let total = 0;
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== ENTRY)
      throw new BadArchive('Its list of files is damaged.');
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const end = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (end > view.byteLength) throw new BadArchive('Its list of files is damaged.');
    const path = nameOf(archive.subarray(at + 46, at + 46 + nameLength));
    if ((view.getUint16(at + 8, true) & 1) !== 0) throw new BadArchive(`${path} is encrypted.`);
    const entry = { path, method: view.getUint16(at + 10, true), ...sizesOf(view, at) };
    total += entry.size;
    if (total > limits.bytes)
      throw new BadArchive(`It unpacks to more than ${limits.bytes} bytes.`);
    // A folder has a line of its own in some archives.
    if (!path.endsWith('/')) entries.push(entry);
    at = end;
  }
  return entries;
}

/** How many files there are, and where their list begins. */
function findDirectory(view: DataView): { count: number; start: number } {
  for (let at = view.byteLength - END_SIZE; at >= Math.max(0, view.byteLength - TAIL); at -= 1) {
    if (view.getUint32(at, true) !== END) continue;
    const count = view.getUint16(at + 10, true);
    const start = view.getUint32(at + 16, true);
    if (count !== WHOLE_16 && start !== WHOLE_32) return { count, start };
    const locator = at - 20;
    if (locator < 0 || view.getUint32(locator, true) !== END_64_LOCATOR) return { count, start };
    const end = Number(view.getBigUint64(locator + 8, true));
    if (end + 56 > view.byteLength || view.getUint32(end, true) !== END_64)
      throw new BadArchive('Its list of files is damaged.');
    return {
      count: Number(view.getBigUint64(end + 32, true)),
      start: Number(view.getBigUint64(end + 48, true)),
    };
  }
  throw new BadArchive('This is not a ZIP archive.');
}

/** Sizes and place of an entry; large ones stand in its extra field (ZIP64). */
function sizesOf(view: DataView, at: number): Pick<Entry, 'packed' | 'size' | 'offset'> {
  const short = {
    size: view.getUint32(at + 24, true),
    packed: view.getUint32(at + 20, true),
    offset: view.getUint32(at + 42, true),
  };
  let extra = at + 46 + view.getUint16(at + 28, true);
  const end = extra + view.getUint16(at + 30, true);
  while (extra + 4 <= end && view.getUint16(extra, true) !== 1)
    extra += 4 + view.getUint16(extra + 2, true);
  let next = extra + 4;
  const wide = (value: number): number => {
    if (value !== WHOLE_32) return value;
    if (next + 8 > end) throw new BadArchive('Its list of files is damaged.');
    next += 8;
    return Number(view.getBigUint64(next - 8, true));
  };
  return { size: wide(short.size), packed: wide(short.packed), offset: wide(short.offset) };
}

function nameOf(bytes: Uint8Array): string {
  const name = bytes.every((byte) => byte < 0x80) ? text(bytes) : '';
  if (!isPackPath(name.replace(/\/$/, '')))
    throw new BadArchive('It holds a file whose name no pack has.');
  return name;
}

async function contentOf(archive: Uint8Array, view: DataView, entry: Entry): Promise<Uint8Array> {
  const { offset, packed, size, method, path } = entry;
  if (offset + 30 > view.byteLength || view.getUint32(offset, true) !== LOCAL)
    throw new BadArchive(`${path} is damaged.`);
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > archive.length) throw new BadArchive(`${path} is cut off.`);
  const bytes = archive.subarray(start, start + packed);
  if (method === 0) {
    if (packed !== size) throw new BadArchive(`${path} is not as long as it says.`);
    return bytes;
  }
  if (method !== 8) throw new BadArchive(`${path} is packed in a way that is not known here.`);
  return inflate(bytes, size, path);
}

async function inflate(bytes: Uint8Array, size: number, path: string): Promise<Uint8Array> {
  const { readable, writable } = new DecompressionStream('deflate-raw');
  const writer = writable.getWriter();
  const reader = readable.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  // Its failure shows at the reading end as well, where it is told.
  const fed = writer.write(bytes).then(() => writer.close());
  fed.catch(() => undefined);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || !value) break;
      length += value.length;
      if (length > size) break;
      parts.push(value);
    }
  } catch {
    // The decompressor's own words say nothing to a reader.
    throw new BadArchive(`${path} is damaged.`);
  }
  if (length !== size) {
    await reader.cancel();
    throw new BadArchive(`${path} is not as long as it says.`);
  }
  await fed;
  return concatBytes(...parts);
}
