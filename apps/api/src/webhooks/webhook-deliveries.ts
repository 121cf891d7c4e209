import { Inject, Injectable } from '@nestjs/common';
import {
  WEBHOOK_TEST,
  type DeliveriesAnswer,
  type DeliveriesQuery,
  type DeliveryDetail,
  type WebhookDelivery,
} from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { Configuration } from '../platform/config/configuration.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { pageOf, readCursor } from '../platform/paging.ts';
import { Conflict } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { planAttempt } from './attempts.ts';
import { testBodyOf } from './bodies.ts';
import { planDeliveries } from './fan-out.ts';
import type { NamedOrganisation } from './names.ts';
import { WAITS } from './schedule.ts';
import {
  DELIVERY_ROWS,
  toAttempt,
  toDelivery,
  type AttemptRow,
  type DeliveryRow,
} from './webhook-row.ts';
import { Webhooks } from './webhooks.ts';

/** What was sent, is being sent and is sent again. */
@Injectable()
export class WebhookDeliveries {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Configuration) private readonly configuration: Configuration,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Webhooks) private readonly webhooks: Webhooks,
  ) {}

  /** Deliveries to an endpoint, newest first. */
  list(ctx: RequestContext, webhookId: string, query: DeliveriesQuery): Promise<DeliveriesAnswer> {
    const [before = null] = readCursor(query.cursor, z.tuple([z.uuid()])) ?? [];
    return this.database.transaction(ctx, async (tx) => {
      await tx.one(sql`
        select 1 as found from app.webhook
        where organisation_id = ${ctx.organisationId} and id = ${webhookId}`);
      const fetched = await tx.query<DeliveryRow>(sql`
        ${DELIVERY_ROWS}
        where d.organisation_id = ${ctx.organisationId} and d.webhook_id = ${webhookId}
          ${query.state ? sql`and d.state = ${query.state}` : sql``}
          ${query.type ? sql`and e.type = ${query.type}` : sql``}
          ${before ? sql`and d.id < ${before}` : sql``}
        order by d.id desc limit ${query.limit + 1}`);
      const { rows, nextCursor } = pageOf(fetched, query.limit, ({ id }) => [id]);
      return { items: rows.map(toDelivery), nextCursor };
    });
  }

  /** One delivery with what is sent and every attempt. */
  get(ctx: RequestContext, webhookId: string, id: string): Promise<DeliveryDetail> {
    return this.database.transaction(ctx, async (tx) => {
      const row = await this.find(tx, ctx, webhookId, id);
      const attempts = await tx.query<AttemptRow>(sql`
        select n, at, milliseconds, outcome, status, excerpt from app.webhook_attempt
        where organisation_id = ${ctx.organisationId} and delivery_id = ${id} order by n desc`);
      return { ...toDelivery(row), body: row.body, made: attempts.map(toAttempt) };
    });
  }

  /**
   * Tries a delivery now, under the same id. One that is still tried anyway goes on by its schedule;
   * for one that was settled this is one attempt.
   */
  resend(ctx: RequestContext, webhookId: string, id: string): Promise<WebhookDelivery> {
    const { organisationId } = ctx;
    return this.database.transaction(ctx, async (tx) => {
      await this.requireOn(tx, ctx, webhookId);
      await this.find(tx, ctx, webhookId, id);
      const { turn } = await tx.one<{ turn: number }>(sql`
        update app.webhook_delivery set
          tries = case when state = 'pending' then tries else ${WAITS.length} end,
          state = 'pending', turn = turn + 1, next_at = now(), gave_up = null
        where organisation_id = ${organisationId} and id = ${id}
        returning turn`);
      await planAttempt(tx, this.outbox, { organisationId, delivery: id, turn });
      return toDelivery(await this.find(tx, ctx, webhookId, id));
    });
  }

  /** Sends an event that says nothing but that it is a test, once. */
  test(ctx: RequestContext, webhookId: string): Promise<WebhookDelivery> {
    const { organisationId } = ctx;
    return this.database.transaction(ctx, async (tx) => {
      await this.requireOn(tx, ctx, webhookId);
      const waiting = await tx.maybe(sql`
        select 1 as found from app.webhook_delivery d
        join app.webhook_event e on e.organisation_id = d.organisation_id and e.id = d.event_id
        where d.organisation_id = ${organisationId} and d.webhook_id = ${webhookId}
          and d.state = 'pending' and e.type = ${WEBHOOK_TEST}`);
      if (waiting) {
        throw new Conflict('test-under-way', 'A test is on its way. Wait for how it ends.');
      }
      const organisation = await tx.one<NamedOrganisation>(
        sql`select id, slug, name, kind from app.organisation where id = ${organisationId}`,
      );
      const at = await tx.now();
      const { PUBLIC_URL } = this.configuration.environment;
      const body = testBodyOf({ webhookId, at }, organisation, PUBLIC_URL);
      const event = {
        ...{ id: newId(), type: WEBHOOK_TEST, at: at.toISOString() },
        ...{ entry: null, body: JSON.stringify(body) },
      };
      const [id = ''] = await planDeliveries(tx, organisationId, [{ event, to: [webhookId] }]);
      // Its one attempt is the last of the schedule: a test that fails is not tried for days.
      await tx.execute(sql`
        update app.webhook_delivery set tries = ${WAITS.length}
        where organisation_id = ${organisationId} and id = ${id}`);
      return toDelivery(await this.find(tx, ctx, webhookId, id));
    });
  }

  private async requireOn(tx: Tx, ctx: RequestContext, webhookId: string): Promise<void> {
    const { is_on } = await this.webhooks.hold(tx, ctx, webhookId);
    if (is_on) return;
    throw new Conflict('webhook-off', 'This webhook is switched off. Switch it on first.');
  }

  private find(
    tx: Tx,
    ctx: RequestContext,
    webhookId: string,
    id: string,
  ): Promise<DeliveryRow & { body: string }> {
    return tx.one(sql`
      ${DELIVERY_ROWS}
      where d.organisation_id = ${ctx.organisationId} and d.webhook_id = ${webhookId}
        and d.id = ${id}`);
  }
}
