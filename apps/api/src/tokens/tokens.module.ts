import { Module } from '@nestjs/common';
import { TokensController } from './tokens.controller.ts';
import { Tokens } from './tokens.ts';

/** Service tokens. */
@Module({ controllers: [TokensController], providers: [Tokens] })
export class TokensModule {}
