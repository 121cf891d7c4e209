import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import {
  changeWebhookSchema,
  createWebhookSchema,
  deliveriesQuerySchema,
  deliveriesSchema,
  deliveryDetailSchema,
  deliverySchema,
  idSchema,
  rollSecretSchema,
  webhookSchema,
  webhooksSchema,
  webhookWithSecretSchema,
  type ChangeWebhook,
  type CreateWebhook,
  type DeliveriesAnswer,
  type DeliveriesQuery,
  type DeliveryDetail,
  type RollSecret,
  type Webhook,
  type WebhookDelivery,
  type WebhooksAnswer,
  type WebhookWithSecret,
} from '@plumbline/contracts';
import {
  Can,
  Ctx,
  ExpectedVersion,
  Returns,
  ReturnsNothing,
  ShownOnce,
} from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { WebhookDeliveries } from './webhook-deliveries.ts';
import { Webhooks } from './webhooks.ts';

/** Other systems that are told what happens in an organisation. */
@Controller('organisations/:organisation/webhooks')
export class WebhooksController {
  constructor(
    @Inject(Webhooks) private readonly webhooks: Webhooks,
    @Inject(WebhookDeliveries) private readonly deliveries: WebhookDeliveries,
  ) {}

  @Get()
  @Can('read', 'Webhook')
  @Returns(webhooksSchema)
  list(@Ctx() ctx: RequestContext): Promise<WebhooksAnswer> {
    return this.webhooks.list(ctx);
  }

  @Post()
  @Can('manage', 'Webhook')
  @ShownOnce()
  @Returns(webhookWithSecretSchema, 201)
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: createWebhookSchema }) input: CreateWebhook,
  ): Promise<WebhookWithSecret> {
    return this.webhooks.create(ctx, input);
  }

  @Get(':id')
  @Can('read', 'Webhook')
  @Returns(webhookSchema)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string): Promise<Webhook> {
    return this.webhooks.get(ctx, id);
  }

  @Patch(':id')
  @Can('manage', 'Webhook')
  @Returns(webhookSchema)
  change(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @ExpectedVersion() version: number,
    @Body({ schema: changeWebhookSchema }) input: ChangeWebhook,
  ): Promise<Webhook> {
    return this.webhooks.change(ctx, id, version, input);
  }

  @Delete(':id')
  @Can('manage', 'Webhook')
  @ReturnsNothing()
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string): Promise<void> {
    return this.webhooks.remove(ctx, id);
  }

  @Post(':id/secret')
  @Can('manage', 'Webhook')
  @ShownOnce()
  @Returns(webhookWithSecretSchema)
  roll(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: rollSecretSchema }) input: RollSecret,
  ): Promise<WebhookWithSecret> {
    return this.webhooks.roll(ctx, id, input);
  }

  @Post(':id/tests')
  @Can('manage', 'Webhook')
  @Returns(deliverySchema, 201)
  test(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<WebhookDelivery> {
    return this.deliveries.test(ctx, id);
  }

  @Get(':id/deliveries')
  @Can('read', 'Webhook')
  @Returns(deliveriesSchema)
  listDeliveries(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: deliveriesQuerySchema }) query: DeliveriesQuery,
  ): Promise<DeliveriesAnswer> {
    return this.deliveries.list(ctx, id, query);
  }

  @Get(':id/deliveries/:delivery')
  @Can('read', 'Webhook')
  @Returns(deliveryDetailSchema)
  getDelivery(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Param('delivery', { schema: idSchema }) delivery: string,
  ): Promise<DeliveryDetail> {
    return this.deliveries.get(ctx, id, delivery);
  }

  @Post(':id/deliveries/:delivery/resend')
  @Can('manage', 'Webhook')
  @Returns(deliverySchema)
  resend(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Param('delivery', { schema: idSchema }) delivery: string,
  ): Promise<WebhookDelivery> {
    return this.deliveries.resend(ctx, id, delivery);
  }
}
