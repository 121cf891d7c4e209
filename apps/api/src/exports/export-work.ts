import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Configuration } from '../platform/config/configuration.ts';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { FileStorage, type SpooledFile } from '../platform/storage/index.ts';
import { ExportJobs, NoLongerWanted, type ExportTry } from './export-job.ts';
import { packReference } from './export-row.ts';
import { EXPORT_WORK } from './exports.ts';
import type { BuiltPack } from './pack-builder.ts';
import type { Progress } from './pack-collector.ts';
import { pathPart } from './pack-folder.ts';
import { PackMaker } from './pack-maker.ts';

/** Tries before a pack is given up, and milliseconds between two words on how far it is. */
const TRIES = 3;
const TELL_EVERY = 500;

/**
 * Makes a pack. A try that dies leaves a folder of its own and nothing else; the next one starts
 * anew, and only the newest can finish. The pack is kept whole before anybody hears of it.
 */
@Injectable()
@OutboxHandler(EXPORT_WORK, 'long')
export class ExportWork implements OutboxHandling {
  private readonly logger = new Logger(ExportWork.name);
  private readonly folder: string;

  constructor(
    @Inject(Configuration) { environment }: Configuration,
    @Inject(ExportJobs) private readonly jobs: ExportJobs,
    @Inject(PackMaker) private readonly maker: PackMaker,
    @Inject(FileStorage) private readonly storage: FileStorage,
  ) {
    this.folder = join(environment.DATA_DIR, 'exports');
  }

  async handle({ organisationId, payload, signal }: DeliveredMessage): Promise<void> {
    const job = await this.jobs.begin(organisationId, String(payload['exportId']));
    if (!job) return;
    await this.sweep(job);
    const folder = join(this.folder, `${job.id}.${job.attempt}`);
    try {
      const built = await this.maker.make(job, folder, this.progressOf(job, signal));
      await this.keep(job, built);
    } catch (error) {
      if (error instanceof NoLongerWanted || !(await this.jobs.isCurrent(job))) return;
      // The worker stops, or something was away: the message comes again and the pack is begun anew.
      if (signal.aborted || job.attempt < TRIES) throw error;
      this.logger.error({ message: 'pack given up', id: job.id, cause: String(error) });
      await this.jobs.fail(job, packReference(job.number), GIVEN_UP);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private async keep(job: ExportTry, built: BuiltPack): Promise<void> {
    await this.jobs.progress(job, 'Packing', 0, built.files);
    const file = await this.storage.receive(built.zip());
    try {
      await this.jobs.progress(job, 'Packing', built.files, built.files);
      await this.storage.keep(job.organisationId, file);
      await this.finish(job, built, file);
    } finally {
      await this.storage.discard(file);
    }
  }

  private async finish(job: ExportTry, built: BuiltPack, file: SpooledFile): Promise<void> {
    const reference = packReference(job.number);
    const about = job.aiSystemId === null ? 'whole' : 'ai-system';
    const fileName = `${pathPart(`plumbline-${job.organisation.slug}-${reference}-${about}`)}.zip`;
    try {
      const { sha256, size } = file;
      const { files, gaps } = built;
      await this.jobs.finish(job, { fileName, reference, sha256, size, files, gaps });
    } catch (error) {
      // Cancelled at the last moment: nobody will ever ask for these bytes.
      if (error instanceof NoLongerWanted) {
        await this.storage.remove(job.organisationId, file.sha256);
      }
      throw error;
    }
  }

  private progressOf(job: ExportTry, signal: AbortSignal): Progress {
    let told = { phase: '', at: 0 };
    return async (phase, done, total) => {
      if (signal.aborted) throw new Error('the worker is stopping');
      const now = performance.now();
      if (phase === told.phase && now - told.at < TELL_EVERY) return;
      told = { phase, at: now };
      await this.jobs.progress(job, phase, done, total);
    };
  }

  /** Removes what earlier tries at this pack have left. */
  private async sweep(job: ExportTry): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.folder)) {
      if (name.startsWith(`${job.id}.`))
        await rm(join(this.folder, name), { recursive: true, force: true });
    }
  }
}

const GIVEN_UP =
  'This failed on our side, several times. Make a new pack; if that fails too, give support its reference.';
