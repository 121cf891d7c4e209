import { Body, Controller, Inject, Post, Req } from '@nestjs/common';
import {
  requestPasswordResetSchema,
  resetPasswordSchema,
  type RequestPasswordReset,
  type ResetPassword,
} from '@plumbline/contracts';
import { Public, ReturnsNothing, type PlumblineRequest } from '../platform/http/index.ts';
import { originOf } from './cookie.ts';
import { PasswordResets } from './password-resets.ts';

/** Forgotten passwords. No answer tells whether an address is known. */
@Controller('password-resets')
export class PasswordResetsController {
  constructor(@Inject(PasswordResets) private readonly resets: PasswordResets) {}

  @Post()
  @Public()
  @ReturnsNothing()
  async request(
    @Body({ schema: requestPasswordResetSchema }) { email }: RequestPasswordReset,
    @Req() request: PlumblineRequest,
  ): Promise<void> {
    await this.resets.request(email, originOf(request).network);
  }

  @Post('complete')
  @Public()
  @ReturnsNothing()
  async complete(@Body({ schema: resetPasswordSchema }) input: ResetPassword): Promise<void> {
    await this.resets.complete(input);
  }
}
