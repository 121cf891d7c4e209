import { Inject, Injectable, Logger } from '@nestjs/common';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { TenantDatabase } from '../database/tenant-database.ts';
import { HandlerRegistry } from './handler-registry.ts';

/** Seconds that a claim lasts without a sign of life, and between two signs. */
const LEASE = 60;
const SIGN_OF_LIFE = 20;
/** Failed tries before a message is parked for a person to look at. */
const TRIES = 5;

const wakeUpSchema = z.object({ id: z.uuid(), organisationId: z.uuid() });

interface Claimed {
  topic: string;
  payload: Record<string, unknown>;
  attempts: number;
}

/**
 * Carries out one message when its wake-up arrives: claims it with a lease, calls the handler, marks
 * it done. The queue's word counts for nothing: a late, doubled or forged wake-up finds no claim.
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
    const alive = setInterval(() => {
      this.extend(scope, id).catch((error: unknown) => {
        this.logger.warn({ message: 'lease not extended', id, cause: String(error) });
      });
    }, SIGN_OF_LIFE * 1000);
    try {
      await handler.handle({
        id,
        organisationId,
        payload: claimed.payload,
        signal: this.stopping.signal,
      });
      await this.finish(scope, id);
    } catch (error) {
      this.logger.error({
        message: 'outbox message failed',
        id,
        topic: claimed.topic,
        cause: String(error),
      });
      await this.failed(scope, id, claimed.attempts + 1, error);
    } finally {
      clearInterval(alive);
    }
  }

  private async claim(
    scope: { organisationId: string; personId: null },
    id: string,
  ): Promise<Claimed | null> {
    return this.database.transaction(scope, (tx) =>
      tx.maybe<Claimed>(sql`
        update app.outbox set lease_until = now() + make_interval(secs => ${LEASE})
        where organisation_id = ${scope.organisationId} and id = ${id}
          and done_at is null and parked_at is null and coalesce(lease_until, '-infinity') < now()
        returning topic, payload, attempts`),
    );
  }

  private async extend(
    scope: { organisationId: string; personId: null },
    id: string,
  ): Promise<void> {
    await this.database.transaction(scope, (tx) =>
      tx.execute(sql`
        update app.outbox set lease_until = now() + make_interval(secs => ${LEASE})
        where organisation_id = ${scope.organisationId} and id = ${id} and done_at is null`),
    );
  }

  private async finish(
    scope: { organisationId: string; personId: null },
    id: string,
  ): Promise<void> {
    await this.database.transaction(scope, (tx) =>
      tx.execute(sql`
        update app.outbox set done_at = coalesce(done_at, now()), lease_until = null
        where organisation_id = ${scope.organisationId} and id = ${id}`),
    );
  }

  private async failed(
    scope: { organisationId: string; personId: null },
    id: string,
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
        where organisation_id = ${scope.organisationId} and id = ${id} and done_at is null`),
    );
  }
}
