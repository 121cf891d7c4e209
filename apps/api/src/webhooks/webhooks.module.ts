import { Module } from '@nestjs/common';
import { MembersModule } from '../members/index.ts';
import { NotificationsModule } from '../notifications/index.ts';
import { WebhookAttempts } from './attempts.ts';
import { WebhookCaller } from './caller.ts';
import { WebhookDeliveryHandler } from './delivering.ts';
import { FanOut } from './fan-out.ts';
import { WebhookSecrets } from './secrets.ts';
import { SwitchingOff } from './switching-off.ts';
import { WebhookWatch } from './watch.ts';
import { WebhookDeliveries } from './webhook-deliveries.ts';
import { WebhooksController } from './webhooks.controller.ts';
import { Webhooks } from './webhooks.ts';

/** Other systems that are told what happens. */
@Module({
  imports: [MembersModule, NotificationsModule],
  controllers: [WebhooksController],
  providers: [
    FanOut,
    SwitchingOff,
    WebhookAttempts,
    WebhookCaller,
    WebhookDeliveries,
    WebhookDeliveryHandler,
    Webhooks,
    WebhookSecrets,
    WebhookWatch,
  ],
})
export class WebhooksModule {}
