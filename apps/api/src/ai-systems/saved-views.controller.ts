import { Body, Controller, Delete, Get, Inject, Param, Put } from '@nestjs/common';
import {
  idSchema,
  savedViewSchema,
  savedViewsSchema,
  saveViewSchema,
  type SavedView,
  type SavedViews,
  type SaveView,
} from '@plumbline/contracts';
import { Can, Ctx, Returns, ReturnsNothing } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { SavedViewsOfRegister } from './saved-views.ts';

/** Views of the register that people keep. */
@Controller('organisations/:organisation/ai-systems/views')
export class SavedViewsController {
  constructor(@Inject(SavedViewsOfRegister) private readonly views: SavedViewsOfRegister) {}

  @Get()
  @Can('read', 'Organisation')
  @Returns(savedViewsSchema)
  list(@Ctx() ctx: RequestContext): Promise<SavedViews> {
    return this.views.list(ctx);
  }

  @Put()
  @Can('read', 'Organisation')
  @Returns(savedViewSchema)
  save(
    @Ctx() ctx: RequestContext,
    @Body({ schema: saveViewSchema }) input: SaveView,
  ): Promise<SavedView> {
    return this.views.save(ctx, input);
  }

  @Delete(':id')
  @Can('read', 'Organisation')
  @ReturnsNothing()
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string): Promise<void> {
    return this.views.remove(ctx, id);
  }
}
