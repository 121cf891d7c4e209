import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Tx } from '../database/tenant-database.ts';
import { newId } from '../ids.ts';

/** Work to be done after the commit, by the processor of queue `topic`. */
export interface OutboxMessage {
  readonly organisationId: string;
  readonly topic: string;
  /** Same key, same work: a second add with it is ignored. */
  readonly key: string;
  /** Ids only: what the handler needs it reads again, under its own context. */
  readonly payload: Readonly<Record<string, string | number | boolean | null>>;
  /** Seconds from now before it may run. */
  readonly delay?: number;
}

/** Which message. */
export interface MessageId {
  readonly organisationId: string;
  readonly id: string;
}

/**
 * Work promised in the same transaction as the change that asks for it. The relay hands it to the
 * queue; the row stays until the handler has marked it done, so a lost queue loses nothing.
 */
@Injectable()
export class Outbox {
  async add(tx: Tx, message: OutboxMessage): Promise<void> {
    await tx.execute(sql`
      insert into app.outbox (organisation_id, id, topic, key, payload, run_at)
      values (${message.organisationId}, ${newId()}, ${message.topic}, ${message.key},
              ${JSON.stringify(message.payload)}::jsonb,
              now() + make_interval(secs => ${message.delay ?? 0}))
      on conflict (organisation_id, topic, key) do nothing`);
    tx.announce('outbox', '');
  }

  /** Marks the message as carried out, in the same transaction as its effect. False: it was already. */
  async done(tx: Tx, { organisationId, id }: MessageId): Promise<boolean> {
    const changed = await tx.execute(
      sql`update app.outbox set done_at = now()
          where organisation_id = ${organisationId} and id = ${id} and done_at is null`,
    );
    return changed === 1;
  }
}
