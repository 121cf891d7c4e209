import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import {
  declareExceptionSchema,
  idSchema,
  separationExceptionsSchema,
  type DeclareException,
  type SeparationExceptionsAnswer,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Exceptions } from './exceptions.ts';

/** Declared exceptions from separation of duties. Every change answers the whole list. */
@Controller('organisations/:organisation/exceptions')
export class ExceptionsController {
  constructor(@Inject(Exceptions) private readonly exceptions: Exceptions) {}

  @Get()
  @Can('read', 'Exception')
  @Returns(separationExceptionsSchema)
  list(@Ctx() ctx: RequestContext): Promise<SeparationExceptionsAnswer> {
    return this.exceptions.list(ctx);
  }

  @Post()
  @Can('manage', 'Exception')
  @Returns(separationExceptionsSchema, 201)
  declare(
    @Ctx() ctx: RequestContext,
    @Body({ schema: declareExceptionSchema }) input: DeclareException,
  ): Promise<SeparationExceptionsAnswer> {
    return this.exceptions.declare(ctx, input);
  }

  @Post(':id/revoke')
  @Can('manage', 'Exception')
  @Returns(separationExceptionsSchema)
  revoke(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<SeparationExceptionsAnswer> {
    return this.exceptions.revoke(ctx, id);
  }
}
