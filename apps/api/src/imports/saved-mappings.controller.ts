import { Body, Controller, Delete, Get, Inject, Param, Put } from '@nestjs/common';
import {
  idSchema,
  importTargetsSchema,
  savedMappingSchema,
  savedMappingsSchema,
  saveMappingSchema,
  type ImportTargets,
  type SavedMapping,
  type SavedMappings,
  type SaveMapping,
} from '@plumbline/contracts';
import { Can, Ctx, Returns, ReturnsNothing } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { SavedImportMappings } from './saved-mappings.ts';
import { describeTargets } from './targets.ts';

/** What columns can become, and the mappings that were kept. */
@Controller('organisations/:organisation/imports')
export class SavedMappingsController {
  constructor(@Inject(SavedImportMappings) private readonly mappings: SavedImportMappings) {}

  @Get('targets')
  @Can('read', 'Import')
  @Returns(importTargetsSchema)
  targets(): ImportTargets {
    return describeTargets();
  }

  @Get('mappings')
  @Can('read', 'Import')
  @Returns(savedMappingsSchema)
  list(@Ctx() ctx: RequestContext): Promise<SavedMappings> {
    return this.mappings.list(ctx);
  }

  @Put('mappings')
  @Can('update', 'Import')
  @Returns(savedMappingSchema)
  save(
    @Ctx() ctx: RequestContext,
    @Body({ schema: saveMappingSchema }) { name, mapping }: SaveMapping,
  ): Promise<SavedMapping> {
    return this.mappings.save(ctx, name, mapping);
  }

  @Delete('mappings/:id')
  @Can('update', 'Import')
  @ReturnsNothing()
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string): Promise<void> {
    return this.mappings.remove(ctx, id);
  }
}
