import { Body, Controller, Delete, Get, Inject, Param, Post } from '@nestjs/common';
import {
  createdTokenSchema,
  createTokenSchema,
  idSchema,
  tokensSchema,
  type CreatedToken,
  type CreateToken,
  type TokensAnswer,
} from '@plumbline/contracts';
import { Can, Ctx, Returns, ShownOnce } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Tokens } from './tokens.ts';

/** Service tokens of an organisation. */
@Controller('organisations/:organisation/tokens')
export class TokensController {
  constructor(@Inject(Tokens) private readonly tokens: Tokens) {}

  @Get()
  @Can('read', 'Token')
  @Returns(tokensSchema)
  list(@Ctx() ctx: RequestContext): Promise<TokensAnswer> {
    return this.tokens.list(ctx);
  }

  @Post()
  @Can('manage', 'Token')
  @ShownOnce()
  @Returns(createdTokenSchema, 201)
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: createTokenSchema }) input: CreateToken,
  ): Promise<CreatedToken> {
    return this.tokens.create(ctx, input);
  }

  @Delete(':id')
  @Can('manage', 'Token')
  @Returns(tokensSchema)
  revoke(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<TokensAnswer> {
    return this.tokens.revoke(ctx, id);
  }
}
