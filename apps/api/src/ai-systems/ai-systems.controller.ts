import { Body, Controller, Get, Inject, Param, Patch, Query } from '@nestjs/common';
import {
  aiSystemSchema,
  aiSystemsQuerySchema,
  aiSystemsSchema,
  gateAnswerSchema,
  idSchema,
  similarAiSystemsSchema,
  similarQuerySchema,
  updateAiSystemSchema,
  type AiSystem,
  type AiSystemsAnswer,
  type AiSystemsQuery,
  type GateAnswer,
  type SimilarAiSystems,
  type SimilarQuery,
  type UpdateAiSystem,
} from '@plumbline/contracts';
import { Can, Ctx, ExpectedVersion, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Register } from './register.ts';

/** The register of AI systems. */
@Controller('organisations/:organisation/ai-systems')
export class AiSystemsController {
  constructor(@Inject(Register) private readonly register: Register) {}

  @Get()
  @Can('read', 'Organisation')
  @Returns(aiSystemsSchema)
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: aiSystemsQuerySchema }) query: AiSystemsQuery,
  ): Promise<AiSystemsAnswer> {
    return this.register.list(ctx, query);
  }

  @Get('similar')
  @Can('create', 'AiSystem')
  @Returns(similarAiSystemsSchema)
  similar(
    @Ctx() ctx: RequestContext,
    @Query({ schema: similarQuerySchema }) { name }: SimilarQuery,
  ): Promise<SimilarAiSystems> {
    return this.register.similar(ctx, name);
  }

  @Get(':id')
  @Can('read', 'Organisation')
  @Returns(aiSystemSchema)
  get(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<AiSystem> {
    return this.register.get(ctx, id);
  }

  @Patch(':id')
  @Can('update', 'AiSystem')
  @Returns(aiSystemSchema)
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @ExpectedVersion() version: number,
    @Body({ schema: updateAiSystemSchema }) input: UpdateAiSystem,
  ): Promise<AiSystem> {
    return this.register.update(ctx, id, version, input);
  }

  /** For deployment pipelines: may this system be live? */
  @Get(':id/gate')
  @Can('read', 'Gate')
  @Returns(gateAnswerSchema)
  gate(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<GateAnswer> {
    return this.register.gate(ctx, id);
  }
}
