import { Controller, Get, Inject, Query } from '@nestjs/common';
import {
  homeSchema,
  portfolioQuerySchema,
  portfolioSchema,
  type Home,
  type Portfolio,
  type PortfolioQuery,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Homes } from './home.ts';
import { Portfolios } from './portfolio.ts';

/** First pages: a firm's portfolio, and an organisation's home. */
@Controller('organisations/:organisation')
export class PortfolioController {
  constructor(
    @Inject(Portfolios) private readonly portfolios: Portfolios,
    @Inject(Homes) private readonly homes: Homes,
  ) {}

  @Get('portfolio')
  @Can('read', 'Portfolio')
  @Returns(portfolioSchema)
  portfolio(
    @Ctx() ctx: RequestContext,
    @Query({ schema: portfolioQuerySchema }) query: PortfolioQuery,
  ): Promise<Portfolio> {
    return this.portfolios.list(ctx, query);
  }

  @Get('home')
  @Can('read', 'Task')
  @Returns(homeSchema)
  home(@Ctx() ctx: RequestContext): Promise<Home> {
    return this.homes.read(ctx);
  }
}
