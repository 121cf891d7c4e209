import { Inject, Injectable } from '@nestjs/common';
import type { MoveTaskDeadline, Task, TaskReminded } from '@plumbline/contracts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { Conflict } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { dateInWords, endOfDay, RunOperations, Runs, type RunCommand } from '../runs/index.ts';
import { actingOn, findTask } from './find-task.ts';
import { TaskPage } from './task-page.ts';
import { Watchers } from './watchers.ts';

/** What can be done with a task besides finishing it: hold, go on, another deadline, a reminder. */
@Injectable()
export class TaskOperations {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(RunOperations) private readonly operations: RunOperations,
    @Inject(TaskPage) private readonly page: TaskPage,
    @Inject(Watchers) private readonly watchers: Watchers,
  ) {}

  /** Nobody is asked until it goes on; the deadline waits, if the step says so. */
  hold(ctx: RequestContext, id: string, reason: string): Promise<Task> {
    return this.change(ctx, id, (key) => ({ type: 'hold', task: key, reason }));
  }

  /** Goes on with a task on hold. */
  goOn(ctx: RequestContext, id: string): Promise<Task> {
    return this.change(ctx, id, (key) => ({ type: 'continue', task: key }));
  }

  /** Moves the deadline to the end of a day. Watchers are told. */
  moveDeadline(ctx: RequestContext, id: string, input: MoveTaskDeadline): Promise<Task> {
    return this.database.transaction(ctx, async (tx) => {
      await this.moveDeadlineIn(tx, ctx, id, input);
      return this.page.read(tx, ctx, id);
    });
  }

  /** The same inside a transaction: for many at once. */
  async moveDeadlineIn(
    tx: Tx,
    ctx: RequestContext,
    id: string,
    { dueOn, reason }: MoveTaskDeadline,
  ): Promise<void> {
    const task = await findTask(tx, ctx, id);
    const dueAt = await endOfDay(tx, ctx, dueOn);
    const command = { type: 'move-deadline', task: task.key, dueAt, reason } as const;
    const done = await this.runs.command(tx, actingOn(ctx, task), task.run_id, command, task.role);
    if (done.events.length === 0) return;
    await this.watchers.tell(tx, ctx, {
      task,
      subject: `A new due date (${task.reference})`,
      text: `${ctx.personName} moved the due date of a task that you watch to ${dateInWords(dueOn)}.`,
      key: `due:${task.id}:${done.run.state.seq}`,
    });
  }

  /** Tells whoever the task waits for, once an hour at most. */
  remind(ctx: RequestContext, id: string): Promise<TaskReminded> {
    return this.database.transaction(ctx, async (tx) => ({
      told: await this.remindIn(tx, ctx, id),
    }));
  }

  /** The same inside a transaction; refuses when nobody is waited for. */
  async remindIn(tx: Tx, ctx: RequestContext, id: string): Promise<number> {
    const task = await findTask(tx, ctx, id);
    const told = await this.operations.remindOf(tx, ctx, task.id);
    if (told > 0) return told;
    throw new Conflict(
      'nobody-to-remind',
      'Nobody is waited for just now: the task is on hold or closed, or nobody holds its role.',
    );
  }

  private change(
    ctx: RequestContext,
    id: string,
    commandFor: (key: string) => RunCommand,
  ): Promise<Task> {
    return this.database.transaction(ctx, async (tx) => {
      const task = await findTask(tx, ctx, id);
      const command = commandFor(task.key);
      await this.runs.command(tx, actingOn(ctx, task), task.run_id, command, task.role);
      return this.page.read(tx, ctx, id);
    });
  }
}
