import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isPackPath } from '@plumbline/evidence';

export interface PackedFile {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly size: number;
}

type Content = Whole | AsyncIterable<Whole> | Readable;

/** A pack under construction on disk: every file is hashed while it is written. */
export class PackFolder {
  private readonly written = new Map<string, PackedFile>();
  private readonly folders = new Set<string>();

  constructor(readonly root: string) {}

  /** The files so far, by path, in no order. */
  get files(): ReadonlyMap<string, PackedFile> {
    return this.written;
  }

  /** Writes a new file as its content comes; after a failure nothing of it is there. */
  async write(path: string, content: Content): Promise<PackedFile> {
    if (!isPackPath(path)) throw new Error(`${path} is no path of a pack`);
    if (this.written.has(path)) throw new Error(`${path} is written twice`);
    const target = join(this.root, path);
    const folder = dirname(target);
    if (!this.folders.has(folder)) {
      await mkdir(folder, { recursive: true });
      this.folders.add(folder);
    }
    const file = isWhole(content)
      ? await writeWhole(target, content)
      : await writeStream(target, content);
    this.written.set(path, file);
    return file;
  }

  /** Writes a value as readable JSON. */
  writeJson(path: string, value: unknown): Promise<PackedFile> {
    return this.write(path, `${JSON.stringify(value, null, 2)}\n`);
  }
}

type Whole = string | Uint8Array;

// Not instanceof: bytes may come from another realm.
const isWhole = (content: Content): content is Whole =>
  typeof content === 'string' || ArrayBuffer.isView(content);

/** Most files of a pack are small: a stream for each would cost more memory than the files. */
async function writeWhole(target: string, content: Whole): Promise<PackedFile> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  await writeFile(target, bytes, { flag: 'wx' });
  return { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
}

async function writeStream(
  target: string,
  content: AsyncIterable<Whole> | Readable,
): Promise<PackedFile> {
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    writableObjectMode: true,
    transform(chunk: Whole, _, done) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      hash.update(bytes);
      size += bytes.length;
      done(null, bytes);
    },
  });
  try {
    await pipeline(
      content instanceof Readable ? content : Readable.from(content),
      measure,
      createWriteStream(target, { flags: 'wx' }),
    );
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
  return { sha256: hash.digest('hex'), size };
}

/** A name of ours as part of a path. */
export const pathPart = (name: string): string =>
  name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'item';
