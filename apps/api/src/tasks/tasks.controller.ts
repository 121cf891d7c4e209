import { Body, Controller, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import {
  decideTaskSchema,
  draftSavedSchema,
  idSchema,
  receiptSchema,
  saveDraftSchema,
  sendBackTaskSchema,
  submitTaskSchema,
  taskSchema,
  tasksQuerySchema,
  tasksSchema,
  type DecideTask,
  type SaveDraft,
  type SendBackTask,
  type SubmitTask,
  type TasksQuery,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Drafts } from './drafts.ts';
import { TaskList } from './task-list.ts';
import { TaskPage } from './task-page.ts';
import { TaskDecisions } from './task-decisions.ts';
import { Tasks } from './tasks.ts';

/** Work for people. */
@Controller('organisations/:organisation/tasks')
export class TasksController {
  constructor(
    @Inject(TaskList) private readonly taskList: TaskList,
    @Inject(TaskPage) private readonly page: TaskPage,
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(Tasks) private readonly tasks: Tasks,
    @Inject(TaskDecisions) private readonly decisions: TaskDecisions,
  ) {}

  @Get()
  @Can('read', 'Task')
  @Returns(tasksSchema)
  list(@Ctx() ctx: RequestContext, @Query({ schema: tasksQuerySchema }) query: TasksQuery) {
    return this.taskList.list(ctx, query);
  }

  @Get(':id')
  @Can('read', 'Task')
  @Returns(taskSchema)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string) {
    return this.page.get(ctx, id);
  }

  @Put(':id/draft')
  @Can('submit', 'Task')
  @Returns(draftSavedSchema)
  saveDraft(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: saveDraftSchema }) input: SaveDraft,
  ) {
    return this.drafts.save(ctx, id, input);
  }

  @Post(':id/submit')
  @Can('submit', 'Task')
  @Returns(receiptSchema)
  submit(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: submitTaskSchema }) input: SubmitTask,
  ) {
    return this.tasks.submit(ctx, id, input);
  }

  @Post(':id/decide')
  // A substitute may decide with the authority of the absent person: the service asks for it.
  @Can('submit', 'Task')
  @Returns(receiptSchema)
  decide(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: decideTaskSchema }) input: DecideTask,
  ) {
    return this.decisions.decide(ctx, id, input);
  }

  @Post(':id/send-back')
  @Can('submit', 'Task')
  @Returns(receiptSchema)
  sendBack(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: sendBackTaskSchema }) input: SendBackTask,
  ) {
    return this.tasks.sendBack(ctx, id, input);
  }
}
