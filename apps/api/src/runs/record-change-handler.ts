import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AI_SYSTEM_CHANGED } from '../ai-systems/index.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { Lifecycle } from './lifecycle.ts';
import { Runs } from './runs.ts';
import { settingsOf } from './organisation-settings.ts';

const payloadSchema = z.object({ aiSystemId: z.uuid(), fields: z.string() });

/** Starts what the lifecycle says after a material change of the register by hand: a review. */
@Injectable()
@OutboxHandler(AI_SYSTEM_CHANGED)
export class RecordChangeHandler implements OutboxHandling {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Lifecycle) private readonly lifecycle: Lifecycle,
    @Inject(Runs) private readonly runs: Runs,
  ) {}

  async handle({ id, organisationId, payload }: DeliveredMessage): Promise<void> {
    const { aiSystemId, fields } = payloadSchema.parse(payload);
    const ctx = { organisationId, personId: null };
    await this.database.transaction(ctx, async (tx) => {
      if (!(await this.outbox.done(tx, { organisationId, id }))) return;
      const moment = { ...(await settingsOf(tx, ctx)), aiSystemId, cause: `change:${id}` };
      const happened = { kind: 'record-changed', fields: fields.split(',') } as const;
      for (const start of await this.lifecycle.on(tx, ctx, moment, happened)) {
        await this.runs.start(tx, ctx, start);
      }
    });
  }
}
