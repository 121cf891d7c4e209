import { Inject, Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { contextOf } from '../members/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { Problem } from '../platform/problems.ts';
import { systemScope, type RequestContext } from '../platform/request-context.ts';
import { HandOver } from './hand-over.ts';
import { TASK_BULK_WORK, type KeptAction } from './task-bulks.ts';
import { TaskOperations } from './task-operations.ts';

const payloadSchema = z.object({ bulkId: z.uuid() });

interface Job {
  id: string;
  action: KeptAction;
  asked_by: string;
}

interface Item {
  n: number;
  task_id: string;
}

/**
 * Carries a choice of tasks out, one transaction for each: a refusal is that task's alone, and a
 * worker that dies goes on where it was. The rights are those that the person has at that moment.
 */
@Injectable()
@OutboxHandler(TASK_BULK_WORK, 'long')
export class TaskBulkWork implements OutboxHandling {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(HandOver) private readonly handOver: HandOver,
    @Inject(TaskOperations) private readonly operations: TaskOperations,
    @Inject(EventStream) private readonly stream: EventStream,
  ) {}

  async handle({ organisationId, payload, signal }: DeliveredMessage): Promise<void> {
    const { bulkId } = payloadSchema.parse(payload);
    const scope = systemScope(organisationId);
    const [job, items] = await this.database.transaction(scope, async (tx) => [
      await tx.one<Job>(sql`
        select id, action, asked_by from app.bulk
        where organisation_id = ${organisationId} and id = ${bulkId}`),
      await tx.query<Item>(sql`
        select n, task_id from app.bulk_item
        where organisation_id = ${organisationId} and bulk_id = ${bulkId} and status = 'waiting'
        order by n`),
    ]);
    for (const item of items) {
      // Delivered again after a stop, it goes on with what is left.
      if (signal.aborted) throw new Error('Stopped on the way.');
      await this.one(organisationId, job, item);
    }
    await this.database.transaction(scope, async (tx) => {
      await tx.execute(sql`
        update app.bulk set status = 'done', ended_at = now()
        where organisation_id = ${organisationId} and id = ${bulkId} and status = 'running'`);
      this.stream.publish(tx, organisationId, { type: 'job-changed', id: bulkId });
    });
  }

  private async one(organisationId: string, job: Job, { n, task_id }: Item): Promise<void> {
    const person = { organisationId, personId: job.asked_by };
    try {
      await this.database.transaction(person, async (tx) => {
        if (!(await this.settle(tx, organisationId, job.id, n, null))) return;
        const ctx = await contextOf(tx, person, job.id);
        if (!ctx?.ability.can('update', 'Task')) throw new Problem(403, 'forbidden', NO_RIGHT);
        await this.act(tx, ctx, job.action, task_id);
      });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { message } = error;
      await this.database.transaction(person, (tx) =>
        this.settle(tx, organisationId, job.id, n, message),
      );
    }
  }

  private async act(tx: Tx, ctx: RequestContext, action: KeptAction, id: string): Promise<void> {
    switch (action.kind) {
      case 'remind':
        await this.operations.remindIn(tx, ctx, id);
        return;
      case 'due':
        await this.operations.moveDeadlineIn(tx, ctx, id, action);
        return;
      case 'assign':
        await this.handOver.assignIn(tx, ctx, id, action.assignee);
        return;
      case 'undo':
        await this.giveBack(tx, ctx, action.of, id);
        return;
    }
  }

  private async giveBack(tx: Tx, ctx: RequestContext, of: string, id: string): Promise<void> {
    const before = await tx.one<{
      given: string | null;
      had: string | null;
      now: string | null;
    }>(sql`
      select b.action ->> 'assignee' as given, b.action -> 'before' ->> ${id} as had, t.assignee as now
      from app.bulk b
      join app.task t on t.organisation_id = b.organisation_id and t.id = ${id}
      where b.organisation_id = ${ctx.organisationId} and b.id = ${of}`);
    if (before.now !== before.given) {
      throw new Problem(409, 'changed-meanwhile', 'Somebody else has changed who does it since.');
    }
    await this.handOver.assignIn(tx, ctx, id, before.had);
  }

  /** Settles one of the chosen; false when that was done already. */
  private async settle(
    tx: Tx,
    organisationId: string,
    bulkId: string,
    n: number,
    message: string | null,
  ): Promise<boolean> {
    const settled = await tx.execute(sql`
      update app.bulk_item set status = ${message === null ? 'done' : 'refused'},
        message = ${message}, at = now()
      where organisation_id = ${organisationId} and bulk_id = ${bulkId} and n = ${n}
        and status = 'waiting'`);
    return settled === 1;
  }
}

const NO_RIGHT = 'Your role here no longer includes this.';
