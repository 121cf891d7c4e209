import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Import } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { ImportedSystems } from '../ai-systems/index.ts';
import { Clients } from '../organisations/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import type { DeliveredMessage } from '../platform/outbox/outbox-handler.ts';
import { FileStorage } from '../platform/storage/index.ts';
import { ColumnProfile } from './column-profile.ts';
import { Destinations } from './destinations.ts';
import { ImportCancelled, ImportJournal, type Job } from './import-journal.ts';
import { ImportRun, type ImportOutcome } from './import-run.ts';
import { openTable } from './open-table.ts';
import { suggestMapping } from './suggest.ts';
import type { TableFile } from './table-file.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** Tries of one piece of work before its import is given up. */
const TRIES = 4;
/** How often a waiting import looks whether the other one is done, and for how long (milliseconds). */
const LOOK_AGAIN = 250;
const WAIT_AT_MOST = 90_000;
/** Rows read between two looks at whether to stop. */
const READ_AT_ONCE = 2000;

/** The work of imports: reading a file, checking it against a mapping, and bringing it in. */
@Injectable()
export class ImportWork {
  private readonly logger = new Logger(ImportWork.name);

  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(FileStorage) private readonly storage: FileStorage,
    @Inject(ImportJournal) private readonly journal: ImportJournal,
    @Inject(ImportedSystems) private readonly systems: ImportedSystems,
    @Inject(Clients) private readonly clients: Clients,
  ) {}

  /** Finds out what the columns of a new file are and suggests where they go. */
  read(message: DeliveredMessage): Promise<void> {
    return this.attempt(message, 'reading', (job) =>
      this.withTable(job, async (table) => {
        const profile = new ColumnProfile(table.columns);
        for await (const { cells } of table.rows) {
          profile.add(cells);
          if (profile.count % READ_AT_ONCE === 0) await this.between(job, message, profile.count);
        }
        if (profile.count === 0) {
          throw new UnreadableFile(
            'The file has a header but no rows. Choose the file with the inventory.',
          );
        }
        const columns = profile.columns();
        await this.journal.wasRead(job, {
          encoding: table.encoding,
          sheet: table.sheet,
          rows: profile.count,
          columns,
          mapping: suggestMapping(columns),
        });
      }),
    );
  }

  /** Does everything that bringing it in would do, and writes down what it would come to. */
  check(message: DeliveredMessage): Promise<void> {
    return this.attempt(message, 'checking', (job) =>
      this.withTable(job, async (table) => {
        const [outcome, problems] = await this.database.transaction(job, async (tx) => {
          const run = await this.runOf(tx, job, table, true);
          const found = await run.run((done) => this.between(job, message, done));
          return [found, run.problems] as const;
        });
        await this.journal.wasChecked(job, outcome, problems);
      }),
    );
  }

  /** Brings everything in, in one transaction: all of it, or nothing. */
  commit(message: DeliveredMessage): Promise<void> {
    return this.attempt(message, 'committing', async (job) => {
      const outcome = await this.database.transaction(job, async (tx) => {
        await this.takeTurn(tx, job, message);
        // Opened again in each attempt: a table can be read only once.
        return this.withTable(job, async (table) => {
          const run = await this.runOf(tx, job, table, false);
          const done = await run.run((rows) => this.between(job, message, rows));
          if (done.errors > 0) throw new UnreadableFile(changedSince(done));
          if (!(await run.isStillAllowed())) throw new UnreadableFile(NOT_ALLOWED);
          await this.journal.wasCommitted(tx, job, message.id, done);
          return done;
        });
      });
      this.logger.log({ message: 'import done', id: job.importId, systems: outcome.create });
    });
  }

  /** One try at a piece of work: what it ends in is written down, whatever happens. */
  private async attempt(
    message: DeliveredMessage,
    state: Import['state'],
    work: (job: Job) => Promise<unknown>,
  ): Promise<void> {
    const job = await this.journal.begin(message, state);
    if (!job) return;
    try {
      await work(job);
    } catch (error) {
      if (error instanceof ImportCancelled) await this.journal.end(job, 'cancelled', null);
      else if (error instanceof UnreadableFile)
        await this.journal.end(job, 'refused', error.message);
      else if (job.attempt >= TRIES) await this.giveUp(job, error);
      else throw error;
    }
  }

  private async giveUp(job: Job, error: unknown): Promise<void> {
    this.logger.error({ message: 'import given up', id: job.importId, cause: String(error) });
    await this.journal.end(
      job,
      'refused',
      `This failed on our side, ${job.attempt} times. Nothing was imported. Upload the file again, and give support the number ${job.importId}.`,
    );
  }

  /** Between two batches: says how far it is, and stops when asked to. */
  private async between(job: Job, message: DeliveredMessage, done: number): Promise<void> {
    if (message.signal.aborted) throw new Error('The worker stops; the work goes on elsewhere.');
    if (await this.journal.progress(job, done)) throw new ImportCancelled();
  }

  private async runOf(tx: Tx, job: Job, table: TableFile, dryRun: boolean): Promise<ImportRun> {
    const wish = { create: job.mapping.createOrganisations, dryRun };
    const destinations = await Destinations.open(tx, job, this.clients, wish);
    if (!destinations) {
      throw new UnreadableFile(NOT_ALLOWED);
    }
    const parts = { systems: this.systems, destinations };
    return new ImportRun(tx, { ...job, dryRun }, job.mapping, table, parts);
  }

  /** Imports of one organisation follow each other; a cancelled one stops waiting. */
  private async takeTurn(tx: Tx, job: Job, message: DeliveredMessage): Promise<void> {
    for (let waited = 0; ; waited += LOOK_AGAIN) {
      const { free } = await tx.one<{ free: boolean }>(sql`
        select pg_try_advisory_xact_lock(hashtextextended(${`import ${job.organisationId}`}, 0)) as free`);
      if (free) return;
      if (waited >= WAIT_AT_MOST)
        throw new Error('Another import of this organisation is still running.');
      await this.between(job, message, 0);
      await wait(LOOK_AGAIN);
    }
  }

  /** The file as a table, from a checked local copy that is gone afterwards. */
  private async withTable<T>(job: Job, use: (table: TableFile) => Promise<T>): Promise<T> {
    const file = await this.storage.receive(
      await this.storage.open(job.organisationId, job.sha256),
    );
    try {
      return await use(await openTable(this.storage, file));
    } finally {
      await this.storage.discard(file);
    }
  }
}

const NOT_ALLOWED =
  'You may not import here any more, so nothing was imported. Ask an administrator.';

const changedSince = ({ errors }: ImportOutcome): string =>
  `${errors} rows have problems that were not there at the check. Nothing was imported. Upload the file again and look at the new check.`;
