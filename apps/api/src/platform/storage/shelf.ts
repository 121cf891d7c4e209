import type { Readable } from 'node:stream';

/** Where files lie: a disk or an object store. Keys are made by FileStorage and by nobody else. */
export interface Shelf {
  /** Puts a finished local file under `key`, wholly or not at all; the local file may be gone after. */
  put(key: string, path: string, size: number): Promise<void>;
  /** The bytes under `key`, or null when there are none. */
  open(key: string): Promise<Readable | null>;
  /** Takes the bytes under `key` away; nothing happens when there are none. */
  remove(key: string): Promise<void>;
}
