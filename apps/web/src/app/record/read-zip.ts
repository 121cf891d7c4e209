/** A ZIP file that cannot be read; the message says why. */
export class UnreadableZip extends Error {}

const END = 0x06054b50;
const END_64_LOCATOR = 0x07064b50;
const END_64 = 0x06064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
/** Bytes of all files together, so that a small file cannot fill the memory. */
const MOST = 2 * 1024 ** 3;

interface Entry {
  readonly path: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

/**
 * The files of a ZIP archive by path. Names that appear twice or lead out of the archive are refused,
 * so that nobody reads another file than the one that is checked.
 */
export async function readZip(archive: ArrayBuffer): Promise<Map<string, Uint8Array>> {
  const view = new DataView(archive);
  const files = new Map<string, Uint8Array>();
  let total = 0;
  for (const entry of entriesOf(view)) {
    if (entry.path.endsWith('/')) continue;
    const outside = entry.path.startsWith('/') || entry.path.split('/').includes('..');
    if (outside || files.has(entry.path)) throw new UnreadableZip(`bad name: ${entry.path}`);
    total += entry.size;
    if (total > MOST) throw new UnreadableZip('too large');
    files.set(entry.path, await contentOf(view, entry));
  }
  return withoutRoot(files);
}

function* entriesOf(view: DataView): Generator<Entry> {
  const { count, at: start } = directoryOf(view);
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== ENTRY) {
      throw new UnreadableZip('damaged list of files');
    }
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const commentLength = view.getUint16(at + 32, true);
    yield {
      path: textAt(view, at + 46, nameLength),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    };
    at += 46 + nameLength + extraLength + commentLength;
  }
}

/** Where the list of files is, and how long: the end of the file says so, after at most 64 kB of comment. */
function directoryOf(view: DataView): { count: number; at: number } {
  const lowest = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= lowest; at -= 1) {
    if (view.getUint32(at, true) !== END) continue;
    const count = view.getUint16(at + 10, true);
    const start = view.getUint32(at + 16, true);
    if (count !== 0xffff && start !== 0xffffffff) return { count, at: start };
    return largeDirectoryOf(view, at - 20);
  }
  throw new UnreadableZip('not a ZIP file');
}

function largeDirectoryOf(view: DataView, locator: number): { count: number; at: number } {
  const at =
    locator >= 0 && view.getUint32(locator, true) === END_64_LOCATOR
      ? Number(view.getBigUint64(locator + 8, true))
      : -1;
  if (at < 0 || at + 56 > view.byteLength || view.getUint32(at, true) !== END_64) {
    throw new UnreadableZip('damaged end of the file');
  }
  return {
    count: Number(view.getBigUint64(at + 32, true)),
    at: Number(view.getBigUint64(at + 48, true)),
  };
}

async function contentOf(view: DataView, entry: Entry): Promise<Uint8Array> {
  const { at, packed, size, method, path } = entry;
  if (at + 30 > view.byteLength || view.getUint32(at, true) !== LOCAL) {
    throw new UnreadableZip(`damaged file: ${path}`);
  }
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (start + packed > view.byteLength) throw new UnreadableZip(`cut off: ${path}`);
  const bytes = new Uint8Array(
    view.buffer,
    view.byteOffset + start,
    packed,
  ) as Uint8Array<ArrayBuffer>;
  if (method === STORED) return bytes;
  if (method !== DEFLATED) throw new UnreadableZip(`unknown compression: ${path}`);
  const unpacked = new Uint8Array(size);
  let filled = 0;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  for await (const chunk of chunksOf(stream)) {
    if (filled + chunk.length > size) throw new UnreadableZip(`longer than stated: ${path}`);
    unpacked.set(chunk, filled);
    filled += chunk.length;
  }
  if (filled !== size) throw new UnreadableZip(`shorter than stated: ${path}`);
  return unpacked;
}

async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

const decoder = new TextDecoder();
function textAt(view: DataView, at: number, length: number): string {
  if (at + length > view.byteLength) throw new UnreadableZip('damaged list of files');
  return decoder.decode(new Uint8Array(view.buffer, view.byteOffset + at, length));
}

/** Without the one folder that some programs put around everything when they pack again. */
function withoutRoot(files: Map<string, Uint8Array>): Map<string, Uint8Array> {
  const roots = new Set([...files.keys()].map((path) => path.split('/', 1)[0]));
  const [root] = roots;
  if (roots.size !== 1 || root === undefined || files.has(root)) return files;
  return new Map([...files].map(([path, content]) => [path.slice(root.length + 1), content]));
}
