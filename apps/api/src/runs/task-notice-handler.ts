import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { systemScope } from '../platform/request-context.ts';
import { TASK_NOTICE } from './promised-rows.ts';
import { TaskNotices } from './task-notices.ts';

const payloadSchema = z.object({
  runId: z.uuid(),
  task: z.string(),
  by: z.uuid().nullable(),
  occasion: z.enum(['opened', 'reminder', 'escalated']).default('opened'),
  /** Whom a level of escalation tells: everybody with the role. */
  role: z.string().nullable().default(null),
});

/** Tells people about a task that was opened or handed over. Twice delivered, once told. */
@Injectable()
@OutboxHandler(TASK_NOTICE)
export class TaskNoticeHandler implements OutboxHandling {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(TaskNotices) private readonly notices: TaskNotices,
  ) {}

  async handle({ id, organisationId, payload }: DeliveredMessage): Promise<void> {
    const { runId, task, by, occasion, role } = payloadSchema.parse(payload);
    await this.database.transaction(systemScope(organisationId), async (tx) => {
      if (!(await this.outbox.done(tx, { organisationId, id }))) return;
      const notice = { occasion, key: `task:${id}`, by, role };
      await this.notices.tell(tx, organisationId, { runId, key: task }, notice);
    });
  }
}
