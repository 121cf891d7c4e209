import { readFile } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { ExportWorkflowQuery, ImportedWorkflow } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { refuseUnreadable } from '../platform/http/readable-input.ts';
import { Invalid, Refused } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import type { Upload } from '../platform/storage/index.ts';
import { Drafts } from './drafts.ts';
import { FORMATS, readWorkflow, type WorkflowFile } from './file-formats.ts';

/** A workflow to be saved as a file. */
export interface ExportedFile {
  readonly content: string;
  readonly mediaType: string;
  readonly fileName: string;
}

/** Workflows as files: written from a version or a draft, read into a new draft. */
@Injectable()
export class WorkflowFiles {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Drafts) private readonly drafts: Drafts,
  ) {}

  /** A version as it was published. */
  version(
    ctx: RequestContext,
    key: string,
    version: number,
    format: ExportWorkflowQuery['format'],
  ): Promise<ExportedFile> {
    return this.database.transaction(ctx, async (tx) => {
      const file = await tx.one<WorkflowFile>(sql`
        select definition, layout from app.workflow_version
        where organisation_id = ${ctx.organisationId} and key = ${key} and version = ${version}`);
      return written(file, `${key}-v${version}`, format);
    });
  }

  /** A draft as it was last saved. */
  draft(
    ctx: RequestContext,
    key: string,
    format: ExportWorkflowQuery['format'],
  ): Promise<ExportedFile> {
    return this.database.transaction(ctx, async (tx) =>
      written(await this.drafts.find(tx, ctx, key), `${key}-draft`, format),
    );
  }

  /** Makes a draft of a file; refused with every place that cannot be read. */
  async read(ctx: RequestContext, upload: Upload | null): Promise<ImportedWorkflow> {
    if (!upload) {
      throw new Invalid('There is no file in this request.', [
        { field: 'file', message: 'Choose the file of a workflow.' },
      ]);
    }
    const read = await readWorkflow(await readFile(upload.path, 'utf8'));
    if (read.file === null) {
      const [first] = read.problems;
      const why = first ? ` ${first.message}` : '';
      throw new Refused('cannot-import', `This file cannot be read as a workflow.${why}`, {
        found: read.problems,
      });
    }
    const { definition, layout } = read.file;
    refuseUnreadable({ definition, layout });
    const { name } = definition;
    const draft = await this.drafts.create(ctx, {
      name: typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, 120) : 'Imported',
      from: { definition, layout },
    });
    return { draft, notTaken: read.notTaken };
  }
}

async function written(
  file: WorkflowFile,
  name: string,
  format: ExportWorkflowQuery['format'],
): Promise<ExportedFile> {
  const to = FORMATS[format];
  const { definition, layout } = file;
  const { mediaType, extension } = to;
  return {
    content: await to.write({ definition, layout }),
    mediaType,
    fileName: `${name}.${extension}`,
  };
}
