import { Inject, Injectable } from '@nestjs/common';
import {
  WEBHOOKS_AT_MOST,
  type ChangeWebhook,
  type CreateWebhook,
  type RollSecret,
  type Webhook,
  type WebhooksAnswer,
  type WebhookWithSecret,
} from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream, requireStepUp } from '../platform/http/index.ts';
import { newId } from '../platform/ids.ts';
import { Outgoing } from '../platform/outgoing/index.ts';
import { Conflict, Invalid, StaleVersion } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { readFromNow } from './fan-out.ts';
import { OLD_SECRET_HOURS, WebhookSecrets } from './secrets.ts';
import { SwitchingOff } from './switching-off.ts';
import { toWebhook, WEBHOOK_ROWS, type WebhookRow } from './webhook-row.ts';

/** Endpoints of an organisation: which other systems are told what. */
@Injectable()
export class Webhooks {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(EventStream) private readonly stream: EventStream,
    @Inject(Outgoing) private readonly outgoing: Outgoing,
    @Inject(WebhookSecrets) private readonly secrets: WebhookSecrets,
    @Inject(SwitchingOff) private readonly switching: SwitchingOff,
  ) {}

  list(ctx: RequestContext): Promise<WebhooksAnswer> {
    return this.database.transaction(ctx, async (tx) => {
      const rows = await tx.query<WebhookRow>(sql`
        ${WEBHOOK_ROWS} where w.organisation_id = ${ctx.organisationId} order by w.id`);
      return { webhooks: rows.map(toWebhook) };
    });
  }

  get(ctx: RequestContext, id: string): Promise<Webhook> {
    return this.database.transaction(ctx, (tx) => this.read(tx, ctx, id));
  }

  /** Adds an endpoint that is on. Its secret is in this answer and nowhere else. */
  create(ctx: RequestContext, input: CreateWebhook): Promise<WebhookWithSecret> {
    return this.database.transaction(ctx, async (tx) => {
      requireStepUp(ctx, await tx.now());
      this.requireUsable(input.url);
      await this.requireRoom(tx, ctx);
      const id = newId();
      await readFromNow(tx, ctx.organisationId);
      await tx.execute(sql`
        insert into app.webhook (organisation_id, id, url, description, types, created_by)
        values (${ctx.organisationId}, ${id}, ${input.url}, ${input.description},
                ${input.types}::text[], ${ctx.personId})`);
      await this.recordChange(tx, ctx, id, 'added', {
        host: hostOf(input.url),
        types: input.types,
      });
      return { ...(await this.read(tx, ctx, id)), secret: this.secrets.of({ id, number: 1 }) };
    });
  }

  /** Changes what is given; `version` is the one that the caller read. */
  change(
    ctx: RequestContext,
    id: string,
    version: number,
    { url, description, types, on }: ChangeWebhook,
  ): Promise<Webhook> {
    return this.database.transaction(ctx, async (tx) => {
      const before = await this.hold(tx, ctx, id);
      if (before.version !== version) throw new StaleVersion(before.version);
      if (url !== undefined && url !== before.url) {
        requireStepUp(ctx, await tx.now());
        this.requireUsable(url);
      }
      await tx.execute(sql`
        update app.webhook set
          url = ${url ?? before.url}, description = ${description ?? before.description},
          types = ${types ?? before.types}::text[], version = version + 1
        where organisation_id = ${ctx.organisationId} and id = ${id}`);
      if (url !== undefined || types !== undefined || description !== undefined) {
        await this.recordChange(tx, ctx, id, 'changed', {
          ...(url !== undefined && { host: hostOf(url) }),
          ...(types && { types }),
        });
      }
      if (on === false) await this.switching.switchOff(tx, ctx, id, 'person');
      if (on === true && !before.is_on) await this.switchOn(tx, ctx, id);
      return this.read(tx, ctx, id);
    });
  }

  /** Signs with a new secret from now on, and with the old one, too, for a day or not at all. */
  roll(ctx: RequestContext, id: string, { endOldNow }: RollSecret): Promise<WebhookWithSecret> {
    return this.database.transaction(ctx, async (tx) => {
      requireStepUp(ctx, await tx.now());
      await this.hold(tx, ctx, id);
      const { number } = await tx.one<{ number: number }>(sql`
        update app.webhook set
          secret_number = secret_number + 1, secret_since = now(), version = version + 1,
          old_secret_until = case when ${endOldNow} then null
            else now() + make_interval(hours => ${OLD_SECRET_HOURS}) end
        where organisation_id = ${ctx.organisationId} and id = ${id}
        returning secret_number as number`);
      await this.recordChange(tx, ctx, id, 'secret-rolled', { endOldNow });
      return { ...(await this.read(tx, ctx, id)), secret: this.secrets.of({ id, number }) };
    });
  }

  /** Removes an endpoint with its deliveries. What is on its way is not sent any more. */
  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.database.transaction(ctx, async (tx) => {
      const { url } = await this.hold(tx, ctx, id);
      await tx.execute(sql`
        delete from app.webhook where organisation_id = ${ctx.organisationId} and id = ${id}`);
      await tx.execute(sql`
        delete from app.webhook_event e
        where e.organisation_id = ${ctx.organisationId} and not exists (
          select 1 from app.webhook_delivery d
          where d.organisation_id = e.organisation_id and d.event_id = e.id)`);
      await this.recordChange(tx, ctx, id, 'removed', { host: hostOf(url) });
    });
  }

  /** An endpoint, locked until the transaction ends. Whoever changes deliveries holds it, too. */
  async hold(tx: Tx, ctx: RequestContext, id: string): Promise<HeldWebhook> {
    return tx.one<HeldWebhook>(sql`
      select url, description, types, is_on, version from app.webhook
      where organisation_id = ${ctx.organisationId} and id = ${id} for update`);
  }

  private async read(tx: Tx, ctx: RequestContext, id: string): Promise<Webhook> {
    return toWebhook(
      await tx.one<WebhookRow>(sql`
        ${WEBHOOK_ROWS} where w.organisation_id = ${ctx.organisationId} and w.id = ${id}`),
    );
  }

  private async switchOn(tx: Tx, ctx: RequestContext, id: string): Promise<void> {
    await readFromNow(tx, ctx.organisationId);
    await tx.execute(sql`
      update app.webhook set is_on = true, off_at = null, off_why = null, failing_since = null,
        listens_since = now()
      where organisation_id = ${ctx.organisationId} and id = ${id}`);
    await this.recordChange(tx, ctx, id, 'switched-on', {});
  }

  private requireUsable(url: string): void {
    const trouble = this.outgoing.trouble(url);
    if (trouble === null) return;
    throw new Invalid('This address cannot be called.', [{ field: 'url', message: trouble }]);
  }

  private async requireRoom(tx: Tx, ctx: RequestContext): Promise<void> {
    const { count } = await tx.one<{ count: number }>(sql`
      select count(*)::int as count from app.webhook where organisation_id = ${ctx.organisationId}`);
    if (count < WEBHOOKS_AT_MOST) return;
    throw new Conflict(
      'too-many-webhooks',
      `There are ${WEBHOOKS_AT_MOST} webhooks already. Delete one that nobody needs first.`,
    );
  }

  private async recordChange(
    tx: Tx,
    ctx: RequestContext,
    id: string,
    what: string,
    payload: object,
  ): Promise<void> {
    await recordEvent(tx, ctx, {
      action: `webhook.${what}`,
      entity: 'webhook',
      entityId: id,
      payload,
    });
    this.stream.publish(tx, ctx.organisationId, { type: 'webhook-changed', id });
  }
}

/** What changes are judged on. */
export interface HeldWebhook {
  readonly url: string;
  readonly description: string;
  readonly types: Webhook['types'];
  readonly is_on: boolean;
  readonly version: number;
}

/** Where it goes, without what may be a secret in the path or the query. */
const hostOf = (url: string): string => new URL(url).host;
