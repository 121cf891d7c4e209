import { Module } from '@nestjs/common';
import { MembersModule } from '../members/index.ts';
import { NotificationMail } from './mail-handler.ts';
import { MailPreferencesController } from './mail-preferences.controller.ts';
import { MailPreferences } from './mail-preferences.ts';
import { NotificationsController } from './notifications.controller.ts';
import { Notifications } from './notifications.ts';

/** What people are told. */
@Module({
  imports: [MembersModule],
  controllers: [NotificationsController, MailPreferencesController],
  providers: [Notifications, NotificationMail, MailPreferences],
  exports: [Notifications],
})
export class NotificationsModule {}
