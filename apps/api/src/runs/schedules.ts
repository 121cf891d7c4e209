import { Inject, Injectable } from '@nestjs/common';
import { daysOfCadence } from '@plumbline/frameworks';
import sql from 'sql-template-tag';
import { AiSystems } from '../ai-systems/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import type { Acting } from './acting.ts';
import { isCadence, Lifecycle } from './lifecycle.ts';
import { settingsOf } from './organisation-settings.ts';
import type { StartRequest } from './runs.ts';

type Every = 'monitorCadence' | 'reviewInterval';

/** Stages in which a system is measured and reviewed. */
const IN_USE = new Set(['live', 'pilot', 'under-review']);

/** The times at which the lifecycle looks at an AI system: the end of a window, the day of a review. */
@Injectable()
export class Schedules {
  constructor(
    @Inject(AiSystems) private readonly aiSystems: AiSystems,
    @Inject(Lifecycle) private readonly lifecycle: Lifecycle,
  ) {}

  /** Sets the times that follow from what a run has just written; those set already stay. */
  async arm(tx: Tx, ctx: Acting, aiSystemId: string): Promise<void> {
    const facts = await this.aiSystems.factsOf(tx, ctx, aiSystemId);
    if (typeof facts['stage'] !== 'string' || !IN_USE.has(facts['stage'])) return;
    const cadence = facts['monitorCadence'];
    if (isCadence(cadence)) {
      const days = daysOfCadence[cadence];
      await this.set(
        tx,
        ctx,
        { aiSystemId, every: 'monitorCadence' },
        sql`
        now() + make_interval(days => ${days})`,
      );
    }
    const review = facts['nextReviewOn'];
    if (typeof review === 'string') {
      await this.set(
        tx,
        ctx,
        { aiSystemId, every: 'reviewInterval' },
        sql`
        (select ${review}::date::timestamp at time zone time_zone from app.organisation
         where id = ${ctx.organisationId})`,
      );
    }
  }

  /** What a time that has come starts, and the next such time. */
  async due(
    tx: Tx,
    ctx: Acting,
    timer: { readonly id: string; readonly aiSystemId: string; readonly every: string },
    generation: number,
  ): Promise<StartRequest[]> {
    const { aiSystemId } = timer;
    const every: Every = timer.every === 'reviewInterval' ? 'reviewInterval' : 'monitorCadence';
    const cause = `time:${timer.id}:${generation}`;
    const moment = { ...(await settingsOf(tx, ctx)), aiSystemId, cause };
    const starts = await this.lifecycle.on(tx, ctx, moment, { kind: 'schedule', every });
    if (every === 'monitorCadence') await this.arm(tx, ctx, aiSystemId);
    return starts;
  }

  private async set(
    tx: Tx,
    ctx: Acting,
    { aiSystemId, every }: { aiSystemId: string; every: Every },
    at: ReturnType<typeof sql>,
  ): Promise<void> {
    await tx.execute(sql`
      insert into app.timer as w (organisation_id, id, kind, subject, key, due_at, wake_at)
      select ${ctx.organisationId}::uuid, ${newId()}::uuid, 'schedule', ${aiSystemId}::uuid,
             ${every}::text, t.at, t.at
      from (select ${at} as at) as t
      on conflict (organisation_id, kind, subject, key) do update set
        due_at = excluded.due_at, wake_at = excluded.wake_at, status = 'armed', attempts = 0,
        last_error = null, generation = w.generation + 1
        -- A window that is open keeps its end; a review moves with its date.
        where w.status <> 'armed'
           or (w.key = 'reviewInterval' and w.due_at <> excluded.due_at)`);
  }
}
