import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import {
  cancelRunSchema,
  idSchema,
  page,
  proposalSchema,
  proposeAiSystemSchema,
  runDataSchema,
  runMomentSchema,
  runRowSchema,
  runSchema,
  runsQuerySchema,
  seqSchema,
  startRunSchema,
  type CancelRun,
  type ProposeAiSystem,
  type RunsQuery,
  type StartRun,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Proposals } from './proposals.ts';
import { RunMoments } from './run-moments.ts';
import { RunPages } from './run-pages.ts';

/** Runs of workflows about AI systems. */
@Controller('organisations/:organisation')
export class RunsController {
  constructor(
    @Inject(Proposals) private readonly proposals: Proposals,
    @Inject(RunPages) private readonly pages: RunPages,
    @Inject(RunMoments) private readonly moments: RunMoments,
  ) {}

  @Post('proposals')
  @Can('create', 'AiSystem')
  @Returns(proposalSchema, 201)
  propose(
    @Ctx() ctx: RequestContext,
    @Body({ schema: proposeAiSystemSchema }) input: ProposeAiSystem,
  ) {
    return this.proposals.propose(ctx, input);
  }

  @Get('runs')
  @Can('read', 'Run')
  @Returns(page(runRowSchema))
  list(@Ctx() ctx: RequestContext, @Query({ schema: runsQuerySchema }) query: RunsQuery) {
    return this.pages.list(ctx, query);
  }

  @Get('runs/:id')
  @Can('read', 'Run')
  @Returns(runSchema)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string) {
    return this.pages.get(ctx, id);
  }

  @Get('runs/:id/at/:seq')
  @Can('read', 'Run')
  @Returns(runMomentSchema)
  at(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Param('seq', { schema: seqSchema }) seq: number,
  ) {
    return this.moments.at(ctx, id, seq);
  }

  @Get('runs/:id/data')
  @Can('read', 'Run')
  @Returns(runDataSchema)
  data(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string) {
    return this.moments.data(ctx, id);
  }

  @Post('runs')
  @Can('create', 'Run')
  @Returns(runSchema, 201)
  start(@Ctx() ctx: RequestContext, @Body({ schema: startRunSchema }) input: StartRun) {
    return this.pages.start(ctx, input);
  }

  @Post('runs/:id/cancel')
  @Can('update', 'Run')
  @Returns(runSchema)
  cancel(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: cancelRunSchema }) input: CancelRun,
  ) {
    return this.pages.cancel(ctx, id, input);
  }

  @Post('runs/:id/retry')
  @Can('update', 'Run')
  @Returns(runSchema)
  retry(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string) {
    return this.pages.retry(ctx, id);
  }
}
