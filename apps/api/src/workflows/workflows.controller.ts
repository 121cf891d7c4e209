import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import {
  checkDefinitionSchema,
  createWorkflowSchema,
  page,
  problemsAnswerSchema,
  versionNumberSchema,
  workflowDetailSchema,
  workflowDraftSchema,
  workflowKeySchema,
  workflowSchema,
  workflowVersionSchema,
  type CheckDefinition,
  type CreateWorkflow,
  type Page,
  type ProblemsAnswer,
  type Workflow,
  type WorkflowDetail,
  type WorkflowDraft,
  type WorkflowVersion,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Drafts } from './drafts.ts';
import { WorkflowPages } from './workflow-pages.ts';

/** What can be run in an organisation, and what is being written. */
@Controller('organisations/:organisation/workflows')
export class WorkflowsController {
  constructor(
    @Inject(WorkflowPages) private readonly pages: WorkflowPages,
    @Inject(Drafts) private readonly drafts: Drafts,
  ) {}

  @Get()
  @Can('read', 'Workflow')
  @Returns(page(workflowSchema))
  list(@Ctx() ctx: RequestContext): Promise<Page<Workflow>> {
    return this.pages.list(ctx);
  }

  @Post()
  @Can('create', 'Workflow')
  @Returns(workflowDraftSchema, 201)
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: createWorkflowSchema }) input: CreateWorkflow,
  ): Promise<WorkflowDraft> {
    return this.drafts.create(ctx, input);
  }

  /** Says what is wrong with a definition, and keeps nothing. */
  @Post('check')
  @Can('update', 'Workflow')
  @Returns(problemsAnswerSchema)
  check(
    @Ctx() ctx: RequestContext,
    @Body({ schema: checkDefinitionSchema }) { definition }: CheckDefinition,
  ): Promise<ProblemsAnswer> {
    return this.drafts.check(ctx, definition);
  }

  @Get(':key')
  @Can('read', 'Workflow')
  @Returns(workflowDetailSchema)
  get(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
  ): Promise<WorkflowDetail> {
    return this.pages.get(ctx, key);
  }

  @Get(':key/versions/:version')
  @Can('read', 'Workflow')
  @Returns(workflowVersionSchema)
  version(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
    @Param('version', { schema: versionNumberSchema }) version: number,
  ): Promise<WorkflowVersion> {
    return this.pages.version(ctx, key, version);
  }
}
