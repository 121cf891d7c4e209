import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  StreamableFile,
} from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import {
  createExportSchema,
  exportSchema,
  exportsQuerySchema,
  idSchema,
  page,
  type CreateExport,
  type Export,
  type ExportsQuery,
  type Page,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Exports } from './exports.ts';

/** Evidence packs. */
@Controller('organisations/:organisation/exports')
export class ExportsController {
  constructor(@Inject(Exports) private readonly exports: Exports) {}

  @Get()
  @Can('read', 'Export')
  @Returns(page(exportSchema))
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: exportsQuerySchema }) query: ExportsQuery,
  ): Promise<Page<Export>> {
    return this.exports.list(ctx, query);
  }

  /** Asks for a pack; needs the password again within five minutes. */
  @Post()
  @Can('create', 'Export')
  @Returns(exportSchema, 202)
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: createExportSchema }) input: CreateExport,
  ): Promise<Export> {
    return this.exports.create(ctx, input);
  }

  @Get(':id')
  @Can('read', 'Export')
  @Returns(exportSchema)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string): Promise<Export> {
    return this.exports.get(ctx, id);
  }

  @Post(':id/cancel')
  @Can('create', 'Export')
  @Returns(exportSchema)
  cancel(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<Export> {
    return this.exports.cancel(ctx, id);
  }

  @Get(':id/file')
  @Can('export', 'Export')
  @HttpCode(200)
  @ApiProduces('application/zip')
  @Header('Cache-Control', 'no-store')
  @Header('X-Content-Type-Options', 'nosniff')
  async download(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<StreamableFile> {
    const { content, fileName, size } = await this.exports.download(ctx, id);
    return new StreamableFile(content, {
      type: 'application/zip',
      disposition: `attachment; filename="${fileName}"`,
      length: size,
    });
  }
}
