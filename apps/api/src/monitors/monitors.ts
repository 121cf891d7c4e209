import { Inject, Injectable } from '@nestjs/common';
import type {
  CreateMonitor,
  Monitor,
  MonitorSeries,
  MonitorsQuery,
  Page,
} from '@plumbline/contracts';
import { metricCatalogue } from '@plumbline/frameworks';
import { limitsFit } from '@plumbline/metrics';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { AiSystems } from '../ai-systems/index.ts';
import { Members } from '../members/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { pageOf, readCursor } from '../platform/paging.ts';
import { Conflict, Invalid, type FieldProblem } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { OrganisationScope, RequestContext } from '../platform/request-context.ts';
import {
  MONITOR_COLUMNS,
  toMeasurement,
  toMonitor,
  type MeasurementRow,
  type MonitorRow,
} from './monitor-row.ts';
import { periodAfter } from './windows.ts';

type InOrganisation = OrganisationScope & { readonly organisationId: string };

/** What a monitor is made of; `segment` names the group that it is about, empty for all. */
export type NewMonitor = CreateMonitor & { readonly segment: string };

/** Metrics that are watched for AI systems. */
@Injectable()
export class Monitors {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(AiSystems) private readonly aiSystems: AiSystems,
    @Inject(Members) private readonly members: Members,
  ) {}

  /** Monitors, those first whose next measurement is due soonest. */
  list(ctx: RequestContext, query: MonitorsQuery): Promise<Page<Monitor>> {
    const after = readCursor(query.cursor, z.tuple([z.iso.date(), z.uuid()]));
    return this.database.transaction(ctx, async (tx) => {
      const found = await tx.query<MonitorRow>(sql`
        select ${MONITOR_COLUMNS}
        where m.organisation_id = ${ctx.organisationId}
          ${query.aiSystem ? sql`and m.ai_system_id = ${query.aiSystem}` : sql``}
          ${after ? sql`and (m.next_due_on, m.id) > (${after[0]}::date, ${after[1]}::uuid)` : sql``}
        order by m.next_due_on, m.id limit ${query.limit + 1}`);
      const { rows, nextCursor } = pageOf(found, query.limit, (row) => [row.next_due_on, row.id]);
      return { items: rows.map(toMonitor), nextCursor };
    });
  }

  /** One monitor with its measurements, newest window first. */
  get(ctx: RequestContext, id: string): Promise<MonitorSeries> {
    return this.database.transaction(ctx, async (tx) => {
      const row = await this.find(tx, ctx, id);
      const measured = await tx.query<MeasurementRow>(sql`
        select e.id, e.window_from::text as window_from, e.window_to::text as window_to, e.value,
               e.sample, e.state, e.note, e.person_id, p.name as person_name, e.at
        from app.measurement e left join app.person p on p.id = e.person_id
        where e.organisation_id = ${ctx.organisationId} and e.monitor_id = ${id}
        order by e.window_to desc, e.id desc limit 500`);
      return { ...toMonitor(row), measurements: measured.map(toMeasurement) };
    });
  }

  /** Starts to watch a metric of the catalogue, with limits set before anybody sees a value. */
  create(ctx: RequestContext, input: CreateMonitor): Promise<Monitor> {
    return this.database.transaction(ctx, async (tx) => {
      await this.aiSystems.nameOf(tx, ctx, input.aiSystemId);
      await this.requireSensible(tx, input);
      const id = await this.add(tx, ctx, { ...input, segment: '' });
      if (id === null) {
        throw new Conflict(
          'already-watched',
          'This metric is watched for this AI system already. Open that monitor instead.',
        );
      }
      return toMonitor(await this.find(tx, ctx, id));
    });
  }

  /** Adds a monitor inside another transaction; null when the metric is watched there already. */
  async add(tx: Tx, ctx: InOrganisation, input: NewMonitor): Promise<string | null> {
    const id = newId();
    const { today } = await tx.one<{ today: string }>(sql`
      select (now() at time zone time_zone)::date::text as today from app.organisation
      where id = ${ctx.organisationId}`);
    const added = await tx.execute(sql`
      insert into app.monitor
        (organisation_id, id, ai_system_id, metric, segment, direction, warning, breach,
         minimum_sample, every, owner_id, next_due_on)
      values (${ctx.organisationId}, ${id}, ${input.aiSystemId}, ${input.metric}, ${input.segment},
              ${input.direction}, ${input.warning}, ${input.breach}, ${input.minimumSample},
              ${input.every}, ${input.owner}, ${periodAfter(today, input.every)}::date)
      on conflict (organisation_id, ai_system_id, metric, segment) do nothing`);
    if (added === 0) return null;
    await recordEvent(tx, ctx, {
      action: 'monitor.created',
      entity: 'monitor',
      entityId: id,
      payload: input,
    });
    return id;
  }

  /** A monitor of this organisation; for a `change` it is locked until the transaction ends. */
  find(
    tx: Tx,
    ctx: InOrganisation,
    id: string,
    to: 'read' | 'change' = 'read',
  ): Promise<MonitorRow> {
    return tx.one<MonitorRow>(sql`
      select ${MONITOR_COLUMNS}
      where m.organisation_id = ${ctx.organisationId} and m.id = ${id}
      ${to === 'change' ? sql`for no key update of m` : sql``}`);
  }

  private async requireSensible(tx: Tx, input: CreateMonitor): Promise<void> {
    const problems: FieldProblem[] = [];
    if (!metricCatalogue.some(({ key }) => key === input.metric)) {
      problems.push({ field: 'metric', message: 'Choose a metric of the catalogue.' });
    }
    if (!limitsFit(input)) {
      const side = input.direction === 'at-least' ? 'at or above' : 'at or below';
      problems.push({ field: 'warning', message: `Set the warning ${side} the breach.` });
    }
    if (input.owner !== null && !(await this.members.find(tx, input.owner))) {
      problems.push({ field: 'owner', message: 'Choose someone of this organisation.' });
    }
    if (problems.length > 0) throw new Invalid('This monitor cannot be used.', problems);
  }
}
