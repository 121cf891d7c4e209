import { once } from 'node:events';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import yauzl from 'yauzl';
import yazl from 'yazl';

/** The same time and rights for every file, so that the same content gives the same archive. */
const FIXED = {
  // Local on purpose: the archive stores local time without a zone.
  mtime: new Date(1980, 0, 1),
  mode: 0o100644,
  forceDosTimestamp: true,
  // Stored, not deflated: compressed bytes depend on the build of zlib.
  compress: false,
} as const;

const byName = (a: string, b: string): number => (a < b ? -1 : 1);

/** The archive of a finished folder, as a stream: names sorted, nothing of this machine in it. */
export function zipOf(folder: string, paths: Iterable<string>): Readable {
  const zip = new yazl.ZipFile();
  const output = zip.outputStream.pipe(new PassThrough());
  zip.on('error', (error: Error) => output.destroy(error));
  for (const path of [...paths].sort(byName)) zip.addFile(join(folder, path), path, FIXED);
  zip.end();
  return output;
}

/** The same workbook or other archive with the marks of its making taken out. */
export async function normalisedZip(archive: Buffer): Promise<Buffer> {
  const parts = await unzip(archive);
  const zip = new yazl.ZipFile();
  for (const [name, bytes] of [...parts].sort(([a], [b]) => byName(a, b)))
    zip.addBuffer(bytes, name, FIXED);
  zip.end();
  return collect(zip.outputStream);
}

async function unzip(archive: Buffer): Promise<Map<string, Buffer>> {
  const parts = new Map<string, Buffer>();
  const zip = await yauzl.fromBufferPromise(archive);
  for await (const entry of zip.eachEntry()) {
    parts.set(entry.fileName, await collect(await zip.openReadStreamPromise(entry)));
  }
  return parts;
}

async function collect(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(stream, 'end');
  return Buffer.concat(chunks);
}
