import { Inject, Injectable } from '@nestjs/common';
import type { AssignTask, Task } from '@plumbline/contracts';
import { Members } from '../members/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { Refused } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { roleInWords, Runs, type RunCommand } from '../runs/index.ts';
import { Delegations } from './delegations.ts';
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
    @Inject(Delegations) private readonly delegations: Delegations,
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
    return this.database.transaction(ctx, async (tx) => {
      await this.assignIn(tx, ctx, id, assignee);
      return this.page.read(tx, ctx, id);
    });
  }

  /** The same inside a transaction: for many at once. */
  async assignIn(tx: Tx, ctx: RequestContext, id: string, assignee: string | null): Promise<void> {
    const task = await findTask(tx, ctx, id);
    if (assignee !== null) await this.requireCandidate(tx, task, assignee);
    const command = { type: 'assign', task: task.key, assignee } as const;
    await this.runs.command(tx, actingOn(ctx, task), task.run_id, command, task.role);
    await this.delegations.over(tx, ctx, task.id);
  }

  private change(
    ctx: RequestContext,
    id: string,
    commandFor: (task: TaskInHand) => RunCommand,
  ): Promise<Task> {
    return this.database.transaction(ctx, async (tx) => {
      const task = await findTask(tx, ctx, id);
      await this.runs.command(tx, actingOn(ctx, task), task.run_id, commandFor(task), task.role);
      await this.delegations.over(tx, ctx, task.id);
      return this.page.read(tx, ctx, id);
    });
  }

  private async requireCandidate(tx: Tx, task: TaskInHand, personId: string): Promise<void> {
    const person = await this.members.find(tx, personId);
    const prepares = person?.relation === 'adviser' && task.type !== 'approval';
    const fits = person?.roles.some((role) => task.roles.includes(role)) ?? false;
    if (fits || prepares) return;
    throw new Refused(
      'not-a-candidate',
      `Choose someone with the role “${roleInWords(task.role)}”, or give them that role first.`,
    );
  }
}
