import { Inject, Injectable } from '@nestjs/common';
import type { AddMeasurement, Measurement } from '@plumbline/contracts';
import { judge } from '@plumbline/metrics';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { newId } from '../platform/ids.ts';
import { Conflict, Invalid } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Breaches } from './breaches.ts';
import type { MonitorRow } from './monitor-row.ts';
import { Monitors } from './monitors.ts';
import { periodAfter } from './windows.ts';

/** Values as they come in: kept, judged against the limits, and acted on when one is crossed. */
@Injectable()
export class Measurements {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Monitors) private readonly monitors: Monitors,
    @Inject(Breaches) private readonly breaches: Breaches,
    @Inject(EventStream) private readonly stream: EventStream,
  ) {}

  /** Records one value for one window. A breach opens the work that the lifecycle names, once. */
  record(ctx: RequestContext, monitorId: string, input: AddMeasurement): Promise<Measurement> {
    return this.database.transaction(ctx, async (tx) => {
      const monitor = await this.monitors.find(tx, ctx, monitorId, 'change');
      const { today, now } = await tx.one<{ today: string; now: Date }>(sql`
        select (now() at time zone time_zone)::date::text as today, now() as now
        from app.organisation where id = ${ctx.organisationId}`);
      requireWindow(input, today);
      const id = newId();
      const state = judge(
        { ...monitor, minimumSample: monitor.minimum_sample },
        { value: input.value, sample: input.sample },
      );
      await this.insert(tx, ctx, { id, monitorId, state, ...input });
      await this.update(tx, ctx, monitor, { ...input, state });
      await recordEvent(tx, ctx, {
        action: 'measurement.recorded',
        entity: 'monitor',
        entityId: monitorId,
        payload: { measurement: id, state, ...input },
      });
      const measurement: Measurement = {
        ...{ id, state, at: now.toISOString() },
        ...{ windowFrom: input.windowFrom, windowTo: input.windowTo, value: input.value },
        ...{ sample: input.sample, note: input.note },
        by: { id: ctx.personId, name: ctx.personName },
      };
      this.stream.publish(tx, ctx.organisationId, {
        type: 'system-changed',
        id: monitor.ai_system_id,
      });
      await this.breaches.follow(tx, ctx, monitor, measurement);
      return measurement;
    });
  }

  private async insert(
    tx: Tx,
    ctx: RequestContext,
    row: AddMeasurement & { id: string; monitorId: string; state: Measurement['state'] },
  ): Promise<void> {
    const added = await tx.execute(sql`
      insert into app.measurement
        (organisation_id, id, monitor_id, window_from, window_to, value, sample, state, note,
         person_id)
      values (${ctx.organisationId}, ${row.id}, ${row.monitorId}, ${row.windowFrom}::date,
              ${row.windowTo}::date, ${row.value}, ${row.sample}, ${row.state}, ${row.note},
              ${ctx.personId})
      on conflict (organisation_id, monitor_id, window_from, window_to) do nothing`);
    if (added === 0) {
      throw new Conflict(
        'already-measured',
        'A value for this window is recorded already, and it stays. Record another window.',
      );
    }
  }

  /** The newest window says how the monitor stands; too few cases change nothing. */
  private async update(
    tx: Tx,
    ctx: RequestContext,
    monitor: MonitorRow,
    { windowTo, state }: { windowTo: string; state: Measurement['state'] },
  ): Promise<void> {
    await tx.execute(sql`
      update app.monitor m set
        state = case when ${state} = 'too-few' or exists (
            select 1 from app.measurement e
            where e.organisation_id = m.organisation_id and e.monitor_id = m.id
              and e.window_to > ${windowTo}::date and e.state <> 'too-few')
          then m.state else ${state} end,
        last_at = now(),
        next_due_on = greatest(m.next_due_on, ${periodAfter(windowTo, monitor.every)}::date),
        version = m.version + 1
      where m.organisation_id = ${ctx.organisationId} and m.id = ${monitor.id}`);
  }
}

function requireWindow({ windowFrom, windowTo }: AddMeasurement, today: string): void {
  const problems = [];
  if (windowFrom > windowTo) {
    problems.push({ field: 'windowFrom', message: 'The window starts after it ends.' });
  }
  // A day of grace: a window may end today in a zone that is ahead.
  if (windowTo > periodAfter(today, 'day')) {
    problems.push({ field: 'windowTo', message: 'The window has not ended yet.' });
  }
  if (problems.length > 0) throw new Invalid('This window cannot be used.', problems);
}
