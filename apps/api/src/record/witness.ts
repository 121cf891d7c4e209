import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { Configuration } from '../platform/config/configuration.ts';

const SUFFIX = '.head';

/**
 * The last signed head of every log, kept in files outside the database: what shows that a restored
 * database has lost entries. Keep DATA_DIR out of the database's own backups.
 */
@Injectable()
export class Witness {
  private readonly folder: string;

  constructor(@Inject(Configuration) { environment }: Configuration) {
    this.folder = join(environment.DATA_DIR, 'record-heads');
  }

  /** The signed note that was kept last, or null when none was. */
  async read(organisationId: string): Promise<string | null> {
    try {
      return await readFile(this.file(organisationId), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  /** Keeps `note`: on disk when this returns, and never half of it. */
  async keep(organisationId: string, note: string): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const file = this.file(organisationId);
    const draft = `${file}.new`;
    const handle = await open(draft, 'w', 0o600);
    try {
      await handle.writeFile(note);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
    const folder = await open(this.folder);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  /** Every organisation of which a head was kept. */
  async organisations(): Promise<string[]> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    return (await readdir(this.folder))
      .filter((name) => name.endsWith(SUFFIX))
      .map((name) => name.slice(0, -SUFFIX.length));
  }

  private file(organisationId: string): string {
    return join(this.folder, `${organisationId}${SUFFIX}`);
  }
}
