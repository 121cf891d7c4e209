import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import {
  acceptInvitationSchema,
  meSchema,
  openInvitationSchema,
  type AcceptInvitation,
  type Me,
  type OpenInvitation,
} from '@plumbline/contracts';
import type { Response } from 'express';
import { z } from 'zod';
import { Configuration } from '../platform/config/configuration.ts';
import { Public, Returns, type PlumblineRequest } from '../platform/http/index.ts';
import { Acceptance } from './acceptance.ts';
import { giveCookie, originOf } from './cookie.ts';

/** Invitations as their holder sees them, by the secret in the link. */
@Controller('invitations')
export class InvitationsController {
  constructor(
    @Inject(Acceptance) private readonly acceptance: Acceptance,
    @Inject(Configuration) private readonly configuration: Configuration,
  ) {}

  @Get(':token')
  @Public()
  @Returns(openInvitationSchema)
  open(@Param('token', { schema: z.string().max(200) }) token: string): Promise<OpenInvitation> {
    return this.acceptance.open(token);
  }

  @Post('accept')
  @Public()
  @Returns(meSchema)
  async accept(
    @Body({ schema: acceptInvitationSchema }) input: AcceptInvitation,
    @Req() request: PlumblineRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Me> {
    const opened = await this.acceptance.accept(input, originOf(request));
    giveCookie(response, this.configuration, opened);
    return opened.me;
  }
}
