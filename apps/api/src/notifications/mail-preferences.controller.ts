import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import {
  mailPreferencesSchema,
  setMailPreferencesSchema,
  type SetMailPreferences,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { MailPreferences } from './mail-preferences.ts';

/** What the person who asks is mailed in this organisation. */
@Controller('organisations/:organisation/mail-preferences')
export class MailPreferencesController {
  constructor(@Inject(MailPreferences) private readonly preferences: MailPreferences) {}

  @Get()
  @Can('update', 'Notification')
  @Returns(mailPreferencesSchema)
  get(@Ctx() ctx: RequestContext) {
    return this.preferences.get(ctx);
  }

  @Put()
  @Can('update', 'Notification')
  @Returns(mailPreferencesSchema)
  set(
    @Ctx() ctx: RequestContext,
    @Body({ schema: setMailPreferencesSchema }) input: SetMailPreferences,
  ) {
    return this.preferences.set(ctx, input);
  }
}
