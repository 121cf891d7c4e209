import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import sql from 'sql-template-tag';
import { Configuration } from '../config/configuration.ts';
import { TenantDatabase, type Tx } from '../database/tenant-database.ts';

/** How often the worker tidies up (milliseconds), and rows removed in one transaction. */
const EVERY = 3_600_000;
const BATCH = 1000;
/** Days that an answer is given again to the same `Idempotency-Key`. */
const ANSWERS_KEPT = 7;

const EVERYWHERE = { organisationId: null, personId: null };

/** Something that is kept for a time only, in every organisation. */
export interface Chore {
  readonly name: string;
  /** Removes at most so many rows that have had their time, oldest first; answers how many. */
  readonly remove: (tx: Tx, atMost: number) => Promise<number>;
}

/**
 * Removes what is kept for a time only: answers to commands that carried an `Idempotency-Key`,
 * promised work that is done, and what other capabilities hand in as a chore.
 */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Housekeeping.name);
  private readonly chores: Chore[];
  private clock: NodeJS.Timeout | null = null;
  private running: Promise<unknown> | null = null;
  private stopped = false;

  constructor(
    @Inject(Configuration) private readonly configuration: Configuration,
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
  ) {
    const { DONE_WORK_KEPT_DAYS } = configuration.environment;
    this.chores = [answers(ANSWERS_KEPT), doneWork(DONE_WORK_KEPT_DAYS)];
  }

  /** Takes on a chore; before the worker starts. */
  take(chore: Chore): void {
    this.chores.push(chore);
  }

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

  /** Removes what has had its time, in short transactions; answers how many rows of each chore. */
  async tidy(): Promise<Record<string, number>> {
    const removed: Record<string, number> = {};
    for (const { name, remove } of this.chores) {
      let rows = 0;
      try {
        for (let last = BATCH; last === BATCH && !this.stopped; rows += last) {
          last = await this.database.transaction(EVERYWHERE, (tx) => remove(tx, BATCH));
        }
      } catch (error) {
        // One chore that fails must not keep the others from being done.
        this.logger.warn({ message: 'tidying failed', chore: name, cause: String(error) });
      }
      removed[name] = rows;
    }
    return removed;
  }

  private wake(): void {
    this.running ??= this.tidy().finally(() => {
      this.running = null;
    });
  }
}

const answers = (days: number): Chore => ({
  name: 'answers',
  remove: (tx, atMost) =>
    tx.execute(sql`
      delete from app.command_log
      where (organisation_id, person_id, key) in (
        select organisation_id, person_id, key from app.command_log
        where created_at < now() - make_interval(days => ${days})
        order by created_at limit ${atMost} for update skip locked)`),
});

/**
 * Done work is found without an index of its own, which every promise would pay for: its ids sort by
 * time, so what is old comes first in each organisation's part of the primary key.
 */
const doneWork = (days: number): Chore => ({
  name: 'done-work',
  remove: (tx, atMost) =>
    tx.execute(sql`
      delete from app.outbox
      where (organisation_id, id) in (
        with recursive own as (
          (select organisation_id from app.outbox order by organisation_id limit 1)
          union all
          select (select organisation_id from app.outbox
                  where organisation_id > own.organisation_id order by organisation_id limit 1)
          from own where own.organisation_id is not null)
        select old.organisation_id, old.id
        from own cross join lateral (
          select organisation_id, id from app.outbox o
          where o.organisation_id = own.organisation_id and o.id < ${idsBefore(days)}::uuid
            and o.done_at < now() - make_interval(days => ${days})
          order by o.id limit ${atMost} for update skip locked) as old
        limit ${atMost})`),
});

/** The smallest id that could have been made so many days ago. */
function idsBefore(days: number): string {
  const at = (Date.now() - days * 86_400_000).toString(16).padStart(12, '0');
  return `${at.slice(0, 8)}-${at.slice(8)}-7000-8000-000000000000`;
}
