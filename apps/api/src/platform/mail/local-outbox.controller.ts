import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Controller, Get, Inject } from '@nestjs/common';
import { localMailSchema, type LocalMail } from '@plumbline/contracts';
import { Configuration } from '../config/configuration.ts';
import { Public, Returns } from '../http/decorators.ts';
import { NotFound } from '../problems.ts';
import { Mailer } from './mailer.ts';

/** Newest mails shown by the demo's outbox. */
const SHOWN = 100;

/** The mails of a product without SMTP: for the demo on one's own machine, never in production. */
@Controller('local-outbox')
export class LocalOutboxController {
  constructor(
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(Configuration) private readonly configuration: Configuration,
  ) {}

  @Get()
  @Public()
  @Returns(localMailSchema.array())
  async list(): Promise<LocalMail[]> {
    const folder = this.mailer.localOutbox;
    if (!folder || this.configuration.production) throw new NotFound();
    const names = await readdir(folder).catch(() => []);
    const mails = await Promise.all(
      names
        .filter((name) => name.endsWith('.json'))
        .map(async (name) =>
          localMailSchema.parse(JSON.parse(await readFile(join(folder, name), 'utf8'))),
        ),
    );
    return mails.sort((a, b) => b.at.localeCompare(a.at)).slice(0, SHOWN);
  }
}
