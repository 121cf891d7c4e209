import { Module } from '@nestjs/common';
import { MembersModule } from '../members/index.ts';
import { NotificationMail } from './mail-handler.ts';
import { NotificationsController } from './notifications.controller.ts';
import { Notifications } from './notifications.ts';

/** What people are told. */
@Module({
  imports: [MembersModule],
  controllers: [NotificationsController],
  providers: [Notifications, NotificationMail],
  exports: [Notifications],
})
export class NotificationsModule {}
