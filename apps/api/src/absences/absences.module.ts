import { Module } from '@nestjs/common';
import { MembersModule } from '../members/index.ts';
import { NotificationsModule } from '../notifications/index.ts';
import { WorkflowsModule } from '../workflows/index.ts';
import { AbsenceBegins } from './absence-begins.ts';
import { AbsenceNews } from './absence-news.ts';
import { AbsencesController } from './absences.controller.ts';
import { Absences } from './absences.ts';

/** Who is away and who stands in. */
@Module({
  imports: [MembersModule, NotificationsModule, WorkflowsModule],
  controllers: [AbsencesController],
  providers: [Absences, AbsenceBegins, AbsenceNews],
  exports: [Absences],
})
export class AbsencesModule {}
