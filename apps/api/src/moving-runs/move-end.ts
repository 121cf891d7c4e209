import { Inject, Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Notifications } from '../notifications/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { Batch } from './move-work.ts';

/** Notes what became of the runs of a batch, and of the batch itself. */
@Injectable()
export class MoveEnd {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Notifications) private readonly notifications: Notifications,
    @Inject(EventStream) private readonly stream: EventStream,
  ) {}

  /** One run is done: moved, or why not. */
  async note(tx: Tx, batch: Batch, runId: string, reason: string | null): Promise<void> {
    await tx.execute(sql`
      update app.workflow_migration_run
      set status = ${reason === null ? 'moved' : 'refused'}, reason = ${reason}, at = now()
      where organisation_id = ${batch.organisationId} and migration_id = ${batch.id}
        and run_id = ${runId} and status = 'waiting'`);
    this.stream.publish(tx, batch.organisationId, { type: 'job-changed', id: batch.id });
  }

  /** All runs are done. */
  async done(batch: Batch): Promise<void> {
    const { organisationId, personId, id, key, from, to } = batch;
    await this.database.transaction({ organisationId, personId }, async (tx) => {
      const ended = await tx.execute(sql`
        update app.workflow_migration set state = 'done', finished_at = now()
        where organisation_id = ${organisationId} and id = ${id} and state = 'running'`);
      if (ended === 0) return;
      const counts = await tx.one<{ moved: number; refused: number }>(sql`
        select count(*) filter (where status = 'moved')::int as moved,
               count(*) filter (where status = 'refused')::int as refused
        from app.workflow_migration_run
        where organisation_id = ${organisationId} and migration_id = ${id}`);
      await recordEvent(tx, batch, {
        action: 'workflow-migration.done',
        entity: 'workflow-migration',
        entityId: id,
        payload: { key, from, to, ...counts },
      });
      const { moved, refused } = counts;
      const left = refused > 0 ? ` ${refused} stayed as they were; the page says why.` : '';
      await this.tell(
        tx,
        batch,
        `${moved} of ${moved + refused} runs go on by version ${to}.${left}`,
      );
    });
  }

  /** The batch is not carried out at all. */
  async refused(tx: Tx, batch: Batch, failure: string): Promise<void> {
    await tx.execute(sql`
      update app.workflow_migration
      set state = 'failed', failure = ${failure}, finished_at = now()
      where organisation_id = ${batch.organisationId} and id = ${batch.id}`);
    await recordEvent(
      tx,
      { organisationId: batch.organisationId, personId: null },
      {
        action: 'workflow-migration.failed',
        entity: 'workflow-migration',
        entityId: batch.id,
        payload: { key: batch.key, failure },
      },
    );
    await this.tell(tx, batch, `Runs were not moved to version ${batch.to}. ${failure}`);
  }

  private async tell(
    tx: Tx,
    { organisationId, personId, id, key }: Batch,
    text: string,
  ): Promise<void> {
    const { slug } = await tx.one<{ slug: string }>(
      sql`select slug from app.organisation where id = ${organisationId}`,
    );
    await this.notifications.notify(tx, {
      ...{ organisationId, personId, kind: 'job', text, key: `workflow-migration:${id}` },
      subject: 'Moving runs to another version is over',
      path: `/c/${slug}/workflows/${key}/migrations/${id}`,
    });
    this.stream.publish(tx, organisationId, { type: 'job-changed', id });
  }
}
