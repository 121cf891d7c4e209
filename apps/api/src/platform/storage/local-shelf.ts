import { createReadStream } from 'node:fs';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Shelf } from './shelf.ts';

/** Files on this machine's disk. A name appears only when its bytes are safely on the disk. */
export class LocalShelf implements Shelf {
  constructor(private readonly root: string) {}

  async put(key: string, path: string): Promise<void> {
    const target = join(this.root, key);
    await mkdir(dirname(target), { recursive: true });
    await rename(path, target);
    await syncDirectory(dirname(target));
  }

  async open(key: string): Promise<Readable | null> {
    const path = join(this.root, key);
    try {
      await access(path);
    } catch {
      // Not there: the caller decides what that means.
      return null;
    }
    return createReadStream(path);
  }

  async remove(key: string): Promise<void> {
    await rm(join(this.root, key), { force: true });
  }
}

/** Without it a crash could forget the new name, though the bytes are there. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
