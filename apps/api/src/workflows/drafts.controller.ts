import { Body, Controller, Delete, Get, Inject, Param, Post, Put } from '@nestjs/common';
import {
  beginDraftSchema,
  editorSchema,
  saveWorkflowDraftSchema,
  takeEditorSchema,
  workflowDraftSchema,
  workflowKeySchema,
  type BeginDraft,
  type SaveWorkflowDraft,
  type TakeEditor,
  type WorkflowDraft,
  type WorkflowEditor,
} from '@plumbline/contracts';
import { Can, Ctx, Returns, ReturnsNothing } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Drafts } from './drafts.ts';
import { Editors } from './editors.ts';

/** The draft of one workflow, and who edits it. */
@Controller('organisations/:organisation/workflows/:key/draft')
export class DraftsController {
  constructor(
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(Editors) private readonly editors: Editors,
  ) {}

  @Get()
  @Can('update', 'Workflow')
  @Returns(workflowDraftSchema)
  get(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
  ): Promise<WorkflowDraft> {
    return this.drafts.get(ctx, key);
  }

  /** Begins the draft of a published workflow, or answers the one that is there. */
  @Post()
  @Can('update', 'Workflow')
  @Returns(workflowDraftSchema, 201)
  begin(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
    @Body({ schema: beginDraftSchema }) input: BeginDraft,
  ): Promise<WorkflowDraft> {
    return this.drafts.begin(ctx, key, input);
  }

  @Put()
  @Can('update', 'Workflow')
  @Returns(workflowDraftSchema)
  save(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
    @Body({ schema: saveWorkflowDraftSchema }) input: SaveWorkflowDraft,
  ): Promise<WorkflowDraft> {
    return this.drafts.save(ctx, key, input);
  }

  @Delete()
  @Can('update', 'Workflow')
  @ReturnsNothing()
  remove(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
  ): Promise<void> {
    return this.drafts.remove(ctx, key);
  }

  /** Takes or keeps the editor's place: every 30 seconds while somebody edits. */
  @Post('editor')
  @Can('update', 'Workflow')
  @Returns(editorSchema)
  take(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
    @Body({ schema: takeEditorSchema }) { takeOver }: TakeEditor,
  ): Promise<WorkflowEditor> {
    return this.editors.take(ctx, key, takeOver);
  }

  @Delete('editor')
  @Can('update', 'Workflow')
  @ReturnsNothing()
  give(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
  ): Promise<void> {
    return this.editors.give(ctx, key);
  }
}
