import { Body, Controller, Get, Inject, Param, Patch, Post } from '@nestjs/common';
import {
  addCommentSchema,
  commentsAnswerSchema,
  draftCommentSchema,
  idSchema,
  resolveCommentSchema,
  workflowKeySchema,
  type AddComment,
  type CommentsAnswer,
  type DraftComment,
  type ResolveComment,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Comments } from './comments.ts';

/** Remarks about a workflow being written. */
@Controller('organisations/:organisation/workflows/:key/draft/comments')
export class CommentsController {
  constructor(@Inject(Comments) private readonly comments: Comments) {}

  @Get()
  @Can('update', 'Workflow')
  @Returns(commentsAnswerSchema)
  list(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
  ): Promise<CommentsAnswer> {
    return this.comments.list(ctx, key);
  }

  @Post()
  @Can('update', 'Workflow')
  @Returns(draftCommentSchema, 201)
  add(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
    @Body({ schema: addCommentSchema }) input: AddComment,
  ): Promise<DraftComment> {
    return this.comments.add(ctx, key, input);
  }

  @Patch(':id')
  @Can('update', 'Workflow')
  @Returns(draftCommentSchema)
  resolve(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: resolveCommentSchema }) { resolved }: ResolveComment,
  ): Promise<DraftComment> {
    return this.comments.resolve(ctx, key, id, resolved);
  }
}
