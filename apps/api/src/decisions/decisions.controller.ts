import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import {
  decisionCapsuleSchema,
  decisionSchema,
  decisionsQuerySchema,
  idSchema,
  page,
  type DecisionsQuery,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { DecisionList } from './decision-list.ts';

/** Decisions of an organisation. */
@Controller('organisations/:organisation/decisions')
export class DecisionsController {
  constructor(@Inject(DecisionList) private readonly decisions: DecisionList) {}

  @Get()
  @Can('read', 'Decision')
  @Returns(page(decisionSchema))
  list(@Ctx() ctx: RequestContext, @Query({ schema: decisionsQuerySchema }) query: DecisionsQuery) {
    return this.decisions.list(ctx, query);
  }

  @Get(':id')
  @Can('read', 'Decision')
  @Returns(decisionCapsuleSchema)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string) {
    return this.decisions.get(ctx, id);
  }
}
