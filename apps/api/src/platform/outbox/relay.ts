import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import sql from 'sql-template-tag';
import { TenantDatabase } from '../database/tenant-database.ts';
import { HandlerRegistry } from './handler-registry.ts';
import { LANES } from './outbox-handler.ts';
import type { QueueBackend, WakeUps } from './queue-backend.ts';

/** Rows handed over at once, and how often the table is looked at without being woken (milliseconds). */
const BATCH = 500;
const POLL = 1000;
/** Seconds after which the queue is asked whether it still holds a wake-up, and how many at once. */
const PATIENCE = 5;
const ASKED = 100;

interface OpenRow {
  id: string;
  organisation_id: string;
  topic: string;
  deliveries: number;
}

type HandedOver = OpenRow & { readonly claimed: boolean };

const jobIdOf = ({ id, deliveries }: OpenRow): string => `o-${id}-${deliveries}`;

const EVERYWHERE = { organisationId: null, personId: null };

/**
 * Hands open outbox rows to the queue, and hands over again what the queue has lost: at once when it
 * lost everything, otherwise when a wake-up is not worked on after a few seconds and the queue does
 * not hold it any more. A claim that its worker left to lapse counts as lost, too.
 */
@Injectable()
export class OutboxRelay implements OnApplicationShutdown {
  private readonly logger = new Logger(OutboxRelay.name);
  private readonly queues = new Map<string, WakeUps>();
  private backend: QueueBackend | null = null;
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private again = false;
  private look = true;
  private stopListening: (() => Promise<void>) | null = null;

  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(HandlerRegistry) private readonly handlers: HandlerRegistry,
  ) {}

  /** Takes this queue into use, without handing anything over by itself. */
  use(backend: QueueBackend): void {
    this.backend = backend;
    for (const lane of LANES) this.queues.set(lane, backend.queue(lane));
  }

  /** Hands over from now on, whenever something is promised and every second. */
  async start(backend: QueueBackend): Promise<void> {
    this.use(backend);
    this.stopListening = await this.database.listen('outbox', () => {
      this.wake();
    });
    this.timer = setInterval(() => {
      this.look = true;
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
        await this.handOver();
        if (!this.look) continue;
        this.look = false;
        await this.repair();
      } catch (error) {
        // The database or the queue is away: the rows are still there for the next poll.
        this.logger.warn({ message: 'outbox pass failed', cause: String(error) });
      }
    }
  }

  /** Hands over everything that is due and not in the queue's hands. */
  async handOver(): Promise<void> {
    while ((await this.pass()) === BATCH);
  }

  private async pass(): Promise<number> {
    return this.database.transaction(EVERYWHERE, async (tx) => {
      const rows = await tx.prepared<OpenRow>(
        'outbox-open',
        sql`update app.outbox o set published_at = now(), deliveries = deliveries + 1
            where (o.organisation_id, o.id) in (
              select organisation_id, id from app.outbox
              where done_at is null and parked_at is null and run_at <= now()
                and published_at is null
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

  /** Takes back what the queue does not hold any more, as long as it finds such, and hands it over. */
  async repair(): Promise<void> {
    let patience = (await this.backend?.lostEverything()) === true ? 0 : PATIENCE;
    for (;;) {
      const rows = await this.handedOver(patience);
      const lost = await this.lostAmong(rows);
      await this.judge(rows, lost);
      if (lost.size === 0 && rows.length < ASKED) return;
      if (lost.size > 0) await this.handOver();
      else if (patience > 0) return;
      // What was asked about or handed over just now is younger than this look.
      patience = Math.max(patience, 1);
    }
  }

  private handedOver(patience: number): Promise<HandedOver[]> {
    return this.database.transaction(EVERYWHERE, (tx) =>
      tx.prepared<HandedOver>(
        'outbox-handed-over',
        sql`select id, organisation_id, topic, deliveries, lease_until is not null as claimed
            from app.outbox
            where done_at is null and parked_at is null
              and published_at <= now() - make_interval(secs => ${patience})
              and coalesce(lease_until, '-infinity') < now()
            order by published_at limit ${ASKED}`,
      ),
    );
  }

  /** Ids of the rows that nothing will wake any more. */
  private async lostAmong(rows: readonly HandedOver[]): Promise<Set<string>> {
    const lost = new Set<string>();
    await Promise.all(
      rows.map(async (row) => {
        const lane = this.handlers.laneOf(row.topic);
        const queue = lane === null ? undefined : this.queues.get(lane);
        // A topic that this version does not know waits for one that does.
        if (!queue) return;
        if (row.claimed || !(await queue.holds(jobIdOf(row)))) lost.add(row.id);
      }),
    );
    return lost;
  }

  /** Takes back what is lost; what is held is not asked about again for a while. */
  private async judge(rows: readonly HandedOver[], lost: ReadonlySet<string>): Promise<void> {
    if (rows.length === 0) return;
    const judged = rows.map(({ id, organisation_id, deliveries }) => ({
      ...{ id, organisation_id, deliveries },
      lost: lost.has(id),
    }));
    await this.database.transaction(EVERYWHERE, (tx) =>
      tx.execute(sql`
        update app.outbox o set published_at = case when j.lost then null else now() end
        from jsonb_to_recordset(${JSON.stringify(judged)}::jsonb) as j (
          id uuid, organisation_id uuid, deliveries int, lost boolean)
        where o.organisation_id = j.organisation_id and o.id = j.id
          and o.done_at is null and o.parked_at is null and o.published_at is not null
          -- Nobody has handed it over again or claimed it since.
          and o.deliveries = j.deliveries and coalesce(o.lease_until, '-infinity') < now()`),
    );
  }

  private job(row: OpenRow): { name: string; data: unknown; opts: object } {
    return {
      name: row.topic,
      data: { id: row.id, organisationId: row.organisation_id },
      opts: {
        jobId: jobIdOf(row),
        removeOnComplete: { age: 3600, count: 5000 },
        removeOnFail: { age: 3600, count: 5000 },
      },
    };
  }
}
