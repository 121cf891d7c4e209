import { Inject, Injectable } from '@nestjs/common';
import type { Monitor } from '@plumbline/contracts';
import { metricCatalogue } from '@plumbline/frameworks';
import { z } from 'zod';
import { AiSystems } from '../ai-systems/index.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { systemScope } from '../platform/request-context.ts';
import { RUN_ENDED } from '../runs/index.ts';
import { Monitors, type NewMonitor } from './monitors.ts';

const payloadSchema = z.object({ aiSystemId: z.uuid(), workflow: z.string(), outcome: z.string() });

/** One row of an approved monitoring plan, as the register keeps it. */
const plannedSchema = z.object({
  metric: z.string(),
  segment: z.string().nullish(),
  warn: z.number(),
  breach: z.number(),
  minN: z.number().positive().nullish(),
  cadence: z.enum(['daily', 'weekly', 'monthly', 'quarterly', 'yearly']),
  monitorOwner: z.uuid().nullish(),
});
type Planned = z.infer<typeof plannedSchema>;

const EVERY: Readonly<Record<Planned['cadence'], Monitor['every']>> = {
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  quarterly: 'quarter',
  yearly: 'year',
};

/** Makes the monitors of a plan once it is approved. What is watched already stays as it is. */
@Injectable()
@OutboxHandler(RUN_ENDED)
export class PlannedMonitors implements OutboxHandling {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(AiSystems) private readonly aiSystems: AiSystems,
    @Inject(Monitors) private readonly monitors: Monitors,
  ) {}

  async handle({ id, organisationId, payload }: DeliveredMessage): Promise<void> {
    const { aiSystemId, workflow, outcome } = payloadSchema.parse(payload);
    const ctx = { ...systemScope(organisationId), organisationId };
    await this.database.transaction(ctx, async (tx) => {
      if (!(await this.outbox.done(tx, { organisationId, id }))) return;
      if (workflow !== 'WF-MONITOR-PLAN' || outcome !== 'approved') return;
      const { monitors } = await this.aiSystems.factsOf(tx, ctx, aiSystemId);
      for (const planned of z.array(plannedSchema).parse(monitors ?? [])) {
        await this.monitors.add(tx, ctx, newMonitorOf(aiSystemId, planned));
      }
    });
  }
}

function newMonitorOf(aiSystemId: string, planned: Planned): NewMonitor {
  return {
    aiSystemId,
    metric: planned.metric,
    segment: planned.segment ?? '',
    direction: directionOf(planned),
    warning: planned.warn,
    breach: planned.breach,
    minimumSample: planned.minN ? Math.ceil(planned.minN) : null,
    every: EVERY[planned.cadence],
    owner: planned.monitorOwner ?? null,
  };
}

/** The side of the warning is the good one; equal limits leave it to the catalogue. */
function directionOf({ metric, warn, breach }: Planned): Monitor['direction'] {
  if (warn !== breach) return warn > breach ? 'at-least' : 'at-most';
  const known = metricCatalogue.find(({ key }) => key === metric);
  return known?.better === 'higher' ? 'at-least' : 'at-most';
}
