import { Module } from '@nestjs/common';
import { Invitations } from './invitations.ts';
import { InvitationMail } from './mail-handler.ts';
import { MembersController } from './members.controller.ts';
import { Members } from './members.ts';
import { Membership } from './membership.ts';

/** People in an organisation and what they are there. */
@Module({
  controllers: [MembersController],
  providers: [Members, Membership, Invitations, InvitationMail],
  exports: [Members, Membership, Invitations],
})
export class MembersModule {}
