import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import sql from 'sql-template-tag';
import { Configuration } from '../config/configuration.ts';
import { TenantDatabase } from '../database/tenant-database.ts';

/** How often the worker tidies up (milliseconds), and rows removed in one transaction. */
const EVERY = 3_600_000;
const BATCH = 1000;
/** Days that an answer is given again to the same `Idempotency-Key`. */
const ANSWERS_KEPT = 7;

const EVERYWHERE = { organisationId: null, personId: null };

/** Removes what is kept for a time only: answers to commands that carried an `Idempotency-Key`. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Housekeeping.name);
  private clock: NodeJS.Timeout | null = null;
  private running: Promise<unknown> | null = null;
  private stopped = false;

  constructor(
    @Inject(Configuration) private readonly configuration: Configuration,
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
  ) {}

  onApplicationBootstrap(): void {
    if (this.configuration.role !== 'worker') return;
    this.wake();
    this.clock = setInterval(() => {
      this.wake();
    }, EVERY);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.clock) clearInterval(this.clock);
    await this.running;
  }

  /** Removes what has had its time, in short transactions; answers how many rows. */
  async tidy(): Promise<number> {
    let removed = 0;
    for (let last = BATCH; last === BATCH && !this.stopped; removed += last) {
      last = await this.database.transaction(EVERYWHERE, (tx) =>
        tx.execute(sql`
          delete from app.command_log
          where (organisation_id, person_id, key) in (
            select organisation_id, person_id, key from app.command_log
            where created_at < now() - make_interval(days => ${ANSWERS_KEPT})
            order by created_at limit ${BATCH} for update skip locked)`),
      );
    }
    return removed;
  }

  private wake(): void {
    this.running ??= this.tidy()
      .catch((error: unknown) => {
        this.logger.warn({ message: 'tidying failed', cause: String(error) });
      })
      .finally(() => {
        this.running = null;
      });
  }
}
