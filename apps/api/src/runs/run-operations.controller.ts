import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import {
  askRepairSchema,
  idSchema,
  pauseRunSchema,
  previewRepairSchema,
  remindedSchema,
  remindRunSchema,
  repairPreviewSchema,
  repairSchema,
  repairsSchema,
  runSchema,
  sendSignalSchema,
  sentSignalSchema,
  turnDownRepairSchema,
  type AskRepair,
  type PauseRun,
  type PreviewRepair,
  type RemindRun,
  type SendSignal,
  type TurnDownRepair,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Repairs } from './repairs.ts';
import { RunOperations } from './run-operations.ts';
import { RunPages } from './run-pages.ts';

/** Operating runs: pausing them, reminding people, putting them right, telling them what happened. */
@Controller('organisations/:organisation')
export class RunOperationsController {
  constructor(
    @Inject(RunPages) private readonly pages: RunPages,
    @Inject(RunOperations) private readonly operations: RunOperations,
    @Inject(Repairs) private readonly repairs: Repairs,
  ) {}

  @Post('runs/:id/suspend')
  @Can('update', 'Run')
  @Returns(runSchema)
  suspend(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: pauseRunSchema }) { reason }: PauseRun,
  ) {
    return this.pages.command(ctx, id, { type: 'suspend', reason });
  }

  @Post('runs/:id/resume')
  @Can('update', 'Run')
  @Returns(runSchema)
  resume(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: pauseRunSchema }) { reason }: PauseRun,
  ) {
    return this.pages.command(ctx, id, { type: 'resume', reason });
  }

  @Post('runs/:id/remind')
  @Can('update', 'Run')
  @Returns(remindedSchema)
  remind(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: remindRunSchema }) input: RemindRun,
  ) {
    return this.operations.remind(ctx, id, input);
  }

  @Get('runs/:id/repairs')
  @Can('read', 'Run')
  @Returns(repairsSchema)
  list(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string) {
    return this.repairs.list(ctx, id);
  }

  @Post('runs/:id/repairs/preview')
  @Can('update', 'Run')
  @Returns(repairPreviewSchema)
  preview(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: previewRepairSchema }) { action }: PreviewRepair,
  ) {
    return this.repairs.preview(ctx, id, action);
  }

  @Post('runs/:id/repairs')
  @Can('update', 'Run')
  @Returns(repairSchema, 201)
  ask(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: askRepairSchema }) input: AskRepair,
  ) {
    return this.repairs.ask(ctx, id, input);
  }

  @Post('runs/:id/repairs/:repair/confirm')
  @Can('decide', 'Run')
  @Returns(repairSchema)
  confirm(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Param('repair', { schema: idSchema }) repair: string,
  ) {
    return this.repairs.confirm(ctx, id, repair);
  }

  @Post('runs/:id/repairs/:repair/turn-down')
  @Can('read', 'Run')
  @Returns(repairSchema)
  turnDown(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Param('repair', { schema: idSchema }) repair: string,
    @Body({ schema: turnDownRepairSchema }) { reason }: TurnDownRepair,
  ) {
    return this.repairs.turnDown(ctx, id, repair, reason);
  }

  @Post('ai-systems/:id/signals')
  @Can('create', 'Signal')
  @Returns(sentSignalSchema, 202)
  signal(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: sendSignalSchema }) input: SendSignal,
  ) {
    return this.operations.signal(ctx, id, input);
  }
}
