import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import sql from 'sql-template-tag';
import { Configuration } from '../platform/config/configuration.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { Sequencer } from './sequencer.ts';
import { Witness } from './witness.ts';

/** How often the tail of the record is looked at without being woken (milliseconds). */
const POLL = 400;

const EVERYWHERE = { organisationId: null, personId: null };

/**
 * The notary process: one leads and places entries, others stand by. It polls the tail, since a
 * NOTIFY with every entry would make all commits queue behind one lock; whoever waits for a proof
 * wakes it.
 */
@Injectable()
export class Notary implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Notary.name);
  private leading = false;
  /** Every entry of a transaction before this one is placed; null: look at every log. */
  private horizon: string | null = null;
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private again = false;
  private stopListening: (() => Promise<void>) | null = null;
  private stopLeading: (() => Promise<void>) | null = null;

  constructor(
    @Inject(Configuration) private readonly configuration: Configuration,
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Sequencer) private readonly sequencer: Sequencer,
    @Inject(Witness) private readonly witness: Witness,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.configuration.role === 'notary') await this.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.stopListening?.();
    await this.stopLeading?.();
    await this.running;
  }

  private async start(): Promise<void> {
    this.stopListening = await this.database.listen('record', () => {
      this.wake();
    });
    this.stopLeading = this.database.lead('notary', (leading) => {
      this.leading = leading;
      this.horizon = null;
      this.logger.log(leading ? 'leading' : 'standing by');
      this.wake();
    });
    this.timer = setInterval(() => {
      this.wake();
    }, POLL);
  }

  private wake(): void {
    if (!this.leading) return;
    this.again = true;
    this.running ??= this.drain().finally(() => {
      this.running = null;
    });
  }

  private async drain(): Promise<void> {
    while (this.again && this.leading) {
      this.again = false;
      try {
        await this.pass();
      } catch (error) {
        // The database is away: the entries are still there for the next poll.
        this.logger.warn({ message: 'notary pass failed', cause: String(error) });
      }
    }
  }

  /** Places whatever is waiting, one batch per organisation at a time so that none waits for a large one. */
  async pass(): Promise<void> {
    const { organisations, horizon } = await this.findWaiting();
    let failed = false;
    let open = organisations;
    while (open.length > 0) {
      const still: string[] = [];
      for (const organisationId of open) {
        try {
          const { more, forked } = await this.sequencer.place(organisationId);
          if (forked) this.logger.error({ message: 'nothing is signed', organisationId, forked });
          if (more) still.push(organisationId);
        } catch (error) {
          failed = true;
          this.logger.error({ message: 'batch failed', organisationId, cause: String(error) });
        }
      }
      open = still;
    }
    if (!failed) this.horizon = horizon;
  }

  private findWaiting(): Promise<{ organisations: string[]; horizon: string }> {
    return this.database.transaction(EVERYWHERE, async (tx) => {
      // Taken first: what commits between the two statements is found by the next pass.
      const { horizon } = await tx.one<{ horizon: string }>(
        sql`select pg_snapshot_xmin(pg_current_snapshot())::text as horizon`,
      );
      if (this.horizon !== null) {
        const rows = await tx.prepared<{ organisation_id: string }>(
          'find-waiting-logs',
          sql`select distinct organisation_id from app.record_event
              where xid >= ${this.horizon}::xid8 and xid < ${horizon}::xid8`,
        );
        return { organisations: rows.map((row) => row.organisation_id), horizon };
      }
      const rows = await tx.query<{ organisation_id: string }>(sql`
        with recursive each as (
          (select organisation_id from app.record_event order by organisation_id limit 1)
          union all
          select (select e.organisation_id from app.record_event e
                  where e.organisation_id > each.organisation_id
                  order by e.organisation_id limit 1)
          from each where each.organisation_id is not null)
        select organisation_id from each where organisation_id is not null`);
      const all = [
        ...rows.map((row) => row.organisation_id),
        ...(await this.witness.organisations()),
      ];
      return { organisations: [...new Set(all)], horizon };
    });
  }
}
