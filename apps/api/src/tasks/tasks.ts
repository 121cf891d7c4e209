import { Inject, Injectable } from '@nestjs/common';
import {
  idSchema,
  type AssignTask,
  type Receipt,
  type SendBackTask,
  type SubmitTask,
  type Task,
} from '@plumbline/contracts';
import type { Facts } from '@plumbline/workflow-engine';
import { Members } from '../members/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { Refused } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { roleInWords, Runs, type RunCommand } from '../runs/index.ts';
import { problemsOf, referencesIn, type Reference } from './answer-references.ts';
import { findTask, type TaskInHand } from './find-task.ts';
import { Receipts } from './receipts.ts';
import { TaskPage } from './task-page.ts';

/** What people do with tasks, apart from deciding: each is one command on the task's run. */
@Injectable()
export class Tasks {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(Members) private readonly members: Members,
    @Inject(Receipts) private readonly receipts: Receipts,
    @Inject(TaskPage) private readonly page: TaskPage,
  ) {}

  /** Finishes a form or task with its answers. */
  submit(ctx: RequestContext, id: string, { answers }: SubmitTask): Promise<Receipt> {
    return this.database.transaction(ctx, async (tx) => {
      const task = await findTask(tx, ctx, id);
      const command = { type: 'submit', task: task.key, answers: answers as Facts } as const;
      const done = await this.runs.command(tx, ctx, task.run_id, command, task.role);
      await this.requireKnown(tx, referencesIn(done.run.definition, answers));
      return this.receipts.give(tx, ctx, task, done);
    });
  }

  /** Sends the work back to an earlier step, with the reason. */
  sendBack(ctx: RequestContext, id: string, { to, reason }: SendBackTask): Promise<Receipt> {
    return this.database.transaction(ctx, async (tx) => {
      const task = await findTask(tx, ctx, id);
      const command = { type: 'send-back', task: task.key, to, reason } as const;
      const done = await this.runs.command(tx, ctx, task.run_id, command, task.role);
      return this.receipts.give(tx, ctx, task, done);
    });
  }

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
      await this.runs.command(tx, ctx, task.run_id, await commandFor(task, tx), task.role);
      return this.page.read(tx, ctx, id);
    });
  }

  /** Refuses answers that name people whom this organisation does not have; nothing is kept then. */
  private async requireKnown(tx: Tx, references: readonly Reference[]): Promise<void> {
    const unknown: Reference[] = [];
    for (const reference of references) {
      if (reference.kind === 'person' && !(await this.isHere(tx, reference.id))) {
        unknown.push(reference);
      }
    }
    if (unknown.length === 0) return;
    throw new Refused('invalid-answers', 'Some answers name what is not here. Choose again.', {
      problems: problemsOf(unknown),
    });
  }

  private async isHere(tx: Tx, personId: string): Promise<boolean> {
    return idSchema.safeParse(personId).success && (await this.members.find(tx, personId)) !== null;
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
