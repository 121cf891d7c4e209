import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import {
  differenceQuerySchema,
  publicationSchema,
  publishedAnswerSchema,
  publishWorkflowSchema,
  retireVersionSchema,
  versionNumberSchema,
  versionSummarySchema,
  workflowDifferenceSchema,
  workflowKeySchema,
  type DifferenceQuery,
  type Publication,
  type PublishedAnswer,
  type PublishWorkflow,
  type RetireVersion,
  type WorkflowDifference,
  type WorkflowVersionSummary,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { PublicationPreview } from './publication-preview.ts';
import { Publishing } from './publishing.ts';
import { Retirement } from './retirement.ts';

/** From a draft to a version, and out of use again. */
@Controller('organisations/:organisation/workflows/:key')
export class PublishingController {
  constructor(
    @Inject(PublicationPreview) private readonly preview: PublicationPreview,
    @Inject(Publishing) private readonly publishing: Publishing,
    @Inject(Retirement) private readonly retirement: Retirement,
  ) {}

  /** What publishing the draft would mean. */
  @Get('draft/publication')
  @Can('update', 'Workflow')
  @Returns(publicationSchema)
  publication(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
  ): Promise<Publication> {
    return this.preview.of(ctx, key);
  }

  @Post('publications')
  @Can('manage', 'Workflow')
  @Returns(publishedAnswerSchema, 201)
  publish(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
    @Body({ schema: publishWorkflowSchema }) input: PublishWorkflow,
  ): Promise<PublishedAnswer> {
    return this.publishing.publish(ctx, key, input);
  }

  @Get('difference')
  @Can('read', 'Workflow')
  @Returns(workflowDifferenceSchema)
  difference(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
    @Query({ schema: differenceQuerySchema }) query: DifferenceQuery,
  ): Promise<WorkflowDifference> {
    return this.preview.difference(ctx, key, query);
  }

  @Post('versions/:version/retirement')
  @Can('manage', 'Workflow')
  @Returns(versionSummarySchema, 201)
  retire(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
    @Param('version', { schema: versionNumberSchema }) version: number,
    @Body({ schema: retireVersionSchema }) input: RetireVersion,
  ): Promise<WorkflowVersionSummary> {
    return this.retirement.retire(ctx, key, version, input);
  }
}
