import { Inject, Injectable } from '@nestjs/common';
import type { RemindRun, Reminded, SendSignal, SentSignalAnswer } from '@plumbline/contracts';
import type { Facts } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { Conflict } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Signals } from './signals.ts';
import { TaskNotices } from './task-notices.ts';

/** What people do to runs from outside: remind whom they wait for, and tell them what happened. */
@Injectable()
export class RunOperations {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Signals) private readonly signals: Signals,
    @Inject(TaskNotices) private readonly notices: TaskNotices,
  ) {}

  /** Tells everybody whom a run waits for, or whom one task of it waits for. */
  remind(ctx: RequestContext, runId: string, { taskId }: RemindRun): Promise<Reminded> {
    return this.database.transaction(ctx, async (tx) => {
      await tx.one(sql`
        select 1 from app.run where organisation_id = ${ctx.organisationId} and id = ${runId}`);
      const tasks = await tx.query<{ id: string }>(sql`
        select id from app.task
        where organisation_id = ${ctx.organisationId} and run_id = ${runId} and status = 'open'
          and held_at is null and suspended_at is null
          and (${taskId ?? null}::uuid is null or id = ${taskId ?? null})
        order by due_key, id`);
      if (tasks.length === 0) {
        throw new Conflict(
          'nobody-to-remind',
          'Nobody is waited for just now. Load the page again to see where this stands.',
        );
      }
      let told = 0;
      for (const { id } of tasks) told += await this.remindOf(tx, ctx, id);
      return { told };
    });
  }

  /** Reminds whomever one open task waits for; answers how many people. Within the hour, once. */
  async remindOf(tx: Tx, ctx: RequestContext, taskId: string): Promise<number> {
    const task = await tx.one<{ run_id: string; key: string; hour: string }>(sql`
      select run_id, key, to_char(now(), 'YYYYMMDDHH24') as hour from app.task
      where organisation_id = ${ctx.organisationId} and id = ${taskId}`);
    return this.notices.tell(
      tx,
      ctx.organisationId,
      { runId: task.run_id, key: task.key },
      { occasion: 'reminder', key: `remind:${taskId}:${task.hour}` },
    );
  }

  /** Takes in a signal about an AI system; it is handed to the runs that wait after the commit. */
  signal(ctx: RequestContext, aiSystemId: string, input: SendSignal): Promise<SentSignalAnswer> {
    return this.database.transaction(ctx, async (tx) => {
      await tx.one(sql`
        select 1 from app.ai_system
        where organisation_id = ${ctx.organisationId} and id = ${aiSystemId}`);
      const { signal, id: senderKey } = input;
      const facts = input.facts as Facts;
      const sent = await this.signals.send(tx, ctx, {
        ...{ name: signal, aiSystemId, senderKey, facts, runId: null },
      });
      if (!sent.again) {
        await recordEvent(tx, ctx, {
          action: 'ai-system.signalled',
          entity: 'ai-system',
          entityId: aiSystemId,
          payload: { signal, id: senderKey, facts },
        });
      }
      const { id, sentAt, again } = sent;
      return { id, signal, sentAt: sentAt.toISOString(), again };
    });
  }
}
