import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import {
  idSchema,
  moveJobDetailSchema,
  moveJobSchema,
  moveJobsSchema,
  movePreviewSchema,
  previewMoveSchema,
  startMoveSchema,
  workflowKeySchema,
  type MoveJob,
  type MoveJobDetail,
  type MoveJobs,
  type MovePreview,
  type PreviewMove,
  type StartMove,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { MovingRuns } from './moving-runs.ts';

/** Runs under way that go on by another version of their workflow. */
@Controller('organisations/:organisation/workflows/:key/migrations')
export class MovingRunsController {
  constructor(@Inject(MovingRuns) private readonly moving: MovingRuns) {}

  /** What would become of each run; nothing is changed. */
  @Post('preview')
  @Can('update', 'Workflow')
  @Returns(movePreviewSchema)
  preview(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
    @Body({ schema: previewMoveSchema }) input: PreviewMove,
  ): Promise<MovePreview> {
    return this.moving.preview(ctx, key, input);
  }

  @Post()
  @Can('manage', 'Workflow')
  @Returns(moveJobSchema, 202)
  start(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
    @Body({ schema: startMoveSchema }) input: StartMove,
  ): Promise<MoveJob> {
    return this.moving.start(ctx, key, input);
  }

  @Get()
  @Can('update', 'Workflow')
  @Returns(moveJobsSchema)
  list(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
  ): Promise<MoveJobs> {
    return this.moving.list(ctx, key);
  }

  @Get(':id')
  @Can('update', 'Workflow')
  @Returns(moveJobDetailSchema)
  get(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<MoveJobDetail> {
    return this.moving.get(ctx, key, id);
  }
}
