import { Inject, Injectable } from '@nestjs/common';
import type { Receipt, SendBackTask, SubmitTask } from '@plumbline/contracts';
import type { Facts } from '@plumbline/workflow-engine';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Runs } from '../runs/index.ts';
import { AnswerReferences } from './answer-references.ts';
import { actingOn, findTask, finishedFor } from './find-task.ts';
import { Receipts } from './receipts.ts';

/** Finished work that is not a decision: each is one command on the task's run. */
@Injectable()
export class Tasks {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(AnswerReferences) private readonly references: AnswerReferences,
    @Inject(Receipts) private readonly receipts: Receipts,
  ) {}

  /** Finishes a form or task with its answers. */
  submit(ctx: RequestContext, id: string, input: SubmitTask): Promise<Receipt> {
    return this.database.transaction(ctx, (tx) => this.handIn(tx, ctx, id, input));
  }

  /** The same inside a transaction of the organisation. */
  async handIn(tx: Tx, ctx: RequestContext, id: string, { answers }: SubmitTask): Promise<Receipt> {
    const task = await findTask(tx, ctx, id);
    const command = { type: 'submit', task: task.key, answers: answers as Facts } as const;
    const references = await this.references.known(tx, ctx, task, answers);
    const acting = actingOn(ctx, task);
    const done = await this.runs.command(tx, acting, task.run_id, command, task.role);
    await finishedFor(tx, ctx, task);
    await this.references.tie(tx, ctx, task, references);
    return this.receipts.give(tx, ctx, task, done);
  }

  /** Sends the work back to an earlier step, with the reason. */
  sendBack(ctx: RequestContext, id: string, { to, reason }: SendBackTask): Promise<Receipt> {
    return this.database.transaction(ctx, async (tx) => {
      const task = await findTask(tx, ctx, id);
      const command = { type: 'send-back', task: task.key, to, reason } as const;
      const acting = actingOn(ctx, task);
      const done = await this.runs.command(tx, acting, task.run_id, command, task.role);
      await finishedFor(tx, ctx, task);
      return this.receipts.give(tx, ctx, task, done);
    });
  }
}
