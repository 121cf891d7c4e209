import { Body, Controller, Get, Inject, Param, Patch, Post } from '@nestjs/common';
import {
  clientsOfFirmSchema,
  createClientSchema,
  idSchema,
  inviteFirstMemberSchema,
  organisationSchema,
  updateOrganisationSchema,
  type ClientsOfFirm,
  type CreateClient,
  type InviteFirstMember,
  type Organisation,
  type UpdateOrganisation,
} from '@plumbline/contracts';
import { Can, Ctx, ExpectedVersion, Returns, ReturnsNothing } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Clients } from './clients.ts';
import { Organisations } from './organisations.ts';

/** An organisation and, for a firm, its clients. */
@Controller('organisations/:organisation')
export class OrganisationsController {
  constructor(
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(Clients) private readonly clients: Clients,
  ) {}

  @Get()
  @Can('read', 'Organisation')
  @Returns(organisationSchema)
  get(@Ctx() ctx: RequestContext): Promise<Organisation> {
    return this.organisations.get(ctx);
  }

  @Patch()
  @Can('update', 'Organisation')
  @Returns(organisationSchema)
  update(
    @Ctx() ctx: RequestContext,
    @ExpectedVersion() version: number,
    @Body({ schema: updateOrganisationSchema }) input: UpdateOrganisation,
  ): Promise<Organisation> {
    return this.organisations.update(ctx, version, input);
  }

  @Get('clients')
  @Can('read', 'Organisation')
  @Returns(clientsOfFirmSchema)
  listClients(@Ctx() ctx: RequestContext): Promise<ClientsOfFirm> {
    return this.clients.list(ctx);
  }

  @Post('clients')
  @Can('create', 'Organisation')
  @Returns(organisationSchema, 201)
  addClient(
    @Ctx() ctx: RequestContext,
    @Body({ schema: createClientSchema }) input: CreateClient,
  ): Promise<Organisation> {
    return this.clients.add(ctx, input);
  }

  @Post('clients/:client/first-member')
  @Can('create', 'Organisation')
  @ReturnsNothing()
  async inviteFirstMember(
    @Ctx() ctx: RequestContext,
    @Param('client', { schema: idSchema }) client: string,
    @Body({ schema: inviteFirstMemberSchema }) input: InviteFirstMember,
  ): Promise<void> {
    await this.clients.addFirstMember(ctx, client, input);
  }
}
