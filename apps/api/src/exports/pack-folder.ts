import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isPackPath } from '@plumbline/evidence';

export interface PackedFile {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly size: number;
}

type Content = string | Uint8Array | AsyncIterable<string | Uint8Array> | Readable;

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
    const hash = createHash('sha256');
    let size = 0;
    const measure = new Transform({
      writableObjectMode: true,
      transform(chunk: string | Uint8Array, _, done) {
        const bytes = Buffer.from(chunk);
        hash.update(bytes);
        size += bytes.length;
        done(null, bytes);
      },
    });
    try {
      await pipeline(streamOf(content), measure, createWriteStream(target, { flags: 'wx' }));
    } catch (error) {
      await rm(target, { force: true });
      throw error;
    }
    const file = { sha256: hash.digest('hex'), size };
    this.written.set(path, file);
    return file;
  }

  /** Writes a value as readable JSON. */
  writeJson(path: string, value: unknown): Promise<PackedFile> {
    return this.write(path, `${JSON.stringify(value, null, 2)}\n`);
  }
}

function streamOf(content: Content): Readable {
  if (content instanceof Readable) return content;
  // Not instanceof: bytes may come from another realm.
  const whole = typeof content === 'string' || ArrayBuffer.isView(content);
  return Readable.from(whole ? [content] : content);
}

/** A name of ours as part of a path. */
export const pathPart = (name: string): string =>
  name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'item';
