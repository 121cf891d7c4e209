import { Body, Controller, Delete, Get, Inject, Param, Patch, Post } from '@nestjs/common';
import {
  idSchema,
  inviteMemberSchema,
  membersSchema,
  updateMemberSchema,
  type InviteMember,
  type MembersAnswer,
  type UpdateMember,
} from '@plumbline/contracts';
import { Can, Ctx, ExpectedVersion, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Invitations } from './invitations.ts';
import { Membership } from './membership.ts';

/** Members and invitations of an organisation. Every change answers the whole list as it is then. */
@Controller('organisations/:organisation')
export class MembersController {
  constructor(
    @Inject(Membership) private readonly membership: Membership,
    @Inject(Invitations) private readonly invitations: Invitations,
  ) {}

  @Get('members')
  @Can('read', 'Member')
  @Returns(membersSchema)
  list(@Ctx() ctx: RequestContext): Promise<MembersAnswer> {
    return this.membership.list(ctx);
  }

  @Patch('members/:id')
  @Can('manage', 'Member')
  @Returns(membersSchema)
  async changeRoles(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @ExpectedVersion() version: number,
    @Body({ schema: updateMemberSchema }) input: UpdateMember,
  ): Promise<MembersAnswer> {
    await this.membership.changeRoles(ctx, id, version, input);
    return this.membership.list(ctx);
  }

  @Delete('members/:id')
  @Can('manage', 'Member')
  @Returns(membersSchema)
  async remove(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<MembersAnswer> {
    await this.membership.remove(ctx, id);
    return this.membership.list(ctx);
  }

  @Post('invitations')
  @Can('manage', 'Member')
  @Returns(membersSchema, 201)
  async invite(
    @Ctx() ctx: RequestContext,
    @Body({ schema: inviteMemberSchema }) input: InviteMember,
  ): Promise<MembersAnswer> {
    await this.invitations.invite(ctx, input);
    return this.membership.list(ctx);
  }

  @Post('invitations/:id/resend')
  @Can('manage', 'Member')
  @Returns(membersSchema)
  async resend(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<MembersAnswer> {
    await this.invitations.resend(ctx, id);
    return this.membership.list(ctx);
  }

  @Delete('invitations/:id')
  @Can('manage', 'Member')
  @Returns(membersSchema)
  async withdraw(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<MembersAnswer> {
    await this.invitations.withdraw(ctx, id);
    return this.membership.list(ctx);
  }
}
