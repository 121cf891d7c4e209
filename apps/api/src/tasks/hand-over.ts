import { Inject, Injectable } from '@nestjs/common';
import type { AssignTask, Task } from '@plumbline/contracts';
import { Members } from '../members/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { Refused } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { roleInWords, Runs, type RunCommand } from '../runs/index.ts';
import { actingOn, findTask, type TaskInHand } from './find-task.ts';
import { TaskPage } from './task-page.ts';

/** Who has a task: taken, given back, given to somebody. */
@Injectable()
export class HandOver {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(Members) private readonly members: Members,
    @Inject(TaskPage) private readonly page: TaskPage,
  ) {}

  /** Takes an open task, so that nobody else starts on it. */
  claim(ctx: RequestContext, id: string): Promise<Task> {
    return this.change(ctx, id, ({ key }) => ({ type: 'claim', task: key }));
  }

  /** Gives a task back to everyone who may do it. */
  release(ctx: RequestContext, id: string): Promise<Task> {
    return this.change(ctx, id, ({ key }) => ({ type: 'release', task: key }));
  }

  /** Gives a task to a person who may do it, or to nobody in particular. */
  assign(ctx: RequestContext, id: string, { assignee }: AssignTask): Promise<Task> {
    return this.change(ctx, id, async (task, tx) => {
      if (assignee !== null) await this.requireCandidate(tx, task, assignee);
      return { type: 'assign', task: task.key, assignee };
    });
  }

  private change(
    ctx: RequestContext,
    id: string,
    commandFor: (task: TaskInHand, tx: Tx) => RunCommand | Promise<RunCommand>,
  ): Promise<Task> {
    return this.database.transaction(ctx, async (tx) => {
      const task = await findTask(tx, ctx, id);
      const command = await commandFor(task, tx);
      await this.runs.command(tx, actingOn(ctx, task), task.run_id, command, task.role);
      return this.page.read(tx, ctx, id);
    });
  }

  private async requireCandidate(tx: Tx, task: TaskInHand, personId: string): Promise<void> {
    const person = await this.members.find(tx, personId);
    const prepares = person?.relation === 'adviser' && task.type !== 'approval';
    const fits = person?.roles.some((role) => role === task.role || role === task.also) ?? false;
    if (fits || prepares) return;
    throw new Refused(
      'not-a-candidate',
      `Choose someone with the role “${roleInWords(task.role)}”, or give them that role first.`,
    );
  }
}
