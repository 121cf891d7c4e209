import { Body, Controller, Get, Inject, Param, Post, Put } from '@nestjs/common';
import {
  addTaskCommentSchema,
  idSchema,
  taskConversationSchema,
  watchTaskSchema,
  type AddTaskComment,
  type TaskConversation,
  type WatchTask,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Conversation } from './conversation.ts';

/** What people say to each other at a task, and who watches it. */
@Controller('organisations/:organisation/tasks/:id')
export class ConversationController {
  constructor(@Inject(Conversation) private readonly conversation: Conversation) {}

  @Get('conversation')
  @Can('read', 'Task')
  @Returns(taskConversationSchema)
  get(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<TaskConversation> {
    return this.conversation.get(ctx, id);
  }

  @Post('comments')
  @Can('submit', 'Task')
  @Returns(taskConversationSchema, 201)
  add(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: addTaskCommentSchema }) input: AddTaskComment,
  ): Promise<TaskConversation> {
    return this.conversation.add(ctx, id, input);
  }

  @Post('comments/:comment/withdraw')
  @Can('submit', 'Task')
  @Returns(taskConversationSchema)
  withdraw(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Param('comment', { schema: idSchema }) comment: string,
  ): Promise<TaskConversation> {
    return this.conversation.withdraw(ctx, id, comment);
  }

  @Put('watch')
  @Can('read', 'Task')
  @Returns(taskConversationSchema)
  watch(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: watchTaskSchema }) { watching }: WatchTask,
  ): Promise<TaskConversation> {
    return this.conversation.watch(ctx, id, watching);
  }
}
