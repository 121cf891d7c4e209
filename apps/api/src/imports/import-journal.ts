import { Inject, Injectable } from '@nestjs/common';
import type { Import, ImportMapping, RowProblem } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { Notifications } from '../notifications/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import type { DeliveredMessage } from '../platform/outbox/outbox-handler.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { ImportOutcome } from './import-run.ts';

/** Somebody asked to stop. */
export class ImportCancelled extends Error {}

/** One piece of work at an import, as whoever started it. */
export interface Job {
  readonly importId: string;
  readonly organisationId: string;
  readonly personId: string;
  readonly sha256: string;
  readonly mapping: ImportMapping;
  /** Which try this is, from 1. */
  readonly attempt: number;
}

interface Reading {
  readonly encoding: string | null;
  readonly sheet: string | null;
  readonly rows: number;
  readonly columns: Import['columns'];
  readonly mapping: ImportMapping;
}

const NO_MAPPING: ImportMapping = { columns: [], identity: [], createOrganisations: false };

/** Writes down how imports go: every state they come to, how far the work is, and what it found. */
@Injectable()
export class ImportJournal {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(EventStream) private readonly stream: EventStream,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Notifications) private readonly notifications: Notifications,
  ) {}

  /** Takes up the work of `state`; null when the import is elsewhere by now: somebody was faster. */
  begin(message: DeliveredMessage, state: Import['state']): Promise<Job | null> {
    const importId = String(message.payload['importId']);
    const { organisationId } = message;
    return this.database.transaction({ organisationId, personId: null }, async (tx) => {
      const found = await tx.maybe<{
        started_by: string;
        sha256: string;
        mapping: ImportMapping | null;
        rows: number | null;
      }>(sql`
        select started_by, sha256, mapping, rows from app.import
        where organisation_id = ${organisationId} and id = ${importId} and state = ${state}`);
      if (!found) return null;
      const { attempts } = await tx.one<{ attempts: number }>(sql`
        update app.import_progress
        set phase = ${state}, done = 0, total = ${found.rows ?? 0}, attempts = attempts + 1
        where organisation_id = ${organisationId} and import_id = ${importId}
        returning attempts`);
      return {
        importId,
        organisationId,
        personId: found.started_by,
        sha256: found.sha256,
        mapping: found.mapping ?? NO_MAPPING,
        attempt: attempts,
      };
    });
  }

  /** Says how far the work is, outside of its transaction. True: somebody asked to stop. */
  progress({ organisationId, importId }: Job, done: number): Promise<boolean> {
    return this.database.transaction({ organisationId, personId: null }, async (tx) => {
      const { cancel_requested } = await tx.one<{ cancel_requested: boolean }>(sql`
        update app.import_progress set done = ${done}
        where organisation_id = ${organisationId} and import_id = ${importId}
        returning cancel_requested`);
      this.stream.publish(tx, organisationId, { type: 'job-changed', id: importId });
      return cancel_requested;
    });
  }

  wasRead(job: Job, { encoding, sheet, rows, columns, mapping }: Reading): Promise<void> {
    return this.database.transaction(job, async (tx) => {
      const known = await this.savedFor(tx, job, columns);
      await tx.execute(sql`
        update app.import set state = 'mapping', encoding = ${encoding}, sheet = ${sheet},
          rows = ${rows}, columns = ${JSON.stringify(columns)}::jsonb,
          mapping = ${JSON.stringify(known ?? mapping)}::jsonb, version = version + 1
        where organisation_id = ${job.organisationId} and id = ${job.importId}
          and state = 'reading'`);
      await this.tell(tx, job, 'import.read', { rows, encoding, sheet });
    });
  }

  wasChecked(job: Job, outcome: ImportOutcome, problems: readonly RowProblem[]): Promise<void> {
    return this.database.transaction(job, async (tx) => {
      await this.keepProblems(tx, job, problems);
      await tx.execute(sql`
        update app.import set state = 'checked', outcome = ${JSON.stringify(outcome)}::jsonb,
          version = version + 1
        where organisation_id = ${job.organisationId} and id = ${job.importId}
          and state = 'checking'`);
      await this.tell(tx, job, 'import.checked', outcome);
    });
  }

  /** The last step of the import's own transaction: after it, nobody can cancel any more. */
  async wasCommitted(tx: Tx, job: Job, messageId: string, outcome: ImportOutcome): Promise<void> {
    const { organisationId, importId } = job;
    await tx.enter(job);
    const goesOn = await tx.maybe(sql`
      select 1 as found from app.import_progress
      where organisation_id = ${organisationId} and import_id = ${importId}
        and not cancel_requested for update`);
    if (!goesOn) throw new ImportCancelled();
    const changed = await tx.execute(sql`
      update app.import set state = 'done', outcome = ${JSON.stringify(outcome)}::jsonb,
        finished_at = now(), version = version + 1
      where organisation_id = ${organisationId} and id = ${importId} and state = 'committing'`);
    if (changed !== 1) throw new Error(`Import ${importId} was ended by somebody else.`);
    await this.outbox.done(tx, { organisationId, id: messageId });
    await this.tell(tx, job, 'import.committed', outcome);
    const { create, update, unchanged } = outcome;
    await this.notify(tx, job, {
      subject: 'Your import is done',
      text: `Your import is done: ${create} new, ${update} changed, ${unchanged} as they were.`,
    });
  }

  /** Ends an import without anything imported. */
  async end(job: Job, state: 'refused' | 'cancelled', refusal: string | null): Promise<void> {
    await this.database.transaction(job, async (tx) => {
      const ended = await tx.execute(sql`
        update app.import set state = ${state}, refusal = ${refusal}, finished_at = now(),
          version = version + 1
        where organisation_id = ${job.organisationId} and id = ${job.importId}
          and state in ('reading', 'checking', 'committing')`);
      if (ended !== 1) return;
      await this.tell(tx, job, `import.${state}`, { refusal });
      // Whoever cancels knows it. The page says why: a refusal may quote the file.
      if (state === 'cancelled') return;
      await this.notify(tx, job, {
        subject: 'Your import was refused',
        text: 'Your import was refused and nothing was imported. Its page says why.',
      });
    });
  }

  /** Tells whoever started it that it has come to its end. */
  private async notify(
    tx: Tx,
    { organisationId, importId, personId }: Job,
    said: { readonly subject: string; readonly text: string },
  ): Promise<void> {
    const { kind, slug } = await tx.one<{ kind: 'firm' | 'client'; slug: string }>(
      sql`select kind, slug from app.organisation where id = ${organisationId}`,
    );
    await this.notifications.notify(tx, {
      ...{ organisationId, personId, kind: 'job', ...said },
      path: `/${kind === 'firm' ? 'f' : 'c'}/${slug}/imports/${importId}`,
      key: `import:${importId}`,
    });
  }

  private async tell(tx: Tx, job: Job, action: string, payload: object): Promise<void> {
    await recordEvent(tx, job, {
      action,
      entity: 'import',
      entityId: job.importId,
      payload: { ...payload },
    });
    this.stream.publish(tx, job.organisationId, { type: 'job-changed', id: job.importId });
  }

  /** A mapping that was kept for files with the same columns, the last one first. */
  private async savedFor(
    tx: Tx,
    job: Job,
    columns: Import['columns'],
  ): Promise<ImportMapping | null> {
    const rows = await tx.query<{ mapping: ImportMapping }>(sql`
      select mapping from app.import_mapping
      where organisation_id = ${job.organisationId} order by id desc`);
    const names = new Set(columns.map(({ name }) => name));
    const fits = rows.find(
      ({ mapping }) =>
        mapping.columns.length === names.size &&
        mapping.columns.every(({ column }) => names.has(column)),
    );
    return fits?.mapping ?? null;
  }

  private async keepProblems(tx: Tx, job: Job, problems: readonly RowProblem[]): Promise<void> {
    const { organisationId, importId } = job;
    await tx.execute(sql`
      delete from app.import_problem
      where organisation_id = ${organisationId} and import_id = ${importId}`);
    if (problems.length === 0) return;
    const rows = problems.map((problem, n) => ({ n, ...problem }));
    await tx.execute(sql`
      insert into app.import_problem
        (organisation_id, import_id, n, row, column_name, value, severity, problem, cure)
      select ${organisationId}, ${importId}::uuid, r.n, r."row", r."column", r.value, r.severity,
        r.problem, r.cure
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r
        (n int, "row" int, "column" text, value text, severity text, problem text, cure text)`);
  }
}
