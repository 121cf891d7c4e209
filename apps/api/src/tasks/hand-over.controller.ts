import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { assignTaskSchema, idSchema, taskSchema, type AssignTask } from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { HandOver } from './hand-over.ts';

/** Who has a task. */
@Controller('organisations/:organisation/tasks/:id')
export class HandOverController {
  constructor(@Inject(HandOver) private readonly handOver: HandOver) {}

  @Post('claim')
  @Can('submit', 'Task')
  @Returns(taskSchema)
  claim(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string) {
    return this.handOver.claim(ctx, id);
  }

  @Post('release')
  @Can('submit', 'Task')
  @Returns(taskSchema)
  release(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string) {
    return this.handOver.release(ctx, id);
  }

  @Post('assign')
  @Can('update', 'Task')
  @Returns(taskSchema)
  assign(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: assignTaskSchema }) input: AssignTask,
  ) {
    return this.handOver.assign(ctx, id, input);
  }
}
