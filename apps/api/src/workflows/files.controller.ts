import { Controller, Get, Inject, Param, Post, Query, StreamableFile } from '@nestjs/common';
import {
  exportWorkflowQuerySchema,
  importedWorkflowSchema,
  MAX_WORKFLOW_BYTES,
  versionNumberSchema,
  workflowKeySchema,
  type ExportWorkflowQuery,
  type ImportedWorkflow,
} from '@plumbline/contracts';
import { Can, Ctx, Returns, ReturnsFile } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { ReceivesUpload, Uploaded, type Upload } from '../platform/storage/index.ts';
import { WorkflowFiles, type ExportedFile } from './workflow-files.ts';

/** Workflows as files. */
@Controller('organisations/:organisation/workflows')
export class WorkflowFilesController {
  constructor(@Inject(WorkflowFiles) private readonly files: WorkflowFiles) {}

  /** Multipart with one `file`; the answer has the draft that was made of it. */
  @Post('import')
  @Can('create', 'Workflow')
  @ReceivesUpload(MAX_WORKFLOW_BYTES)
  @Returns(importedWorkflowSchema, 201)
  read(@Ctx() ctx: RequestContext, @Uploaded() upload: Upload | null): Promise<ImportedWorkflow> {
    return this.files.read(ctx, upload);
  }

  @Get(':key/versions/:version/export')
  @Can('read', 'Workflow')
  @ReturnsFile('application/octet-stream')
  async version(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
    @Param('version', { schema: versionNumberSchema }) version: number,
    @Query({ schema: exportWorkflowQuerySchema }) { format }: ExportWorkflowQuery,
  ): Promise<StreamableFile> {
    return asFile(await this.files.version(ctx, key, version, format));
  }

  @Get(':key/draft/export')
  @Can('update', 'Workflow')
  @ReturnsFile('application/octet-stream')
  async draft(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: workflowKeySchema }) key: string,
    @Query({ schema: exportWorkflowQuerySchema }) { format }: ExportWorkflowQuery,
  ): Promise<StreamableFile> {
    return asFile(await this.files.draft(ctx, key, format));
  }
}

const asFile = ({ content, mediaType, fileName }: ExportedFile): StreamableFile => {
  const bytes = Buffer.from(content);
  return new StreamableFile(bytes, {
    type: mediaType,
    disposition: `attachment; filename="${fileName}"`,
    length: bytes.length,
  });
};
