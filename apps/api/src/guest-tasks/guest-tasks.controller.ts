import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import {
  answerAsGuestSchema,
  guestReceiptSchema,
  guestTaskSchema,
  type AnswerAsGuest,
  type GuestReceipt,
  type GuestTask,
} from '@plumbline/contracts';
import { z } from 'zod';
import { Public, Returns, type PlumblineRequest } from '../platform/http/index.ts';
import { Attempts, networkOf } from '../sessions/index.ts';
import { GuestTasks } from './guest-tasks.ts';

/** One form, for whoever holds the secret of its link. Guessing is slowed down by network. */
@Controller('guest-tasks')
export class GuestTasksController {
  constructor(
    @Inject(GuestTasks) private readonly tasks: GuestTasks,
    @Inject(Attempts) private readonly attempts: Attempts,
  ) {}

  @Get(':token')
  @Public()
  @Returns(guestTaskSchema)
  async open(
    @Param('token', { schema: z.string().max(200) }) token: string,
    @Req() request: PlumblineRequest,
  ): Promise<GuestTask> {
    await this.attempts.beginAt(networkOf(request.ip));
    return this.tasks.open(token);
  }

  @Post('answer')
  @Public()
  @Returns(guestReceiptSchema)
  async answer(
    @Body({ schema: answerAsGuestSchema }) input: AnswerAsGuest,
    @Req() request: PlumblineRequest,
  ): Promise<GuestReceipt> {
    await this.attempts.beginAt(networkOf(request.ip));
    return this.tasks.answer(input);
  }
}
