import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import {
  acceptOfferSchema,
  declineOfferSchema,
  idSchema,
  offersQuerySchema,
  page,
  workflowOfferDetailSchema,
  workflowOfferSchema,
  type AcceptOffer,
  type DeclineOffer,
  type OffersQuery,
  type Page,
  type WorkflowOffer,
  type WorkflowOfferDetail,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Offers } from './offers.ts';

/** Versions that its firm offers to a client. Only the client's own people answer. */
@Controller('organisations/:organisation/workflow-offers')
export class OffersController {
  constructor(@Inject(Offers) private readonly offers: Offers) {}

  @Get()
  @Can('read', 'Workflow')
  @Returns(page(workflowOfferSchema))
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: offersQuerySchema }) query: OffersQuery,
  ): Promise<Page<WorkflowOffer>> {
    return this.offers.list(ctx, query);
  }

  @Get(':id')
  @Can('read', 'Workflow')
  @Returns(workflowOfferDetailSchema)
  get(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<WorkflowOfferDetail> {
    return this.offers.get(ctx, id);
  }

  @Post(':id/acceptance')
  @Can('manage', 'Workflow')
  @Returns(workflowOfferDetailSchema)
  accept(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: acceptOfferSchema }) input: AcceptOffer,
  ): Promise<WorkflowOfferDetail> {
    return this.offers.accept(ctx, id, input);
  }

  @Post(':id/refusal')
  @Can('manage', 'Workflow')
  @Returns(workflowOfferDetailSchema)
  decline(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: declineOfferSchema }) { reason }: DeclineOffer,
  ): Promise<WorkflowOfferDetail> {
    return this.offers.decline(ctx, id, reason);
  }
}
