import { Inject, Injectable } from '@nestjs/common';
import type { CallOutcome } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { Outbox, type MessageId } from '../platform/outbox/outbox.ts';
import { systemScope } from '../platform/request-context.ts';
import { afterAttempt, FAILING_DAYS, isDelivered, isGone, type Ended } from './schedule.ts';
import { SwitchingOff } from './switching-off.ts';
import { WEBHOOK_DELIVERY } from './topics.ts';

/** Which attempt at which delivery, and the message that asked for it. */
export interface Attempt {
  readonly message: MessageId;
  readonly delivery: string;
  readonly turn: number;
  readonly webhook: string;
}

/** An attempt that was made. */
export interface Made {
  readonly at: Date;
  readonly milliseconds: number;
  readonly end: Ended;
}

/** Keeps how attempts ended and plans the next ones. */
@Injectable()
export class WebhookAttempts {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(EventStream) private readonly stream: EventStream,
    @Inject(SwitchingOff) private readonly switching: SwitchingOff,
  ) {}

  /** Once for a message: what is reported again changes nothing. */
  keep(attempt: Attempt, made: Made): Promise<void> {
    const { organisationId } = attempt.message;
    return this.database.transaction(systemScope(organisationId), async (tx) => {
      if (!(await this.outbox.done(tx, attempt.message))) return;
      // The endpoint first, as everybody who changes deliveries locks them.
      const failingDays = await this.noteEndpoint(tx, attempt, made);
      if (failingDays === null) return;
      await this.noteAttempt(tx, attempt, made);
      this.stream.publish(tx, organisationId, { type: 'webhook-changed', id: attempt.webhook });
      const why = isGone(made.end) ? 'gone' : 'failing';
      if (why === 'gone' || failingDays >= FAILING_DAYS) {
        await this.switching.switchOff(
          tx,
          { organisationId, personId: null },
          attempt.webhook,
          why,
        );
      }
    });
  }

  /** For how many days the endpoint has failed now; null when it is gone. */
  private async noteEndpoint(tx: Tx, attempt: Attempt, { end }: Made): Promise<number | null> {
    const { organisationId } = attempt.message;
    const row = await tx.maybe<{ days: number }>(sql`
      update app.webhook set
        failing_since = case when ${isDelivered(end)} then null else coalesce(failing_since, now()) end,
        last_delivered_at = case when ${isDelivered(end)} then now() else last_delivered_at end
      where organisation_id = ${organisationId} and id = ${attempt.webhook}
      returning coalesce(extract(epoch from now() - failing_since) / 86400, 0)::float as days`);
    return row && row.days;
  }

  private async noteAttempt(tx: Tx, attempt: Attempt, { at, milliseconds, end }: Made) {
    const { message, delivery, turn } = attempt;
    const { organisationId } = message;
    const before = await tx.maybe<{
      turn: number;
      tries: number;
      attempts: number;
      state: string;
      arrived: boolean;
    }>(sql`
      select turn, tries, attempts, state, delivered_at is not null as arrived
      from app.webhook_delivery
      where organisation_id = ${organisationId} and id = ${delivery} for no key update`);
    if (!before) return;
    const { status, excerpt } = end.kind === 'answered' ? end : { status: null, excerpt: '' };
    await tx.execute(sql`
      insert into app.webhook_attempt
        (organisation_id, delivery_id, n, at, milliseconds, outcome, status, excerpt)
      values (${organisationId}, ${delivery}, ${before.attempts + 1}, ${at}, ${milliseconds},
              ${outcomeOf(end)}, ${status}, ${excerpt})`);
    // Sent again or switched off meanwhile: then somebody else says how it goes on.
    const decides = before.turn === turn && before.state === 'pending';
    const next = afterAttempt(end, { ...before, chance: Math.random() });
    const wait = next.state === 'pending' ? next.inSeconds : null;
    await tx.execute(sql`
      update app.webhook_delivery set
        attempts = attempts + 1,
        delivered_at = case when ${isDelivered(end)} then coalesce(delivered_at, now())
          else delivered_at end
        ${
          decides
            ? sql`, state = ${next.state}, tries = tries + 1, turn = turn + 1,
                next_at = now() + make_interval(secs => ${wait}::float),
                gave_up = case when ${next.state} = 'failed' then 'tried-enough' end`
            : sql``
        }
      where organisation_id = ${organisationId} and id = ${delivery}`);
    if (!decides || wait === null) return;
    await planAttempt(tx, this.outbox, { organisationId, delivery, turn: turn + 1, delay: wait });
  }
}

const outcomeOf = (end: Ended): CallOutcome => {
  if (end.kind === 'unknown') return 'unknown';
  if (end.kind === 'unanswered') return end.why;
  return isDelivered(end) ? 'delivered' : 'answered';
};

/** Plans the attempt that a delivery's turn names. */
export const planAttempt = (
  tx: Tx,
  outbox: Outbox,
  {
    organisationId,
    delivery,
    turn,
    delay = 0,
  }: { organisationId: string; delivery: string; turn: number; delay?: number },
): Promise<void> =>
  outbox.add(tx, {
    organisationId,
    topic: WEBHOOK_DELIVERY,
    key: `${delivery}-${turn}`,
    payload: { delivery, turn },
    delay,
  });
