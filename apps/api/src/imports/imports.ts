import { Inject, Injectable } from '@nestjs/common';
import type {
  Import,
  ImportMapping,
  ImportRow,
  Page,
  PageQuery,
  RowProblem,
} from '@plumbline/contracts';
import sql from 'sql-template-tag';
import * as z from 'zod';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { cursorAfter, readCursor } from '../platform/paging.ts';
import { Conflict, Invalid, NotFound, Refused, StaleVersion } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { FileStorage, type Upload } from '../platform/storage/index.ts';
import { mappingProblems } from './check-mapping.ts';
import {
  IMPORT_COLUMNS,
  IMPORT_TABLES,
  toImport,
  toImportRow,
  type ImportRecord,
} from './import-row.ts';
import { problemsCsv } from './problems-csv.ts';

/** Problems shown with an import; all of them are in the CSV. */
const FIRST_PROBLEMS = 50;

const cursorSchema = z.tuple([z.uuid()]);

type Work = 'read' | 'check' | 'commit';

/** Imports as people start, map, check, commit and cancel them. The work itself runs elsewhere. */
@Injectable()
export class Imports {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(FileStorage) private readonly storage: FileStorage,
    @Inject(Outbox) private readonly outbox: Outbox,
  ) {}

  /** Takes a file in and has it read. Its name and kind count for nothing; what it holds does. */
  start(ctx: RequestContext, upload: Upload | null): Promise<Import> {
    if (!upload) {
      throw new Invalid('There is no file.', [
        { field: 'file', message: 'Choose a CSV or XLSX file.' },
      ]);
    }
    const { fileName, size, sha256 } = upload;
    return this.database.transaction(ctx, async (tx) => {
      const id = newId();
      await tx.execute(sql`
        insert into app.import (organisation_id, id, file_name, size, sha256, started_by)
        values (${ctx.organisationId}, ${id}, ${fileName}, ${size}, ${sha256}, ${ctx.personId})`);
      await tx.execute(sql`
        insert into app.import_progress (organisation_id, import_id, phase)
        values (${ctx.organisationId}, ${id}, 'reading')`);
      await this.record(tx, ctx, id, 'import.started', { fileName, size, sha256 });
      await this.promise(tx, ctx, id, 'read', 1);
      await this.storage.keep(ctx.organisationId, upload);
      return this.describe(tx, ctx, await this.find(tx, ctx, id));
    });
  }

  list(ctx: RequestContext, query: PageQuery): Promise<Page<ImportRow>> {
    const place = readCursor(query.cursor, cursorSchema);
    return this.database.transaction(ctx, async (tx) => {
      // Ids grow with time, so the newest import has the greatest.
      const rows = await tx.query<ImportRecord>(sql`
        select ${IMPORT_COLUMNS} from ${IMPORT_TABLES}
        where i.organisation_id = ${ctx.organisationId}
          and ${place ? sql`i.id < ${place[0]}::uuid` : sql`true`}
        order by i.id desc limit ${query.limit + 1}`);
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map(toImportRow),
        nextCursor: rows.length > shown.length && last ? cursorAfter([last.id]) : null,
      };
    });
  }

  get(ctx: RequestContext, id: string): Promise<Import> {
    return this.database.transaction(ctx, async (tx) =>
      this.describe(tx, ctx, await this.find(tx, ctx, id)),
    );
  }

  /** Every problem of the last check, as a CSV file. */
  problems(ctx: RequestContext, id: string): Promise<string> {
    return this.database.transaction(ctx, async (tx) => {
      await this.find(tx, ctx, id);
      return problemsCsv(await this.problemsOf(tx, ctx, id, null));
    });
  }

  /** Says where the columns go, and has the file checked against that. */
  map(ctx: RequestContext, id: string, version: number, mapping: ImportMapping): Promise<Import> {
    return this.database.transaction(ctx, async (tx) => {
      const row = await this.change(tx, ctx, id, version, ['mapping', 'checked']);
      const { kind } = await tx.one<{ kind: 'firm' | 'client' }>(
        sql`select kind from app.organisation where id = ${ctx.organisationId}`,
      );
      const problems = mappingProblems(row.columns, mapping, kind);
      if (problems.length > 0) throw new Invalid('This mapping cannot be used.', problems);
      await tx.execute(sql`
        update app.import set state = 'checking', mapping = ${JSON.stringify(mapping)}::jsonb,
          outcome = null, version = version + 1
        where organisation_id = ${ctx.organisationId} and id = ${id}`);
      await this.record(tx, ctx, id, 'import.mapped', { mapping });
      await this.promise(tx, ctx, id, 'check', version + 1);
      return this.describe(tx, ctx, await this.find(tx, ctx, id));
    });
  }

  /** Has a checked file brought in: all of it, or nothing. Refused while rows have problems. */
  commit(ctx: RequestContext, id: string, version: number): Promise<Import> {
    return this.database.transaction(ctx, async (tx) => {
      const { outcome } = await this.change(tx, ctx, id, version, ['checked']);
      if (!outcome || outcome.errors > 0) {
        throw new Refused(
          'import-has-problems',
          `${outcome?.errors ?? 0} rows have problems, so nothing is imported. Correct the file or the mapping first.`,
        );
      }
      await tx.execute(sql`
        update app.import set state = 'committing', version = version + 1
        where organisation_id = ${ctx.organisationId} and id = ${id}`);
      await this.record(tx, ctx, id, 'import.confirmed', {});
      await this.promise(tx, ctx, id, 'commit', version + 1);
      return this.describe(tx, ctx, await this.find(tx, ctx, id));
    });
  }

  /** Stops an import. Whatever it was doing is undone; one that is done stays. */
  cancel(ctx: RequestContext, id: string): Promise<Import> {
    return this.database.transaction(ctx, async (tx) => {
      await this.find(tx, ctx, id);
      // The work looks at this before its last step; whoever comes second sees what the first did.
      await tx.execute(sql`
        update app.import_progress set cancel_requested = true
        where organisation_id = ${ctx.organisationId} and import_id = ${id}`);
      const ended = await tx.execute(sql`
        update app.import set state = 'cancelled', finished_at = now(), version = version + 1
        where organisation_id = ${ctx.organisationId} and id = ${id}
          and state in ('mapping', 'checked')`);
      const row = await this.find(tx, ctx, id);
      if (['done', 'refused'].includes(row.state)) {
        throw new Conflict('import-ended', 'This import has already ended.');
      }
      await this.record(tx, ctx, id, ended ? 'import.cancelled' : 'import.cancel-requested', {});
      return this.describe(tx, ctx, row);
    });
  }

  private async find(tx: Tx, ctx: RequestContext, id: string, lock = false): Promise<ImportRecord> {
    const row = await tx.maybe<ImportRecord>(sql`
      select ${IMPORT_COLUMNS} from ${IMPORT_TABLES}
      where i.organisation_id = ${ctx.organisationId} and i.id = ${id}
      ${lock ? sql`for no key update of i` : sql``}`);
    if (!row) throw new NotFound();
    return row;
  }

  private async change(
    tx: Tx,
    ctx: RequestContext,
    id: string,
    version: number,
    states: readonly Import['state'][],
  ): Promise<ImportRecord> {
    const row = await this.find(tx, ctx, id, true);
    if (row.version !== version) throw new StaleVersion(row.version);
    if (!states.includes(row.state)) {
      throw new Conflict(
        'import-state',
        'This import is not ready for that. Load it again to see where it is.',
        { state: row.state },
      );
    }
    return row;
  }

  private async describe(tx: Tx, ctx: RequestContext, row: ImportRecord): Promise<Import> {
    return toImport(row, await this.problemsOf(tx, ctx, row.id, FIRST_PROBLEMS));
  }

  private problemsOf(
    tx: Tx,
    ctx: RequestContext,
    id: string,
    limit: number | null,
  ): Promise<RowProblem[]> {
    return tx.query<RowProblem>(sql`
      select row, column_name as "column", value, severity, problem, cure from app.import_problem
      where organisation_id = ${ctx.organisationId} and import_id = ${id}
      order by n limit ${limit}`);
  }

  private async record(tx: Tx, ctx: RequestContext, id: string, action: string, payload: object) {
    await recordEvent(tx, ctx, { action, entity: 'import', entityId: id, payload: { ...payload } });
  }

  /** Work for the long lane, once per version of the import. */
  private async promise(tx: Tx, ctx: RequestContext, id: string, work: Work, version: number) {
    const { organisationId } = ctx;
    await tx.execute(sql`
      update app.import_progress set attempts = 0, done = 0
      where organisation_id = ${organisationId} and import_id = ${id}`);
    await this.outbox.add(tx, {
      organisationId,
      topic: `import.${work}`,
      key: `${id}:${version}`,
      payload: { importId: id },
    });
  }
}
