import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import sql from 'sql-template-tag';
import { TenantDatabase } from '../database/tenant-database.ts';
import { HandlerRegistry } from './handler-registry.ts';
import type { QueueBackend, WakeUps } from './queue-backend.ts';

/** Rows handed over at once, and how often the table is looked at without being woken (milliseconds). */
const BATCH = 500;
const POLL = 1000;

interface OpenRow {
  id: string;
  organisation_id: string;
  topic: string;
  deliveries: number;
}

const EVERYWHERE = { organisationId: null, personId: null };

/**
 * Hands open outbox rows to the queue. A row that was handed over but is neither done nor worked on
 * after a minute is handed over again: that repairs whatever the queue lost.
 */
@Injectable()
export class OutboxRelay implements OnApplicationShutdown {
  private readonly logger = new Logger(OutboxRelay.name);
  private readonly queues = new Map<string, WakeUps>();
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private again = false;
  private stopListening: (() => Promise<void>) | null = null;

  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(HandlerRegistry) private readonly handlers: HandlerRegistry,
  ) {}

  async start(backend: QueueBackend): Promise<void> {
    for (const lane of ['short', 'long']) this.queues.set(lane, backend.queue(lane));
    this.stopListening = await this.database.listen('outbox', () => {
      this.wake();
    });
    this.timer = setInterval(() => {
      this.wake();
    }, POLL);
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.stopListening?.();
    await this.running;
  }

  private wake(): void {
    this.again = true;
    this.running ??= this.drain().finally(() => {
      this.running = null;
    });
  }

  private async drain(): Promise<void> {
    while (this.again) {
      this.again = false;
      try {
        while ((await this.pass()) === BATCH);
      } catch (error) {
        // The database or the queue is away: the rows are still there for the next poll.
        this.logger.warn({ message: 'outbox pass failed', cause: String(error) });
      }
    }
  }

  private async pass(): Promise<number> {
    return this.database.transaction(EVERYWHERE, async (tx) => {
      const rows = await tx.prepared<OpenRow>(
        'outbox-open',
        sql`update app.outbox o set published_at = now(), deliveries = deliveries + 1
            where (o.organisation_id, o.id) in (
              select organisation_id, id from app.outbox
              where done_at is null and parked_at is null and run_at <= now()
                and (published_at is null
                     or (published_at < now() - interval '60 seconds'
                         and coalesce(lease_until, '-infinity') < now()))
              order by run_at limit ${BATCH} for update skip locked)
            returning o.id, o.organisation_id, o.topic, o.deliveries`,
      );
      const byLane = Map.groupBy(rows, (row) => this.handlers.laneOf(row.topic));
      for (const [lane, group] of byLane) {
        const queue = lane && this.queues.get(lane);
        // A topic that this version does not know waits for one that does.
        if (!queue) continue;
        await queue.addBulk(group.map((row) => this.job(row)));
      }
      return rows.length;
    });
  }

  private job(row: OpenRow): { name: string; data: unknown; opts: object } {
    return {
      name: row.topic,
      data: { id: row.id, organisationId: row.organisation_id },
      opts: {
        jobId: `o-${row.id}-${row.deliveries}`,
        removeOnComplete: { age: 3600, count: 5000 },
        removeOnFail: { age: 3600, count: 5000 },
      },
    };
  }
}
