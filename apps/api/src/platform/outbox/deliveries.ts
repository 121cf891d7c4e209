import { Inject, Injectable, Logger } from '@nestjs/common';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { TenantDatabase } from '../database/tenant-database.ts';
import { HandlerRegistry } from './handler-registry.ts';
import { Postponed } from './outbox-handler.ts';

/** Seconds that a claim lasts without a sign of life, and between two signs. */
const LEASE = 30;
const SIGN_OF_LIFE = 10;
/** Failed tries before a message is parked for a person to look at. */
const TRIES = 5;

const wakeUpSchema = z.object({ id: z.uuid(), organisationId: z.uuid() });

interface Claimed {
  topic: string;
  payload: Record<string, unknown>;
  attempts: number;
  /** Counts claims: who lost the lease to a later claim has no say any more. */
  fence: number;
}

interface Claim {
  readonly scope: { readonly organisationId: string; readonly personId: null };
  readonly id: string;
  readonly fence: number;
}

/**
 * Carries out one message when its wake-up arrives: claims it with a lease, calls the handler, marks
 * it done. The queue's word counts for nothing: a late, doubled or forged wake-up finds no claim.
 * A worker that slept through its lease is told to stop, and what it reports changes nothing.
 */
@Injectable()
export class Deliveries {
  private readonly logger = new Logger(Deliveries.name);
  private readonly stopping = new AbortController();

  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(HandlerRegistry) private readonly handlers: HandlerRegistry,
  ) {}

  /** Asks handlers to come to an end. */
  stop(): void {
    this.stopping.abort();
  }

  async deliver(data: unknown): Promise<void> {
    const { id, organisationId } = wakeUpSchema.parse(data);
    const scope = { organisationId, personId: null };
    const claimed = await this.claim(scope, id);
    if (!claimed) return;
    const handler = this.handlers.handlerOf(claimed.topic);
    if (!handler) return;
    const claim = { scope, id, fence: claimed.fence };
    const lapsed = new AbortController();
    const alive = setInterval(() => {
      this.extend(claim).then(
        (ours) => {
          if (!ours) lapsed.abort();
        },
        (error: unknown) => {
          this.logger.warn({ message: 'lease not extended', id, cause: String(error) });
        },
      );
    }, SIGN_OF_LIFE * 1000);
    try {
      await handler.handle({
        id,
        organisationId,
        payload: claimed.payload,
        signal: AbortSignal.any([this.stopping.signal, lapsed.signal]),
      });
      await this.finish(claim);
    } catch (error) {
      if (error instanceof Postponed) {
        await this.postpone(claim, error.seconds);
        return;
      }
      this.logger.error({
        message: 'outbox message failed',
        id,
        topic: claimed.topic,
        cause: String(error),
      });
      await this.failed(claim, claimed.attempts + 1, error);
    } finally {
      clearInterval(alive);
    }
  }

  private async claim(scope: Claim['scope'], id: string): Promise<Claimed | null> {
    return this.database.transaction(scope, (tx) =>
      tx.maybe<Claimed>(sql`
        update app.outbox set lease_until = now() + make_interval(secs => ${LEASE}), fence = fence + 1
        where organisation_id = ${scope.organisationId} and id = ${id}
          and done_at is null and parked_at is null and coalesce(lease_until, '-infinity') < now()
        returning topic, payload, attempts, fence`),
    );
  }

  /** False: the claim has passed to somebody else. */
  private async extend({ scope, id, fence }: Claim): Promise<boolean> {
    const extended = await this.database.transaction(scope, (tx) =>
      tx.execute(sql`
        update app.outbox set lease_until = now() + make_interval(secs => ${LEASE})
        where organisation_id = ${scope.organisationId} and id = ${id} and fence = ${fence}`),
    );
    return extended === 1;
  }

  private async finish({ scope, id, fence }: Claim): Promise<void> {
    await this.database.transaction(scope, (tx) =>
      tx.execute(sql`
        update app.outbox set done_at = coalesce(done_at, now()), lease_until = null
        where organisation_id = ${scope.organisationId} and id = ${id} and fence = ${fence}`),
    );
  }

  private async postpone({ scope, id, fence }: Claim, seconds: number): Promise<void> {
    await this.database.transaction(scope, (tx) =>
      tx.execute(sql`
        update app.outbox set lease_until = null, published_at = null,
          run_at = now() + make_interval(secs => ${seconds})
        where organisation_id = ${scope.organisationId} and id = ${id} and fence = ${fence}
          and done_at is null`),
    );
  }

  private async failed(
    { scope, id, fence }: Claim,
    attempts: number,
    error: unknown,
  ): Promise<void> {
    const message = error instanceof Error ? error.message : String(error);
    await this.database.transaction(scope, (tx) =>
      tx.execute(sql`
        update app.outbox
        set attempts = ${attempts}, last_error = ${message.slice(0, 500)}, lease_until = null,
            published_at = null, run_at = now() + make_interval(secs => ${2 ** attempts}),
            parked_at = case when ${attempts >= TRIES} then now() end
        where organisation_id = ${scope.organisationId} and id = ${id} and fence = ${fence}
          and done_at is null`),
    );
  }
}
