import { Module } from '@nestjs/common';
import { NotificationsModule } from '../notifications/index.ts';
import { OrganisationsModule } from '../organisations/index.ts';
import { RunsModule } from '../runs/index.ts';
import { CalendarEnd } from './calendar-end.ts';
import { CalendarWork } from './calendar-work.ts';
import { WorkingCalendarController } from './working-calendar.controller.ts';
import { WorkingCalendars } from './working-calendars.ts';

/** When an organisation works; open deadlines follow its changes. */
@Module({
  imports: [NotificationsModule, OrganisationsModule, RunsModule],
  controllers: [WorkingCalendarController],
  providers: [WorkingCalendars, CalendarWork, CalendarEnd],
})
export class WorkingCalendarModule {}
