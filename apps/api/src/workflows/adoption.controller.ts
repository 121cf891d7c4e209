import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import {
  adoptionSchema,
  clientDifferenceQuerySchema,
  idSchema,
  offerWorkflowSchema,
  withdrawOffersSchema,
  workflowDifferenceSchema,
  workflowKeySchema,
  type Adoption,
  type ClientDifferenceQuery,
  type OfferWorkflow,
  type WithdrawOffers,
  type WorkflowDifference,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Adoptions } from './adoption.ts';
import { Offering } from './offering.ts';

/** A workflow of a firm's library and the firm's clients. In a client there is nothing of this kind. */
@Controller('organisations/:organisation/workflows/:key')
export class AdoptionController {
  constructor(
    @Inject(Adoptions) private readonly adoptions: Adoptions,
    @Inject(Offering) private readonly offering: Offering,
  ) {}

  @Get('adoption')
  @Can('read', 'Portfolio')
  @Returns(adoptionSchema)
  adoption(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
  ): Promise<Adoption> {
    return this.adoptions.of(ctx, key);
  }

  /** What the draft, or a version, of the library would change at one client. */
  @Get('adoption/:client/difference')
  @Can('read', 'Portfolio')
  @Returns(workflowDifferenceSchema)
  difference(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
    @Param('client', { schema: idSchema }) client: string,
    @Query({ schema: clientDifferenceQuerySchema }) { version }: ClientDifferenceQuery,
  ): Promise<WorkflowDifference> {
    return this.adoptions.difference(ctx, key, client, version);
  }

  @Post('offers')
  @Can('update', 'Workflow')
  @Returns(adoptionSchema)
  offer(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
    @Body({ schema: offerWorkflowSchema }) input: OfferWorkflow,
  ): Promise<Adoption> {
    return this.offering.offer(ctx, key, input);
  }

  @Post('offers/withdrawal')
  @Can('update', 'Workflow')
  @Returns(adoptionSchema)
  withdraw(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
    @Body({ schema: withdrawOffersSchema }) input: WithdrawOffers,
  ): Promise<Adoption> {
    return this.offering.withdraw(ctx, key, input);
  }
}
