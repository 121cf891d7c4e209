import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import {
  markReadSchema,
  notificationsQuerySchema,
  notificationsSchema,
  type MarkRead,
  type NotificationsAnswer,
  type NotificationsQuery,
} from '@plumbline/contracts';
import { Can, Ctx, Returns, ReturnsNothing } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Notifications } from './notifications.ts';

/** What the person who asks was told in this organisation. */
@Controller('organisations/:organisation/notifications')
export class NotificationsController {
  constructor(@Inject(Notifications) private readonly notifications: Notifications) {}

  @Get()
  @Can('read', 'Notification')
  @Returns(notificationsSchema)
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: notificationsQuerySchema }) query: NotificationsQuery,
  ): Promise<NotificationsAnswer> {
    return this.notifications.list(ctx, query);
  }

  @Post('read')
  @Can('update', 'Notification')
  @ReturnsNothing()
  async markRead(
    @Ctx() ctx: RequestContext,
    @Body({ schema: markReadSchema }) input: MarkRead,
  ): Promise<void> {
    await this.notifications.markRead(ctx, input);
  }
}
