import { Body, Controller, Delete, Get, Inject, Post, Put, Req, Res } from '@nestjs/common';
import {
  changePasswordSchema,
  meSchema,
  signInSchema,
  stepUpSchema,
  type ChangePassword,
  type Me as MeAnswer,
  type SignIn,
  type StepUp,
} from '@plumbline/contracts';
import type { Response } from 'express';
import { Configuration } from '../platform/config/configuration.ts';
import {
  Me,
  Public,
  Returns,
  ReturnsNothing,
  SignedInOnly,
  type PlumblineRequest,
} from '../platform/http/index.ts';
import type { SignedIn } from '../platform/request-context.ts';
import { giveCookie, originOf, takeCookie } from './cookie.ts';
import { Sessions, type Opened } from './sessions.ts';

/** Signing in and out. The session travels in a cookie that no script can read. */
@Controller('sessions')
export class SessionsController {
  constructor(
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Configuration) private readonly configuration: Configuration,
  ) {}

  @Post()
  @Public()
  @Returns(meSchema)
  async signIn(
    @Body({ schema: signInSchema }) input: SignIn,
    @Req() request: PlumblineRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MeAnswer> {
    return this.give(response, await this.sessions.signIn(input, originOf(request)));
  }

  @Get('current')
  @SignedInOnly()
  @Returns(meSchema)
  current(@Me() signedIn: SignedIn): Promise<MeAnswer> {
    return this.sessions.current(signedIn);
  }

  @Delete('current')
  @SignedInOnly()
  @ReturnsNothing()
  async signOut(
    @Me() signedIn: SignedIn,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.sessions.signOut(signedIn);
    takeCookie(response, this.configuration);
  }

  @Post('step-up')
  @SignedInOnly()
  @Returns(meSchema)
  async stepUp(
    @Me() signedIn: SignedIn,
    @Body({ schema: stepUpSchema }) { password }: StepUp,
    @Req() request: PlumblineRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MeAnswer> {
    const { network } = originOf(request);
    return this.give(response, await this.sessions.stepUp(signedIn, password, network));
  }

  @Put('current/password')
  @SignedInOnly()
  @Returns(meSchema)
  async changePassword(
    @Me() signedIn: SignedIn,
    @Body({ schema: changePasswordSchema }) input: ChangePassword,
    @Req() request: PlumblineRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MeAnswer> {
    const { network } = originOf(request);
    return this.give(response, await this.sessions.changePassword(signedIn, input, network));
  }

  private give(response: Response, opened: Opened): MeAnswer {
    giveCookie(response, this.configuration, opened);
    return opened.me;
  }
}
