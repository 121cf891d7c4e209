import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import {
  bulkItemSchema,
  bulkItemsQuerySchema,
  bulkSchema,
  chooseBulkSchema,
  idSchema,
  page,
  pageQuerySchema,
  type BulkItemsQuery,
  type ChooseBulk,
  type PageQuery,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { BulkOperations } from './bulk.ts';

/** Things done to many runs or tasks at once. */
@Controller('organisations/:organisation/bulk-operations')
export class BulkController {
  constructor(@Inject(BulkOperations) private readonly bulk: BulkOperations) {}

  @Get()
  @Can('read', 'Run')
  @Returns(page(bulkSchema))
  list(@Ctx() ctx: RequestContext, @Query({ schema: pageQuerySchema }) query: PageQuery) {
    return this.bulk.list(ctx, query);
  }

  @Post()
  @Can('update', 'Run')
  @Returns(bulkSchema, 201)
  choose(@Ctx() ctx: RequestContext, @Body({ schema: chooseBulkSchema }) input: ChooseBulk) {
    return this.bulk.choose(ctx, input);
  }

  @Get(':id')
  @Can('read', 'Run')
  @Returns(bulkSchema)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string) {
    return this.bulk.get(ctx, id);
  }

  @Get(':id/items')
  @Can('read', 'Run')
  @Returns(page(bulkItemSchema))
  items(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: bulkItemsQuerySchema }) query: BulkItemsQuery,
  ) {
    return this.bulk.items(ctx, id, query);
  }

  @Post(':id/start')
  @Can('update', 'Run')
  @Returns(bulkSchema, 202)
  start(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string) {
    return this.bulk.start(ctx, id);
  }

  @Post(':id/stop')
  @Can('update', 'Run')
  @Returns(bulkSchema)
  stop(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string) {
    return this.bulk.stop(ctx, id);
  }
}
