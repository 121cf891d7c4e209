import { Inject, Injectable } from '@nestjs/common';
import type { Measurement } from '@plumbline/contracts';
import { Notifications } from '../notifications/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Lifecycle, Runs, settingsOf } from '../runs/index.ts';
import type { MonitorRow } from './monitor-row.ts';
import { WindowTasks } from './window-tasks.ts';

/** What follows from a measurement: the window's task, work on a breach, a word to the owner. */
@Injectable()
export class Breaches {
  constructor(
    @Inject(Lifecycle) private readonly lifecycle: Lifecycle,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(Notifications) private readonly notifications: Notifications,
    @Inject(WindowTasks) private readonly windowTasks: WindowTasks,
  ) {}

  /** Acts on one measurement, in its transaction. */
  async follow(
    tx: Tx,
    ctx: RequestContext,
    monitor: MonitorRow,
    measurement: Measurement,
  ): Promise<void> {
    await this.windowTasks.fulfil(tx, ctx, monitor.ai_system_id);
    if (measurement.state !== 'breach' && measurement.state !== 'warning') return;
    if (measurement.state === 'breach') {
      const moment = {
        ...(await settingsOf(tx, ctx)),
        aiSystemId: monitor.ai_system_id,
        cause: `breach:${measurement.id}`,
      };
      const happened = { kind: 'breach', level: 'breach' } as const;
      const product = { organisationId: ctx.organisationId, personId: null };
      for (const start of await this.lifecycle.on(tx, ctx, moment, happened)) {
        await this.runs.start(tx, product, start);
      }
    }
    if (monitor.owner_id === null || monitor.owner_id === ctx.personId) return;
    const crossed = measurement.state === 'breach' ? 'breach' : 'warning';
    await this.notifications.notify(tx, {
      organisationId: ctx.organisationId,
      personId: monitor.owner_id,
      kind: 'for-information',
      subject: `A monitor crossed its ${crossed} limit`,
      text: `A monitor that you own crossed its ${crossed} limit. Look at what was measured.`,
      path: `/c/${ctx.organisationSlug}/monitors/${monitor.id}`,
      key: `measurement:${measurement.id}`,
    });
  }
}
