import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Evidence } from '../evidence/index.ts';
import { Exceptions } from '../exceptions/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { systemScope } from '../platform/request-context.ts';
import { SigningKeys } from '../record/index.ts';
import { Requirements } from '../requirements/index.ts';
import type { ExportTry } from './export-job.ts';
import { packReference } from './export-row.ts';
import { buildPack, type BuiltPack } from './pack-builder.ts';
import type { Progress } from './pack-collector.ts';
import { PackReader } from './pack-reader.ts';
import { readPackRecord } from './pack-record.ts';
import type { PackSource } from './pack-source.ts';

/** How long a pack waits for the notary (milliseconds), and how often it looks. */
const PATIENCE = 15_000;
const LOOK_EVERY = 100;

/** Builds the pack of one try from the organisation's data as of one moment. */
@Injectable()
export class PackMaker {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Requirements) private readonly requirements: Requirements,
    @Inject(Evidence) private readonly evidence: Evidence,
    @Inject(SigningKeys) private readonly keys: SigningKeys,
    @Inject(Exceptions) private readonly exceptions: Exceptions,
  ) {}

  async make(job: ExportTry, folder: string, progress: Progress): Promise<BuiltPack> {
    const scope = systemScope(job.organisationId);
    await this.waitForProof(job, progress);
    return buildPack(folder, {
      withSource: (work) =>
        this.database.snapshot(scope, async (tx) => work(await this.source(tx, job))),
      open: (sha256) =>
        this.evidence.open({ ...scope, organisationId: job.organisationId }, sha256),
      keys: this.keys,
      progress,
    });
  }

  /**
   * Waits until the entry that asked for the pack has its place, and with it all before it. When the
   * notary is away the pack is made all the same and says which entries are not proven.
   */
  private async waitForProof(job: ExportTry, progress: Progress): Promise<void> {
    const until = performance.now() + PATIENCE;
    while (performance.now() < until) {
      const placed = await this.database.transaction(systemScope(job.organisationId), (tx) => {
        tx.announce('record', '');
        return tx.maybe(sql`
            select 1 as placed from app.log_leaf l
            join app.log_tree t on t.organisation_id = l.organisation_id and t.epoch = l.epoch
            where l.organisation_id = ${job.organisationId} and l.event_id = ${job.recordEventId}`);
      });
      if (placed) return;
      await progress('Waiting for the record', 0, 1);
      await delay(LOOK_EVERY);
    }
  }

  private async source(tx: Tx, job: ExportTry): Promise<PackSource> {
    const { organisationId, aiSystemId, organisation } = job;
    const reader = new PackReader(tx, { organisationId, aiSystemId });
    const { count, ...record } = await readPackRecord(tx, { organisationId, aiSystemId });
    return {
      about: {
        reference: packReference(job.number),
        organisation: { id: organisation.id, name: organisation.name, slug: organisation.slug },
        scopeStatement: organisation.scopeStatement,
        aiSystem: aiSystemId === null ? null : await reader.subject(),
        cutOff: (await tx.now()).toISOString(),
        madeBy: job.createdBy.name,
        exceptions: (await this.exceptions.all(tx, { organisationId, personId: null })).map(
          ({ rule, reason, compensatingControl, declaredBy, declaredAt, expiresOn, state }) => ({
            ...{ rule, reason, compensatingControl, declaredAt, expiresOn, state },
            declaredBy: declaredBy.name,
          }),
        ),
      },
      counts: { items: await reader.count(), entries: count },
      ...record,
      requirements: async () =>
        (await this.requirements.list(tx, { organisationId, personId: null }, aiSystemId)).map(
          ({ words: _words, evidence, ...requirement }) => ({
            ...requirement,
            evidence: evidence.map(({ reference }) => reference),
            // Nothing can be excluded yet: there is no Statement of Applicability to justify it.
            exclusion: null,
          }),
        ),
      systems: () => reader.systems(),
      runs: () => reader.runs(),
      decisions: () => reader.decisions(),
      monitors: () => reader.monitors(),
      evidence: () => reader.evidence(),
      workflows: () => reader.workflows(),
    };
  }
}
