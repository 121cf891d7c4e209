import { Inject, Injectable } from '@nestjs/common';
import type { DecideTask, Receipt } from '@plumbline/contracts';
import { Decisions } from '../decisions/index.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { StepUpRequired } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Runs } from '../runs/index.ts';
import { Conditions } from './conditions.ts';
import { actingOn, findTask, finishedFor, type TaskInHand } from './find-task.ts';
import { requireDecider } from './may-decide.ts';
import { Receipts } from './receipts.ts';

/** How long a password prompt counts, in milliseconds. */
const STEP_UP = 5 * 60_000;

/** Decisions of people with authority: who they are is shown again, and what they saw is frozen. */
@Injectable()
export class TaskDecisions {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(Conditions) private readonly conditions: Conditions,
    @Inject(Receipts) private readonly receipts: Receipts,
  ) {}

  /** Records one approver's decision with its capsule; the receipt carries the same hash. */
  decide(ctx: RequestContext, id: string, input: DecideTask): Promise<Receipt> {
    return this.database.transaction(ctx, async (tx) => {
      await requireDecider(tx, ctx);
      const task = await findTask(tx, ctx, id);
      requireStepUp(ctx, task);
      await this.conditions.requireOwners(tx, input.conditions);
      const acting = actingOn(ctx, task);
      const done = await this.runs.command(tx, acting, task.run_id, {
        type: 'decide',
        task: task.key,
        ...input,
      });
      const decision = await this.decisions.freeze(tx, acting, task, done);
      await finishedFor(tx, ctx, task);
      await this.conditions.follow(tx, ctx, task.id, done);
      return this.receipts.give(tx, ctx, task, done, decision);
    });
  }
}

function requireStepUp({ steppedUpAt }: RequestContext, { now }: TaskInHand): void {
  if (!steppedUpAt || now.getTime() - steppedUpAt.getTime() > STEP_UP) throw new StepUpRequired();
}
