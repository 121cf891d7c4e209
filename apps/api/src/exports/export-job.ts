import { Inject, Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { Notifications } from '../notifications/index.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import { systemScope } from '../platform/request-context.ts';
import type { Gap } from './pack-summary.ts';

/** Topic of the work that removes an expired pack. */
export const EXPORT_EXPIRY = 'export-expiry';

/** Days that a pack can be downloaded. */
const KEPT_DAYS = 30;

/** One try at making a pack: only the newest try may write to its row. */
export interface ExportTry {
  readonly id: string;
  readonly organisationId: string;
  readonly attempt: number;
  readonly number: number;
  readonly aiSystemId: string | null;
  readonly recordEventId: string;
  readonly createdBy: { readonly id: string; readonly name: string };
  readonly organisation: {
    readonly id: string;
    readonly name: string;
    readonly slug: string;
    readonly scopeStatement: string;
  };
}

/** The pack was cancelled, or somebody else has taken over its making: stop without a word. */
export class NoLongerWanted extends Error {}

/** The row of a pack as the worker moves it along. */
@Injectable()
export class ExportJobs {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(EventStream) private readonly stream: EventStream,
    @Inject(Notifications) private readonly notifications: Notifications,
    @Inject(Outbox) private readonly outbox: Outbox,
  ) {}

  /** Begins a new try; null when the pack is finished or cancelled. An older try is fenced off. */
  begin(organisationId: string, id: string): Promise<ExportTry | null> {
    return this.database.transaction(systemScope(organisationId), async (tx) => {
      const begun = await tx.maybe<ExportTry>(sql`
        update app.export x
        set state = 'running', attempt = x.attempt + 1, phase = 'Waiting for the record',
            done = 0, total = 0
        from app.person p, app.organisation o
        where x.organisation_id = ${organisationId} and x.id = ${id}
          and x.state in ('waiting', 'running') and p.id = x.created_by
          and o.id = x.organisation_id
        returning x.id, x.organisation_id as "organisationId", x.attempt, x.number,
          x.ai_system_id as "aiSystemId", x.record_event_id as "recordEventId",
          json_build_object('id', p.id, 'name', p.name) as "createdBy",
          json_build_object('id', o.id, 'name', o.name, 'slug', o.slug,
                            'scopeStatement', o.scope_statement) as organisation`);
      if (begun) this.stream.publish(tx, organisationId, { type: 'job-changed', id });
      return begun;
    });
  }

  /** Whether this try is still the one that counts. */
  async isCurrent(job: ExportTry): Promise<boolean> {
    const row = await this.database.transaction(systemScope(job.organisationId), (tx) =>
      tx.maybe(sql`
        select 1 as current from app.export
        where organisation_id = ${job.organisationId} and id = ${job.id}
          and state = 'running' and attempt = ${job.attempt}`),
    );
    return row !== null;
  }

  /** Notes how far a try is; throws NoLongerWanted when it should stop. */
  progress(job: ExportTry, phase: string, done: number, total: number): Promise<void> {
    return this.change(job, async (tx) => {
      await this.own(tx, job, sql`phase = ${phase}, done = ${done}, total = ${total}`);
    });
  }

  /** The pack is kept and can be downloaded. */
  finish(
    job: ExportTry,
    pack: {
      readonly fileName: string;
      readonly reference: string;
      readonly sha256: string;
      readonly size: number;
      readonly files: number;
      readonly gaps: readonly Gap[];
    },
  ): Promise<void> {
    return this.change(job, async (tx) => {
      await this.own(
        tx,
        job,
        sql`state = 'done', phase = null, file_name = ${pack.fileName}, sha256 = ${pack.sha256},
            size = ${pack.size}, files = ${pack.files}, gaps = ${JSON.stringify(pack.gaps)}::jsonb,
            finished_at = now(), expires_at = now() + make_interval(days => ${KEPT_DAYS})`,
      );
      const { reference, sha256, size, files } = pack;
      await recordEvent(tx, systemScope(job.organisationId), {
        action: 'export.made',
        entity: 'export',
        entityId: job.id,
        payload: { reference, sha256, size, files, gaps: pack.gaps.length },
      });
      await this.outbox.add(tx, {
        ...{ organisationId: job.organisationId, topic: EXPORT_EXPIRY, key: job.id },
        payload: { exportId: job.id },
        delay: KEPT_DAYS * 86_400,
      });
      await this.tell(
        tx,
        job,
        `The evidence pack ${reference} is ready`,
        'You can download it now.',
      );
    });
  }

  /** The pack cannot be made: said to who asked for it. */
  fail(job: ExportTry, reference: string, failure: string): Promise<void> {
    return this.change(job, async (tx) => {
      await this.own(
        tx,
        job,
        sql`state = 'failed', phase = null, failure = ${failure}, finished_at = now()`,
      );
      await recordEvent(tx, systemScope(job.organisationId), {
        action: 'export.failed',
        entity: 'export',
        entityId: job.id,
        payload: { reference, failure },
      });
      await this.tell(tx, job, `The evidence pack ${reference} could not be made`, failure);
    });
  }

  private async own(tx: Tx, job: ExportTry, set: ReturnType<typeof sql>): Promise<void> {
    const owned = await tx.execute(sql`
      update app.export set ${set}
      where organisation_id = ${job.organisationId} and id = ${job.id}
        and state = 'running' and attempt = ${job.attempt}`);
    if (owned === 0) throw new NoLongerWanted();
  }

  private change(job: ExportTry, work: (tx: Tx) => Promise<void>): Promise<void> {
    return this.database.transaction(systemScope(job.organisationId), async (tx) => {
      await work(tx);
      this.stream.publish(tx, job.organisationId, { type: 'job-changed', id: job.id });
    });
  }

  private tell(tx: Tx, job: ExportTry, subject: string, text: string): Promise<void> {
    return this.notifications.notify(tx, {
      ...{ organisationId: job.organisationId, personId: job.createdBy.id, kind: 'job' },
      ...{ subject, text: `${subject}. ${text}`, key: `export-${job.id}` },
      path: `/c/${job.organisation.slug}/exports`,
    });
  }
}
