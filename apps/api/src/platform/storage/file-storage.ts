import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Configuration } from '../config/configuration.ts';
import { NotFound } from '../problems.ts';
import { LocalShelf } from './local-shelf.ts';
import { S3Shelf } from './s3-shelf.ts';
import type { Shelf } from './shelf.ts';
import { spool, sweep, type SpooledFile } from './spool.ts';
import { FileDamaged, Verified } from './verified.ts';

const SHA256 = /^[0-9a-f]{64}$/;
const ID = /^[0-9a-f-]{36}$/;

/**
 * Files by the hash of their content, apart for each organisation: the same bytes lie there once,
 * and what is read is checked against its name. Names of files live in the database alone.
 */
@Injectable()
export class FileStorage implements OnModuleInit {
  private readonly shelf: Shelf;
  private readonly spoolFolder: string;

  constructor(@Inject(Configuration) configuration: Configuration) {
    const { DATA_DIR, S3_BUCKET } = configuration.environment;
    this.spoolFolder = join(DATA_DIR, 'files', 'arriving');
    this.shelf = S3_BUCKET
      ? new S3Shelf(configuration)
      : new LocalShelf(join(DATA_DIR, 'files', 'kept'));
  }

  async onModuleInit(): Promise<void> {
    await sweep(this.spoolFolder, Date.now());
  }

  /** Takes a stream in, wholly or not at all. What is not kept must be discarded. */
  receive(content: Readable): Promise<SpooledFile> {
    return spool(this.spoolFolder, content);
  }

  /** Keeps a received file for the organisation. Safe to call again with the same content. */
  async keep(organisationId: string, file: SpooledFile): Promise<void> {
    const key = keyOf(organisationId, file.sha256);
    if (await this.isIntact(organisationId, file.sha256)) await this.discard(file);
    else await this.shelf.put(key, file.path, file.size);
  }

  /** Forgets a received file that is not kept, or was kept already. */
  async discard(file: SpooledFile): Promise<void> {
    await rm(file.path, { force: true });
  }

  /** A received file's bytes, before it is kept. */
  peek(file: SpooledFile, bytes: number): Readable {
    return createReadStream(file.path, { end: bytes - 1 });
  }

  /** The kept bytes; the stream fails before its end when they are not what was stored. */
  async open(organisationId: string, sha256: string): Promise<Readable> {
    const content = await this.shelf.open(keyOf(organisationId, sha256));
    if (!content) throw new NotFound();
    // The reader of the returned stream sees a failure of either part.
    return pipeline(content, new Verified(sha256), () => undefined);
  }

  /** Takes a kept file away for good; whoever calls knows that nothing refers to it any more. */
  async remove(organisationId: string, sha256: string): Promise<void> {
    await this.shelf.remove(keyOf(organisationId, sha256));
  }

  /** Reads a kept file through once, so that a damaged one is told before anything is given out. */
  async verify(organisationId: string, sha256: string): Promise<void> {
    if (!(await this.isIntact(organisationId, sha256))) throw new FileDamaged();
  }

  private async isIntact(organisationId: string, sha256: string): Promise<boolean> {
    const content = await this.shelf.open(keyOf(organisationId, sha256));
    if (!content) return false;
    try {
      await finished(pipeline(content, new Verified(sha256), () => undefined).resume());
      return true;
    } catch (error) {
      if (error instanceof FileDamaged) return false;
      throw error;
    }
  }
}

function keyOf(organisationId: string, sha256: string): string {
  if (!ID.test(organisationId) || !SHA256.test(sha256)) throw new NotFound();
  return `${organisationId}/${sha256.slice(0, 2)}/${sha256}`;
}
