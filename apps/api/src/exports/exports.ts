import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { CreateExport, Export, ExportsQuery, Page } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { AiSystems } from '../ai-systems/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream, requireStepUp } from '../platform/http/index.ts';
import { newId } from '../platform/ids.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { pageOf, readCursor } from '../platform/paging.ts';
import { Conflict, Problem } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { FileStorage } from '../platform/storage/index.ts';
import { EXPORT_ROW, packReference, toExport, type ExportRow } from './export-row.ts';

/** Topic of the work that makes a pack. */
export const EXPORT_WORK = 'export-work';

/** Evidence packs: asked for, followed, downloaded. The worker makes them. */
@Injectable()
export class Exports {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(AiSystems) private readonly aiSystems: AiSystems,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(EventStream) private readonly stream: EventStream,
    @Inject(FileStorage) private readonly storage: FileStorage,
  ) {}

  /** Asks for a pack of one AI system or of the whole client. */
  create(ctx: RequestContext, { aiSystemId }: CreateExport): Promise<Export> {
    return this.database.transaction(ctx, async (tx) => {
      requireStepUp(ctx, await tx.now());
      const system = aiSystemId && (await this.aiSystems.nameOf(tx, ctx, aiSystemId));
      const id = newId();
      const { last: number } = await tx.one<{ last: number }>(sql`
        insert into app.export_number (organisation_id, last) values (${ctx.organisationId}, 1)
        on conflict (organisation_id) do update set last = app.export_number.last + 1
        returning last`);
      const eventId = await recordEvent(tx, ctx, {
        action: 'export.created',
        entity: 'export',
        entityId: id,
        payload: { reference: packReference(number), aiSystem: system },
      });
      await tx.execute(sql`
        insert into app.export
          (organisation_id, id, number, ai_system_id, record_event_id, created_by)
        values (${ctx.organisationId}, ${id}, ${number}, ${aiSystemId}::uuid, ${eventId},
                ${ctx.personId})`);
      const { organisationId } = ctx;
      await this.outbox.add(tx, {
        ...{ organisationId, topic: EXPORT_WORK, key: id },
        payload: { exportId: id },
      });
      this.stream.publish(tx, organisationId, { type: 'job-changed', id });
      return this.find(tx, ctx, id);
    });
  }

  /** Packs, newest first. */
  list(ctx: RequestContext, query: ExportsQuery): Promise<Page<Export>> {
    const [before = null] = readCursor(query.cursor, z.tuple([z.uuid()])) ?? [];
    return this.database.transaction(ctx, async (tx) => {
      const fetched = await tx.query<ExportRow>(sql`
        select ${EXPORT_ROW}
        where x.organisation_id = ${ctx.organisationId}
          and (${query.aiSystem ?? null}::uuid is null or x.ai_system_id = ${query.aiSystem ?? null}::uuid)
          and (${before}::uuid is null or x.id < ${before}::uuid)
        order by x.id desc limit ${query.limit + 1}`);
      const { rows, nextCursor } = pageOf(fetched, query.limit, ({ id }) => [id]);
      return { items: rows.map(toExport), nextCursor };
    });
  }

  /** One pack and how far it is. */
  get(ctx: RequestContext, id: string): Promise<Export> {
    return this.database.transaction(ctx, (tx) => this.find(tx, ctx, id));
  }

  /** Stops the making of a pack. Whoever makes it notices at the next step. */
  cancel(ctx: RequestContext, id: string): Promise<Export> {
    return this.database.transaction(ctx, async (tx) => {
      const before = await this.find(tx, ctx, id);
      const stopped = await tx.execute(sql`
        update app.export set state = 'cancelled', finished_at = now(), phase = null
        where organisation_id = ${ctx.organisationId} and id = ${id}
          and state in ('waiting', 'running')`);
      if (stopped === 0) {
        throw new Conflict('not-running', `This pack is ${before.state}: nothing is left to stop.`);
      }
      await recordEvent(tx, ctx, {
        action: 'export.cancelled',
        entity: 'export',
        entityId: id,
        payload: { reference: before.reference },
      });
      this.stream.publish(tx, ctx.organisationId, { type: 'job-changed', id });
      return this.find(tx, ctx, id);
    });
  }

  /** Gives the pack out: counted and recorded before the first byte. */
  async download(
    ctx: RequestContext,
    id: string,
  ): Promise<{ content: Readable; fileName: string; size: number }> {
    const pack = await this.database.transaction(ctx, async (tx) => {
      const found = await this.find(tx, ctx, id);
      if (found.state === 'expired') {
        throw new Problem(410, 'export-expired', 'This pack has expired. Make a new one.');
      }
      if (found.sha256 === null || found.fileName === null || found.size === null) {
        throw new Conflict('export-not-ready', 'This pack is not ready. Wait until it is done.');
      }
      await tx.execute(sql`
        update app.export set downloads = downloads + 1
        where organisation_id = ${ctx.organisationId} and id = ${id}`);
      await recordEvent(tx, ctx, {
        action: 'export.downloaded',
        entity: 'export',
        entityId: id,
        payload: { reference: found.reference, sha256: found.sha256 },
      });
      return { sha256: found.sha256, fileName: found.fileName, size: found.size };
    });
    const content = await this.storage.open(ctx.organisationId, pack.sha256);
    return { content, fileName: pack.fileName, size: pack.size };
  }

  private async find(tx: Tx, ctx: RequestContext, id: string): Promise<Export> {
    const row = await tx.one<ExportRow>(sql`
      select ${EXPORT_ROW} where x.organisation_id = ${ctx.organisationId} and x.id = ${id}`);
    return toExport(row);
  }
}
