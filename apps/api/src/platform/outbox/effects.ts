import { Inject, Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { TenantDatabase } from '../database/tenant-database.ts';

/** Something done outside the database, that must be done once. */
export interface Effect {
  readonly organisationId: string;
  /** Names it for ever; the receiving side is told it, too. */
  readonly id: string;
  readonly kind: 'mail' | 'webhook';
}

/** Tries whose end nobody knows before an effect is left as it is. */
const UNKNOWN_ENDS = 2;

/**
 * The ledger of what was done to the outside. Carried out again, an effect that is done does nothing.
 * One whose worker died between doing it and noting it may have happened: it is tried once more under
 * the same id, by which the receiving side can tell, and never a third time.
 */
@Injectable()
export class Effects {
  constructor(@Inject(TenantDatabase) private readonly database: TenantDatabase) {}

  /** Does it unless it is done; false when it was left. What `act` throws is noted and thrown on. */
  async once(effect: Effect, act: () => Promise<void>): Promise<boolean> {
    if (!(await this.begin(effect))) return false;
    try {
      await act();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      await this.note(effect, 'failed', message.slice(0, 500));
      throw error;
    }
    await this.note(effect, 'done', null);
    return true;
  }

  private async begin({ organisationId, id, kind }: Effect): Promise<boolean> {
    const begun = await this.database.transaction({ organisationId, personId: null }, (tx) =>
      tx.execute(sql`
        insert into app.effect as e (organisation_id, id, kind, status, attempts, begun_at)
        values (${organisationId}, ${id}, ${kind}, 'begun', 1, now())
        on conflict (organisation_id, id) do update set
          status = 'begun', attempts = e.attempts + 1, begun_at = now(),
          unknown_ends = e.unknown_ends + (e.status = 'begun')::int
        where e.status = 'failed' or (e.status = 'begun' and e.unknown_ends < ${UNKNOWN_ENDS - 1})`),
    );
    return begun === 1;
  }

  private async note(
    { organisationId, id }: Effect,
    status: 'done' | 'failed',
    error: string | null,
  ): Promise<void> {
    await this.database.transaction({ organisationId, personId: null }, (tx) =>
      tx.execute(sql`
        update app.effect set status = ${status}, last_error = ${error},
          done_at = case when ${status}::text = 'done' then now() end
        where organisation_id = ${organisationId} and id = ${id} and status = 'begun'`),
    );
  }
}
