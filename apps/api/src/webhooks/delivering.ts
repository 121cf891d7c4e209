import { Inject, Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { Effects } from '../platform/outbox/effects.ts';
import {
  OutboxHandler,
  Postponed,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { Outbox, type MessageId } from '../platform/outbox/outbox.ts';
import { systemScope } from '../platform/request-context.ts';
import { WebhookAttempts } from './attempts.ts';
import { WebhookCaller, type Due } from './caller.ts';
import { WEBHOOK_DELIVERY } from './topics.ts';

/** Calls to one endpoint at once from one worker: a slow one must not take every place. */
const AT_ONCE = 4;
/** Seconds until a message looks again whether there is a place; longer where calls fail anyway. */
const WAIT = { busy: 3, failing: 60 };

const payloadSchema = z.object({ delivery: z.uuid(), turn: z.int() });

/** Makes one attempt at a delivery, keeps how it ended, and plans the next one. */
@Injectable()
@OutboxHandler(WEBHOOK_DELIVERY, 'calls')
export class WebhookDeliveryHandler implements OutboxHandling {
  private readonly underWay = new Map<string, number>();

  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Effects) private readonly effects: Effects,
    @Inject(WebhookCaller) private readonly caller: WebhookCaller,
    @Inject(WebhookAttempts) private readonly attempts: WebhookAttempts,
  ) {}

  /** A call is short, so that it is made to its end when the worker stops. */
  async handle({ id, organisationId, payload }: DeliveredMessage): Promise<void> {
    const { delivery, turn } = payloadSchema.parse(payload);
    const message = { organisationId, id };
    const due = await this.due(message, delivery, turn);
    if (due === null) return;
    const attempt = { message, delivery, turn, webhook: due.webhook_id };
    await this.inPlace(due, async () => {
      const made = await this.effects.once({ ...message, kind: 'webhook' }, async () => {
        await this.attempts.keep(attempt, await this.caller.call(due));
      });
      // Workers ended twice in the middle of it: it may have arrived, and counts as one that failed.
      if (!made) {
        await this.attempts.keep(attempt, {
          at: due.now,
          milliseconds: 0,
          end: { kind: 'unknown' },
        });
      }
    });
  }

  /** What is to be sent; null, with the message done, when this attempt is not wanted any more. */
  private due(message: MessageId, delivery: string, turn: number): Promise<Due | null> {
    const { organisationId } = message;
    return this.database.transaction(systemScope(organisationId), async (tx) => {
      const due = await tx.maybe<Due>(sql`
        select w.url, w.id as webhook_id, w.secret_number, w.old_secret_until, w.failing_since,
               e.id as event_id, e.type, e.body, now() as now
        from app.webhook_delivery d
        join app.webhook w on w.organisation_id = d.organisation_id and w.id = d.webhook_id
        join app.webhook_event e on e.organisation_id = d.organisation_id and e.id = d.event_id
        where d.organisation_id = ${organisationId} and d.id = ${delivery}
          and d.state = 'pending' and d.turn = ${turn} and w.is_on`);
      if (due === null) await this.outbox.done(tx, message);
      return due;
    });
  }

  private async inPlace(due: Due, work: () => Promise<void>): Promise<void> {
    const taken = this.underWay.get(due.webhook_id) ?? 0;
    if (taken >= AT_ONCE) {
      const seconds = due.failing_since === null ? WAIT.busy : WAIT.failing;
      throw new Postponed(seconds * (1 + Math.random()));
    }
    this.underWay.set(due.webhook_id, taken + 1);
    try {
      await work();
    } finally {
      const left = (this.underWay.get(due.webhook_id) ?? 1) - 1;
      if (left > 0) this.underWay.set(due.webhook_id, left);
      else this.underWay.delete(due.webhook_id);
    }
  }
}
