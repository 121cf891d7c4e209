import { Inject, Injectable, Logger } from '@nestjs/common';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { Notifications } from '../notifications/index.ts';
import { EventStream } from '../platform/http/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { Problem } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { BulkActs, type Item, type Work } from './bulk-acts.ts';
import { BULK_RUN } from './bulk.ts';

const payloadSchema = z.object({ bulkId: z.uuid() });

/** After how many of them open pages are told how far it is. */
const TELL_EVERY = 10;

/** One to do, and who does it; nobody when they may not any more. */
interface Next {
  readonly ctx: RequestContext | null;
  readonly work: Work;
  readonly item: Item;
}

/**
 * Carries a bulk operation out as the person who asked for it, with the rights that they have now: one
 * transaction for each, which also notes its result. Broken off, it goes on with the next.
 */
@Injectable()
@OutboxHandler(BULK_RUN, 'long')
export class BulkHandler implements OutboxHandling {
  private readonly logger = new Logger(BulkHandler.name);

  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Notifications) private readonly notifications: Notifications,
    @Inject(EventStream) private readonly stream: EventStream,
    @Inject(BulkActs) private readonly acts: BulkActs,
  ) {}

  async handle({ id, organisationId, payload, signal }: DeliveredMessage): Promise<void> {
    const { bulkId } = payloadSchema.parse(payload);
    const product = { organisationId, personId: null };
    for (;;) {
      if (signal.aborted) throw new Error('The worker stops; the work goes on elsewhere.');
      const next = await this.database.transaction(product, (tx) => this.next(tx, product, bulkId));
      if (!next) break;
      await this.carryOut({ ...next, bulkId, product });
    }
    await this.database.transaction(product, async (tx) => {
      if (await this.outbox.done(tx, { organisationId, id })) {
        await this.end(tx, organisationId, bulkId);
      }
    });
  }

  /** The next one to do, with the person's rights of this moment; null when it is over or stopped. */
  private async next(
    tx: Tx,
    { organisationId }: { organisationId: string },
    bulkId: string,
  ): Promise<Next | null> {
    const work = await tx.maybe<Work>(sql`
      select b.action, b.reason, b.asked_by, o.slug, o.name
      from app.bulk b join app.organisation o on o.id = b.organisation_id
      where b.organisation_id = ${organisationId} and b.id = ${bulkId} and b.status = 'running'`);
    const item =
      work &&
      (await tx.maybe<Item>(sql`
        select n, run_id, task_id from app.bulk_item
        where organisation_id = ${organisationId} and bulk_id = ${bulkId} and status = 'waiting'
        order by n limit 1`));
    if (!work || !item) return null;
    const ctx = await this.acts.contextOf(tx, organisationId, bulkId, work);
    return { ctx, work, item };
  }

  private async carryOut({
    ctx,
    work,
    item,
    bulkId,
    product,
  }: Next & {
    readonly bulkId: string;
    readonly product: { readonly organisationId: string; readonly personId: null };
  }): Promise<void> {
    const noted = { bulkId, n: item.n };
    try {
      if (!ctx) throw new Problem(403, 'forbidden', 'Who asked for it may not do this any more.');
      await this.database.transaction(ctx, async (tx) => {
        // Whoever notes it does it: a second worker finds it noted.
        if (await this.settle(tx, product, noted, null)) await this.acts.act(tx, ctx, work, item);
      });
    } catch (error) {
      const refused = error instanceof Problem;
      if (!refused)
        this.logger.error({ message: 'bulk item failed', bulkId, cause: String(error) });
      const message = refused ? error.message : 'It failed on our side. Nothing was changed.';
      await this.database.transaction(product, (tx) => this.settle(tx, product, noted, message));
    }
  }

  /** Notes the result of one: done, or why it was refused. False when it is noted already. */
  private async settle(
    tx: Tx,
    { organisationId }: { readonly organisationId: string },
    { bulkId, n }: { readonly bulkId: string; readonly n: number },
    refusal: string | null,
  ): Promise<boolean> {
    const settled = await tx.execute(sql`
      update app.bulk_item set status = ${refusal === null ? 'done' : 'refused'},
        message = ${refusal?.slice(0, 500) ?? null}, at = now()
      where organisation_id = ${organisationId} and bulk_id = ${bulkId} and n = ${n}
        and status = 'waiting'`);
    if (settled === 1 && n % TELL_EVERY === 0) {
      this.stream.publish(tx, organisationId, { type: 'job-changed', id: bulkId });
    }
    return settled === 1;
  }

  /** Ends it and tells whoever asked what became of it. */
  private async end(tx: Tx, organisationId: string, bulkId: string): Promise<void> {
    await tx.execute(sql`
      update app.bulk set status = 'done', ended_at = now()
      where organisation_id = ${organisationId} and id = ${bulkId} and status = 'running'`);
    const told = await tx.one<{ asked_by: string; slug: string; done: number; total: number }>(sql`
      select b.asked_by, o.slug, b.total,
             (select count(*)::int from app.bulk_item i where i.organisation_id = b.organisation_id
               and i.bulk_id = b.id and i.status = 'done') as done
      from app.bulk b join app.organisation o on o.id = b.organisation_id
      where b.organisation_id = ${organisationId} and b.id = ${bulkId}`);
    await this.notifications.notify(tx, {
      ...{ organisationId, personId: told.asked_by, kind: 'job' },
      subject: 'What you asked for is done',
      text: `${told.done} of ${told.total} were done. Those that were refused say why.`,
      path: `/c/${told.slug}/runs/bulk/${bulkId}`,
      key: `bulk:${bulkId}`,
    });
    this.stream.publish(tx, organisationId, { type: 'job-changed', id: bulkId });
  }
}
