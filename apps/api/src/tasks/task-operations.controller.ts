import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import {
  delegateTaskSchema,
  holdTaskSchema,
  idSchema,
  moveTaskDeadlineSchema,
  startTaskBulkSchema,
  taskBulkSchema,
  taskRemindedSchema,
  taskSchema,
  type DelegateTask,
  type HoldTask,
  type MoveTaskDeadline,
  type StartTaskBulk,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Delegations } from './delegations.ts';
import { TaskBulks } from './task-bulks.ts';
import { TaskOperations } from './task-operations.ts';

/** What can be done with a task besides finishing it. */
@Controller('organisations/:organisation/tasks/:id')
export class TaskOperationsController {
  constructor(
    @Inject(TaskOperations) private readonly operations: TaskOperations,
    @Inject(Delegations) private readonly delegations: Delegations,
  ) {}

  @Post('hold')
  @Can('submit', 'Task')
  @Returns(taskSchema)
  hold(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: holdTaskSchema }) { reason }: HoldTask,
  ) {
    return this.operations.hold(ctx, id, reason);
  }

  @Post('continue')
  @Can('submit', 'Task')
  @Returns(taskSchema)
  goOn(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string) {
    return this.operations.goOn(ctx, id);
  }

  @Post('delegate')
  @Can('submit', 'Task')
  @Returns(taskSchema)
  delegate(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: delegateTaskSchema }) input: DelegateTask,
  ) {
    return this.delegations.delegate(ctx, id, input);
  }

  @Post('take-back')
  @Can('submit', 'Task')
  @Returns(taskSchema)
  takeBack(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string) {
    return this.delegations.takeBack(ctx, id);
  }

  @Post('due')
  @Can('update', 'Task')
  @Returns(taskSchema)
  moveDeadline(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: moveTaskDeadlineSchema }) input: MoveTaskDeadline,
  ) {
    return this.operations.moveDeadline(ctx, id, input);
  }

  @Post('remind')
  @Can('update', 'Task')
  @Returns(taskRemindedSchema)
  remind(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string) {
    return this.operations.remind(ctx, id);
  }
}

/** One thing done to many tasks. */
@Controller('organisations/:organisation/task-bulks')
export class TaskBulksController {
  constructor(@Inject(TaskBulks) private readonly bulks: TaskBulks) {}

  @Post()
  @Can('update', 'Task')
  @Returns(taskBulkSchema, 202)
  start(@Ctx() ctx: RequestContext, @Body({ schema: startTaskBulkSchema }) input: StartTaskBulk) {
    return this.bulks.start(ctx, input);
  }

  @Get(':id')
  @Can('update', 'Task')
  @Returns(taskBulkSchema)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string) {
    return this.bulks.get(ctx, id);
  }

  @Post(':id/undo')
  @Can('update', 'Task')
  @Returns(taskBulkSchema, 202)
  undo(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string) {
    return this.bulks.undo(ctx, id);
  }
}
