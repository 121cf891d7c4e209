import { Module } from '@nestjs/common';
import { MembersModule } from '../members/index.ts';
import { NotificationsModule } from '../notifications/index.ts';
import { EngagementNews } from './engagement-news.ts';
import { EngagementsController } from './engagements.controller.ts';
import { Engagements } from './engagements.ts';

/** The access that clients give to firms. */
@Module({
  imports: [MembersModule, NotificationsModule],
  controllers: [EngagementsController],
  providers: [Engagements, EngagementNews],
  exports: [Engagements],
})
export class EngagementsModule {}
