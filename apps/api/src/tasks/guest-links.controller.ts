import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import {
  guestLinksSchema,
  idSchema,
  sendToGuestSchema,
  type GuestLinks as GuestLinksAnswer,
  type SendToGuest,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { GuestLinks } from './guest-links.ts';

/** Sending a form to somebody outside. */
@Controller('organisations/:organisation/tasks/:id/guest-links')
export class GuestLinksController {
  constructor(@Inject(GuestLinks) private readonly links: GuestLinks) {}

  @Get()
  @Can('read', 'Task')
  @Returns(guestLinksSchema)
  list(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<GuestLinksAnswer> {
    return this.links.list(ctx, id);
  }

  @Post()
  @Can('submit', 'Task')
  @Returns(guestLinksSchema, 201)
  send(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: sendToGuestSchema }) input: SendToGuest,
  ): Promise<GuestLinksAnswer> {
    return this.links.send(ctx, id, input);
  }

  @Post(':link/revoke')
  @Can('submit', 'Task')
  @Returns(guestLinksSchema)
  revoke(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Param('link', { schema: idSchema }) link: string,
  ): Promise<GuestLinksAnswer> {
    return this.links.revoke(ctx, id, link);
  }
}
