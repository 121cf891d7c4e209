import { Inject, Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Measurements } from '../monitors/index.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { Deliveries } from '../platform/outbox/deliveries.ts';
import { systemScope } from '../platform/request-context.ts';
import { RUN_ENDED } from '../runs/index.ts';
import type { Cast } from './demo-people.ts';
import type { Story } from './story.ts';

/** What has been measured of the demo's AI systems before today. */
@Injectable()
export class Measuring {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Deliveries) private readonly deliveries: Deliveries,
    @Inject(Measurements) private readonly measurements: Measurements,
  ) {}

  /** Values of the past months, one for each, the last for the month before this one. */
  async measure({ measured = {} }: Story, cast: Cast, aiSystemId: string): Promise<void> {
    const [lead] = cast.withRole('client.technical_lead');
    if (!lead || Object.keys(measured).length === 0) return;
    await this.settle(lead.organisationId);
    for (const [metric, values] of Object.entries(measured)) {
      const monitor = await this.database.transaction(lead, (tx) =>
        tx.one<{ id: string; today: string }>(sql`
          select id, current_date::text as today from app.monitor
          where organisation_id = ${lead.organisationId} and ai_system_id = ${aiSystemId}
            and metric = ${metric}`),
      );
      for (const [index, { value, sample }] of values.entries()) {
        const window = monthBefore(monitor.today, values.length - index);
        await this.measurements.record(lead, monitor.id, { ...window, value, sample, note: '' });
      }
    }
  }

  /** Carries out what ended runs have promised: while the demo is made, no worker runs yet. */
  private async settle(organisationId: string): Promise<void> {
    const open = await this.database.transaction(systemScope(organisationId), (tx) =>
      tx.query<{ id: string }>(sql`
        select id from app.outbox
        where organisation_id = ${organisationId} and topic = ${RUN_ENDED} and done_at is null
        order by id`),
    );
    for (const { id } of open) await this.deliveries.deliver({ id, organisationId });
  }
}

/** First and last day of the month that lies `count` months before the one of `today`. */
function monthBefore(today: string, count: number): { windowFrom: string; windowTo: string } {
  const [year, month] = today.split('-').map(Number) as [number, number];
  const first = new Date(Date.UTC(year, month - 1 - count, 1));
  const last = new Date(Date.UTC(year, month - count, 0));
  const day = (date: Date): string => date.toISOString().slice(0, 10);
  return { windowFrom: day(first), windowTo: day(last) };
}
