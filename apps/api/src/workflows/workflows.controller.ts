import { Controller, Get, Inject, Param } from '@nestjs/common';
import { idSchema, page, workflowSchema, workflowVersionSchema } from '@plumbline/contracts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Workflows } from './workflows.ts';

/** What can be run in an organisation. */
@Controller('organisations/:organisation/workflows')
export class WorkflowsController {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Workflows) private readonly workflows: Workflows,
  ) {}

  @Get()
  @Can('read', 'Workflow')
  @Returns(page(workflowSchema))
  async list(@Ctx() ctx: RequestContext) {
    const items = await this.database.transaction(ctx, (tx) => this.workflows.list(tx, ctx));
    return { items, nextCursor: null };
  }

  @Get(':id')
  @Can('read', 'Workflow')
  @Returns(workflowVersionSchema)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string) {
    return this.database.transaction(ctx, (tx) => this.workflows.get(tx, ctx, id));
  }
}
