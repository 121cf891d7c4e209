import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../problems.ts';

/** A file that has wholly arrived, on local disk, not yet kept. */
export interface SpooledFile {
  readonly path: string;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly size: number;
}

/** An upload that was never finished is forgotten after this long (milliseconds). */
const STALE = 24 * 60 * 60 * 1000;

/** Takes a stream to its end into a file of its own, flushed to the disk; on failure nothing stays. */
export async function spool(folder: string, content: Readable): Promise<SpooledFile> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, randomUUID());
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(content, measure, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    await flush(path);
  } catch (error) {
    await rm(path, { force: true });
    throw isFull(error) ? storageFull() : error;
  }
  return { path, sha256: hash.digest('hex'), size };
}

/** Removes what crashed uploads left behind. */
export async function sweep(folder: string, now: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    // Another process may have swept it in between.
    if (found && now - found.mtimeMs > STALE) await rm(path, { force: true });
  }
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

const storageFull = () =>
  new Problem(
    507,
    'storage-full',
    'There is no space left for files. Nothing was stored. Tell whoever runs this server.',
  );
