import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  Inject,
  Param,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import {
  calendarAddressSchema,
  makeCalendarSchema,
  type CalendarAddress,
  type MakeCalendar,
} from '@plumbline/contracts';
import type { Response } from 'express';
import { z } from 'zod';
import {
  Can,
  Ctx,
  Public,
  Returns,
  ReturnsNothing,
  ShownOnce,
  type PlumblineRequest,
} from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { CalendarFeed } from './calendar-feed.ts';

/** The secret address of the reader's calendar. */
@Controller('organisations/:organisation/calendar')
export class CalendarController {
  constructor(@Inject(CalendarFeed) private readonly feed: CalendarFeed) {}

  /** Makes it; with `renew` also anew, and the one before leads nowhere then. */
  @Post()
  @Can('update', 'Notification')
  @ShownOnce()
  @Returns(calendarAddressSchema, 201)
  make(
    @Ctx() ctx: RequestContext,
    @Body({ schema: makeCalendarSchema }) { renew }: MakeCalendar,
  ): Promise<CalendarAddress> {
    return this.feed.make(ctx, renew);
  }

  @Delete()
  @Can('update', 'Notification')
  @ReturnsNothing()
  async end(@Ctx() ctx: RequestContext): Promise<void> {
    await this.feed.end(ctx);
  }
}

/** Due tasks as an iCalendar file, for calendar programs that know the secret. */
@Controller('calendars')
export class CalendarFeedController {
  constructor(@Inject(CalendarFeed) private readonly feed: CalendarFeed) {}

  @Get(':secret/tasks.ics')
  @Public()
  @Header('Cache-Control', 'private, no-cache')
  @ApiResponse({
    status: 200,
    description: 'The calendar',
    content: { 'text/calendar': { schema: { type: 'string' } } },
  })
  async read(
    @Param('secret', { schema: z.string().max(200) }) secret: string,
    @Req() request: PlumblineRequest,
    @Res() response: Response,
  ): Promise<void> {
    const { text, etag } = await this.feed.read(secret);
    response.setHeader('ETag', etag);
    const known = request.headers['if-none-match'];
    if (known?.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)) {
      response.status(304).end();
      return;
    }
    response.type('text/calendar; charset=utf-8').send(text);
  }
}
