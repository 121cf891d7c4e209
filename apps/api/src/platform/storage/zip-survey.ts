import { finished } from 'node:stream/promises';
import type { Entry } from 'yauzl';
import { openPromise } from 'yauzl';

/** What an archive says about itself; nothing is unpacked. */
export interface ZipSurvey {
  readonly names: readonly string[];
  /** Sum of the sizes that the entries declare. */
  readonly unpackedSize: number;
}

/** An archive that must not be opened; the message says why and what to do. */
export class UnsafeArchive extends Error {}

export interface ZipLimits {
  readonly entries: number;
  readonly unpackedSize: number;
}

/** Looks an archive over: refuses passwords, names that point outside, and what would unpack too large. */
export async function surveyZip(path: string, limits: ZipLimits): Promise<ZipSurvey> {
  const names: string[] = [];
  let unpackedSize = 0;
  await eachEntry(path, (entry) => {
    if (entry.isEncrypted()) {
      throw new UnsafeArchive('It is protected by a password. Save it without one.');
    }
    names.push(entry.fileName);
    unpackedSize += entry.uncompressedSize;
    if (names.length > limits.entries || unpackedSize > limits.unpackedSize) {
      throw new UnsafeArchive('It would unpack to more than is allowed. Split it into parts.');
    }
  });
  return { names, unpackedSize };
}

/** Unpacks an archive into nothing, counting, to find entries that hold more than they declare. */
export async function assertHonestSizes(path: string): Promise<void> {
  const zip = await open(path);
  try {
    for await (const entry of zip.eachEntry()) {
      const content = await zip.openReadStreamPromise(entry);
      // yauzl stops with an error as soon as an entry yields more bytes than it declared.
      await finished(content.resume());
    }
  } catch (error) {
    throw asUnsafe(error);
  } finally {
    zip.close();
  }
}

async function eachEntry(path: string, visit: (entry: Entry) => void): Promise<void> {
  const zip = await open(path);
  try {
    for await (const entry of zip.eachEntry()) visit(entry);
  } catch (error) {
    throw asUnsafe(error);
  } finally {
    zip.close();
  }
}

async function open(path: string) {
  try {
    return await openPromise(path, { autoClose: false, strictFileNames: false });
  } catch (error) {
    throw asUnsafe(error);
  }
}

/** yauzl refuses broken archives, absolute names and names with `..`. */
const asUnsafe = (error: unknown): UnsafeArchive =>
  error instanceof UnsafeArchive
    ? error
    : new UnsafeArchive('It is damaged or not a real archive. Save it again from its program.', {
        cause: error,
      });
