import { Body, Controller, Delete, Get, Inject, Param, Post, Put } from '@nestjs/common';
import {
  casesAnswerSchema,
  idSchema,
  saveCaseSchema,
  simulateWorkflowSchema,
  simulationsAnswerSchema,
  simulationSchema,
  workflowKeySchema,
  type CasesAnswer,
  type SaveCase,
  type SimulateWorkflow,
  type Simulation,
  type SimulationsAnswer,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Cases } from './cases.ts';
import { Simulations } from './simulations.ts';

/** Cases of a workflow, and what came of trying it. Every change of cases answers all of them. */
@Controller('organisations/:organisation/workflows/:key')
export class TryingWorkflowsController {
  constructor(
    @Inject(Cases) private readonly kept: Cases,
    @Inject(Simulations) private readonly simulations: Simulations,
  ) {}

  @Get('cases')
  @Can('update', 'Workflow')
  @Returns(casesAnswerSchema)
  cases(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
  ): Promise<CasesAnswer> {
    return this.kept.list(ctx, key);
  }

  @Put('cases')
  @Can('update', 'Workflow')
  @Returns(casesAnswerSchema)
  save(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
    @Body({ schema: saveCaseSchema }) input: SaveCase,
  ): Promise<CasesAnswer> {
    return this.kept.save(ctx, key, input.case);
  }

  @Delete('cases/:id')
  @Can('update', 'Workflow')
  @Returns(casesAnswerSchema)
  remove(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<CasesAnswer> {
    return this.kept.remove(ctx, key, id);
  }

  @Get('simulations')
  @Can('update', 'Workflow')
  @Returns(simulationsAnswerSchema)
  list(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
  ): Promise<SimulationsAnswer> {
    return this.simulations.list(ctx, key);
  }

  @Post('simulations')
  @Can('update', 'Workflow')
  @Returns(simulationSchema, 201)
  simulate(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
    @Body({ schema: simulateWorkflowSchema }) input: SimulateWorkflow,
  ): Promise<Simulation> {
    return this.simulations.run(ctx, key, input);
  }

  @Get('simulations/:id')
  @Can('update', 'Workflow')
  @Returns(simulationSchema)
  get(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<Simulation> {
    return this.simulations.get(ctx, key, id);
  }
}
