import { Module } from '@nestjs/common';
import { MembersModule } from '../members/index.ts';
import { Acceptance } from './acceptance.ts';
import { Accounts } from './accounts.ts';
import { Attempts } from './attempts.ts';
import { InvitationsController } from './invitations.controller.ts';
import { PasswordChangedMail } from './password-changed-mail.ts';
import { PasswordResetMail } from './mail-handler.ts';
import { PasswordResetsController } from './password-resets.controller.ts';
import { PasswordResets } from './password-resets.ts';
import { Passwords } from './passwords.ts';
import { ResetLinks } from './reset-links.ts';
import { SessionsController } from './sessions.controller.ts';
import { Sessions } from './sessions.ts';

/** Signing in, and everything that proves who somebody is. */
@Module({
  imports: [MembersModule],
  controllers: [SessionsController, PasswordResetsController, InvitationsController],
  providers: [
    ...[Accounts, Attempts, Passwords, Sessions],
    ...[PasswordResets, ResetLinks, PasswordResetMail, PasswordChangedMail, Acceptance],
  ],
  exports: [Accounts, Attempts, Passwords],
})
export class SessionsModule {}
