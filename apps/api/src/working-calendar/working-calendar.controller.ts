import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import {
  calendarChangeDetailSchema,
  calendarPreviewSchema,
  idSchema,
  previewCalendarSchema,
  workingCalendarSchema,
  type CalendarChangeDetail,
  type CalendarPreview,
  type PreviewCalendar,
  type WorkingCalendar,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { WorkingCalendars } from './working-calendars.ts';

/** When an organisation works, and what changes of it do to open deadlines. */
@Controller('organisations/:organisation/working-calendar')
export class WorkingCalendarController {
  constructor(@Inject(WorkingCalendars) private readonly calendars: WorkingCalendars) {}

  @Get()
  @Can('read', 'Organisation')
  @Returns(workingCalendarSchema)
  get(@Ctx() ctx: RequestContext): Promise<WorkingCalendar> {
    return this.calendars.get(ctx);
  }

  /** What a change would do; nothing is changed. */
  @Post('preview')
  @Can('update', 'Organisation')
  @Returns(calendarPreviewSchema)
  preview(
    @Ctx() ctx: RequestContext,
    @Body({ schema: previewCalendarSchema }) input: PreviewCalendar,
  ): Promise<CalendarPreview> {
    return this.calendars.preview(ctx, input);
  }

  @Get(':id')
  @Can('update', 'Organisation')
  @Returns(calendarChangeDetailSchema)
  detail(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<CalendarChangeDetail> {
    return this.calendars.detail(ctx, id);
  }
}
