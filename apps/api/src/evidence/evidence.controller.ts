import { Controller, Get, Inject, Param, Post, Query, Req, StreamableFile } from '@nestjs/common';
import {
  addEvidenceSchema,
  evidenceDownloadQuerySchema,
  evidenceItemSchema,
  evidenceItemsSchema,
  evidenceQuerySchema,
  idSchema,
  MAX_EVIDENCE_BYTES,
  supersedeEvidenceSchema,
  type EvidenceDownloadQuery,
  type EvidenceItem,
  type EvidenceQuery,
  type Page,
} from '@plumbline/contracts';
import {
  Can,
  Ctx,
  ExpectedVersion,
  Returns,
  ReturnsFile,
  validateBody,
  type PlumblineRequest,
} from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { ReceivesUpload, Uploaded, type Upload } from '../platform/storage/index.ts';
import { EvidenceItems } from './evidence-items.ts';

/** Evidence items. Their files are given out here and nowhere else. */
@Controller('organisations/:organisation/evidence')
export class EvidenceController {
  constructor(@Inject(EvidenceItems) private readonly items: EvidenceItems) {}

  @Get()
  @Can('read', 'Organisation')
  @Returns(evidenceItemsSchema)
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: evidenceQuerySchema }) query: EvidenceQuery,
  ): Promise<Page<EvidenceItem>> {
    return this.items.list(ctx, query);
  }

  /** Multipart: the fields of AddEvidence and one `file`; or JSON for a link. */
  @Post()
  @Can('create', 'Evidence')
  @ReceivesUpload(MAX_EVIDENCE_BYTES, addEvidenceSchema)
  @Returns(evidenceItemSchema, 201)
  add(
    @Ctx() ctx: RequestContext,
    @Req() request: PlumblineRequest,
    @Uploaded() upload: Upload | null,
  ): Promise<EvidenceItem> {
    return this.items.add(ctx, validateBody(addEvidenceSchema, { ...request.body }), upload);
  }

  @Get(':id')
  @Can('read', 'Organisation')
  @Returns(evidenceItemSchema)
  get(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<EvidenceItem> {
    return this.items.get(ctx, id);
  }

  @Post(':id/versions')
  @Can('create', 'Evidence')
  @ReceivesUpload(MAX_EVIDENCE_BYTES, supersedeEvidenceSchema)
  @Returns(evidenceItemSchema, 201)
  supersede(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @ExpectedVersion() version: number,
    @Req() request: PlumblineRequest,
    @Uploaded() upload: Upload | null,
  ): Promise<EvidenceItem> {
    const { link } = validateBody(supersedeEvidenceSchema, { ...request.body });
    return this.items.supersede(ctx, id, version, link ?? null, upload);
  }

  /** The bytes, to be saved: a browser never shows them in our origin. */
  @Get(':id/content')
  @Can('read', 'Organisation')
  @ReturnsFile('application/octet-stream')
  async content(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: evidenceDownloadQuerySchema }) { version }: EvidenceDownloadQuery,
  ): Promise<StreamableFile> {
    const file = await this.items.download(ctx, id, version);
    return new StreamableFile(file.content, {
      type: file.mediaType,
      disposition: `attachment; filename*=UTF-8''${encoded(file.fileName)}`,
      length: file.size,
    });
  }
}

/** A file name in a header, as RFC 8187 writes it. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replaceAll(
    /['()]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
