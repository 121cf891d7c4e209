import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import sql from 'sql-template-tag';
import { Configuration } from '../platform/config/configuration.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { Problem } from '../platform/problems.ts';
import { systemScope } from '../platform/request-context.ts';
import { Runs } from './runs.ts';
import { Schedules } from './schedules.ts';
import { TaskNotices } from './task-notices.ts';

/** How often armed timers are looked at (milliseconds), how many at once, how many side by side. */
const EVERY = 1000;
const BATCH = 500;
const SIDE_BY_SIDE = 4;
/** Failed tries before a timer is parked for a person to look at. */
const TRIES = 5;

interface Due {
  organisation_id: string;
  id: string;
  kind: 'wait' | 'boundary' | 'escalation' | 'due-soon' | 'late' | 'schedule';
  subject: string;
  key: string;
  generation: number;
  attempts: number;
}

/** Timers that the run itself waits for; the others only tell people, or start something. */
const isOfTheRun = (kind: Due['kind']): boolean =>
  kind === 'wait' || kind === 'boundary' || kind === 'escalation';

const EVERYWHERE = { organisationId: null, personId: null };

/**
 * Acts on moments that have come. A sweep claims what is due by moving its next look ahead, so that
 * no other sweeper takes it and a sweeper that dies loses nothing; the effect and the end of the
 * timer are one transaction, so nothing happens twice.
 */
@Injectable()
export class Timers implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Timers.name);
  private clock: NodeJS.Timeout | null = null;
  private running: Promise<unknown> | null = null;

  constructor(
    @Inject(Configuration) private readonly configuration: Configuration,
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(TaskNotices) private readonly notices: TaskNotices,
    @Inject(Schedules) private readonly schedules: Schedules,
  ) {}

  onApplicationBootstrap(): void {
    if (this.configuration.role !== 'worker') return;
    this.clock = setInterval(() => {
      // The one before is still at it, for example after a long standstill.
      this.running ??= this.sweep()
        .catch((error: unknown) => {
          this.logger.warn({ message: 'timer sweep failed', cause: String(error) });
        })
        .finally(() => {
          this.running = null;
        });
    }, EVERY);
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.clock) clearInterval(this.clock);
    await this.running;
  }

  /** Fires everything that is due now; answers how many timers it took. */
  async sweep(): Promise<number> {
    let taken = 0;
    for (let batch = await this.claim(); batch.length > 0; batch = await this.claim()) {
      taken += batch.length;
      const waiting = [...batch];
      const work = async () => {
        for (let due = waiting.shift(); due; due = waiting.shift()) await this.fire(due);
      };
      await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
    }
    return taken;
  }

  private claim(): Promise<Due[]> {
    return this.database.transaction(EVERYWHERE, (tx) =>
      tx.prepared<Due>(
        'timers-claim',
        sql`update app.timer w set attempts = w.attempts + 1,
              wake_at = now() + interval '15 seconds' * power(2, w.attempts)
            where (w.organisation_id, w.id) in (
              select organisation_id, id from app.timer
              where status = 'armed' and wake_at <= now()
              order by wake_at limit ${BATCH} for update skip locked)
            returning w.organisation_id, w.id, w.kind, w.subject, w.key, w.generation, w.attempts`,
      ),
    );
  }

  private async fire(due: Due): Promise<void> {
    try {
      await this.database.transaction(systemScope(due.organisation_id), (tx) => this.act(tx, due));
    } catch (error) {
      this.logger.error({ message: 'timer failed', id: due.id, cause: String(error) });
      await this.failed(due, error);
    }
  }

  private async act(tx: Tx, due: Due): Promise<void> {
    const ctx = { organisationId: due.organisation_id, personId: null };
    if (isOfTheRun(due.kind)) {
      // The run's own state decides under its lock; the move that follows ends this timer.
      const waits = await this.runs.waitsFor(tx, ctx, due.subject, due.key);
      // Suspended, or armed for later, since it was claimed: then it is not this one any more.
      if (!(await this.isStill(tx, due))) return;
      if (waits) {
        await this.runs.command(tx, ctx, due.subject, { type: 'fire-timer', timer: due.key });
      } else {
        await this.end(tx, due);
      }
      return;
    }
    if (!(await this.end(tx, due))) return;
    if (due.kind === 'schedule') {
      const timer = { id: due.id, aiSystemId: due.subject, every: due.key };
      for (const start of await this.schedules.due(tx, ctx, timer, due.generation)) {
        await this.runs.start(tx, ctx, start);
      }
      return;
    }
    if (due.kind !== 'due-soon' && due.kind !== 'late') return;
    await this.notices.tell(
      tx,
      due.organisation_id,
      { runId: due.subject, key: due.key },
      { occasion: due.kind, key: `${due.kind}:${due.id}:${due.generation}` },
    );
  }

  private async isStill(tx: Tx, due: Due): Promise<boolean> {
    const row = await tx.maybe(sql`
      select 1 from app.timer
      where organisation_id = ${due.organisation_id} and id = ${due.id} and status = 'armed'
        and generation = ${due.generation}`);
    return row !== null;
  }

  /** Marks a timer as fired; false when that was done already, or it was armed anew meanwhile. */
  private async end(tx: Tx, due: Due): Promise<boolean> {
    const ended = await tx.execute(sql`
      update app.timer set status = 'fired'
      where organisation_id = ${due.organisation_id} and id = ${due.id} and status = 'armed'
        and generation = ${due.generation}`);
    return ended === 1;
  }

  private async failed(due: Due, error: unknown): Promise<void> {
    const text = error instanceof Error ? error.message : String(error);
    const parked = due.attempts >= TRIES;
    const ctx = systemScope(due.organisation_id);
    await this.database.transaction(ctx, async (tx) => {
      await tx.execute(sql`
        update app.timer set last_error = ${text.slice(0, 500)},
          status = case when ${parked} then 'parked' else status end
        where organisation_id = ${due.organisation_id} and id = ${due.id} and status = 'armed'
          and generation = ${due.generation}`);
      if (!parked || !isOfTheRun(due.kind)) return;
      // A refusal says in words what is wrong; a fault is for the log, not for the screen.
      const trouble = error instanceof Problem ? text : 'A wait is over, but going on failed.';
      await tx.execute(sql`
        update app.run set trouble = ${trouble.slice(0, 500)}
        where organisation_id = ${due.organisation_id} and id = ${due.subject}
          and status = 'running'`);
    });
  }
}
