import { Body, Controller, Get, Header, Inject, Param, Post, Put, Query } from '@nestjs/common';
import {
  idSchema,
  importMappingSchema,
  importSchema,
  importsQuerySchema,
  importsSchema,
  MAX_IMPORT_BYTES,
  type Import,
  type ImportMapping,
  type ImportRow,
  type Page,
  type PageQuery,
} from '@plumbline/contracts';
import { Can, Ctx, ExpectedVersion, Returns, ReturnsFile } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { ReceivesUpload, Uploaded, type Upload } from '../platform/storage/index.ts';
import { Imports } from './imports.ts';

/** Imports of inventories: upload, map, check, commit. Each is durable work with a page of its own. */
@Controller('organisations/:organisation/imports')
export class ImportsController {
  constructor(@Inject(Imports) private readonly imports: Imports) {}

  /** Multipart with one `file`, CSV or XLSX. */
  @Post()
  @Can('create', 'Import')
  @ReceivesUpload(MAX_IMPORT_BYTES)
  @Returns(importSchema, 202)
  start(@Ctx() ctx: RequestContext, @Uploaded() upload: Upload | null): Promise<Import> {
    return this.imports.start(ctx, upload);
  }

  @Get()
  @Can('read', 'Import')
  @Returns(importsSchema)
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: importsQuerySchema }) query: PageQuery,
  ): Promise<Page<ImportRow>> {
    return this.imports.list(ctx, query);
  }

  @Get(':id')
  @Can('read', 'Import')
  @Returns(importSchema)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string): Promise<Import> {
    return this.imports.get(ctx, id);
  }

  /** All problems of the last check, to be saved and opened in a spreadsheet program. */
  @Get(':id/problems.csv')
  @Can('read', 'Import')
  @ReturnsFile('text/csv')
  @Header('Content-Type', 'text/csv; charset=utf-8')
  @Header('Content-Disposition', 'attachment; filename="problems.csv"')
  problems(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<string> {
    return this.imports.problems(ctx, id);
  }

  @Put(':id/mapping')
  @Can('update', 'Import')
  @Returns(importSchema, 202)
  map(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @ExpectedVersion() version: number,
    @Body({ schema: importMappingSchema }) mapping: ImportMapping,
  ): Promise<Import> {
    return this.imports.map(ctx, id, version, mapping);
  }

  @Post(':id/commit')
  @Can('update', 'Import')
  @Returns(importSchema, 202)
  commit(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @ExpectedVersion() version: number,
  ): Promise<Import> {
    return this.imports.commit(ctx, id, version);
  }

  @Post(':id/cancel')
  @Can('update', 'Import')
  @Returns(importSchema)
  cancel(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<Import> {
    return this.imports.cancel(ctx, id);
  }
}
