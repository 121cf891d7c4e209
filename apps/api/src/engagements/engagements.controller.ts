import { Body, Controller, Get, Inject, Param, Patch, Post } from '@nestjs/common';
import {
  advisersSchema,
  engagementsSchema,
  grantEngagementSchema,
  idSchema,
  updateEngagementSchema,
  type Advisers,
  type EngagementsAnswer,
  type GrantEngagement,
  type UpdateEngagement,
} from '@plumbline/contracts';
import { Can, Ctx, ExpectedVersion, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Engagements } from './engagements.ts';

/** Access of firms to clients. Every change answers the whole list as it is then. */
@Controller('organisations/:organisation/engagements')
export class EngagementsController {
  constructor(@Inject(Engagements) private readonly engagements: Engagements) {}

  @Get()
  @Can('read', 'Engagement')
  @Returns(engagementsSchema)
  list(@Ctx() ctx: RequestContext): Promise<EngagementsAnswer> {
    return this.engagements.list(ctx);
  }

  @Get(':id/advisers')
  @Can('manage', 'Engagement')
  @Returns(advisersSchema)
  advisers(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<Advisers> {
    return this.engagements.advisers(ctx, id);
  }

  @Post()
  @Can('manage', 'Engagement')
  @Returns(engagementsSchema, 201)
  grant(
    @Ctx() ctx: RequestContext,
    @Body({ schema: grantEngagementSchema }) input: GrantEngagement,
  ): Promise<EngagementsAnswer> {
    return this.engagements.grant(ctx, input);
  }

  @Patch(':id')
  @Can('manage', 'Engagement')
  @Returns(engagementsSchema)
  change(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @ExpectedVersion() version: number,
    @Body({ schema: updateEngagementSchema }) input: UpdateEngagement,
  ): Promise<EngagementsAnswer> {
    return this.engagements.change(ctx, id, version, input);
  }

  @Post(':id/revoke')
  @Can('manage', 'Engagement')
  @Returns(engagementsSchema)
  revoke(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<EngagementsAnswer> {
    return this.engagements.revoke(ctx, id);
  }
}
