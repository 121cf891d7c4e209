import { Controller, Get, Inject, Param } from '@nestjs/common';
import {
  readinessAnswerSchema,
  requirementGroupIdSchema,
  requirementGroupSchema,
  type ReadinessAnswer,
  type RequirementGroup,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Requirements } from './requirements.ts';

/** How ready the organisation is, clause by clause. */
@Controller('organisations/:organisation/requirements')
export class RequirementsController {
  constructor(@Inject(Requirements) private readonly requirements: Requirements) {}

  @Get()
  @Can('read', 'Requirement')
  @Returns(readinessAnswerSchema)
  async list(@Ctx() ctx: RequestContext): Promise<ReadinessAnswer> {
    return { items: await this.requirements.rows(ctx) };
  }

  @Get(':group')
  @Can('read', 'Requirement')
  @Returns(requirementGroupSchema)
  group(
    @Ctx() ctx: RequestContext,
    @Param('group', { schema: requirementGroupIdSchema }) group: string,
  ): Promise<RequirementGroup> {
    return this.requirements.group(ctx, group);
  }
}
