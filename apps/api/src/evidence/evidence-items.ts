import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Inject, Injectable } from '@nestjs/common';
import type { AddEvidence, EvidenceItem, EvidenceQuery, Page } from '@plumbline/contracts';
import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { cursorAfter, readCursor } from '../platform/paging.ts';
import { Invalid, NotFound, StaleVersion } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { FileStorage, type Upload } from '../platform/storage/index.ts';
import { ITEM_COLUMNS, ITEM_TABLES, referenceOf, toItem, type ItemRow } from './evidence-row.ts';
import { HEAD_BYTES, mediaTypeOf } from './file-kind.ts';

/** A file given out: always to be saved, never to be shown in place. */
export interface Download {
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  readonly content: Readable;
}

/** What a version holds: a checked file, or a link. */
type Content =
  | { readonly file: Upload; readonly mediaType: string; readonly link: null }
  | { readonly file: null; readonly mediaType: null; readonly link: string };

const cursorSchema = z.tuple([z.iso.datetime({ precision: 6 }), z.uuid()]);

/** Evidence as people add, find and open it. */
@Injectable()
export class EvidenceItems {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(FileStorage) private readonly storage: FileStorage,
  ) {}

  /** Newest first. People who may not read all evidence see what they added. */
  list(ctx: RequestContext, query: EvidenceQuery): Promise<Page<EvidenceItem>> {
    const place = readCursor(query.cursor, cursorSchema);
    return this.database.transaction(ctx, async (tx) => {
      const rows = await tx.query<ItemRow & { place: string }>(sql`
        select ${ITEM_COLUMNS},
          to_char(e.added_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place
        from ${ITEM_TABLES}
        where e.organisation_id = ${ctx.organisationId} and ${visibleTo(ctx)}
          and ${place ? sql`(e.added_at, e.id) < (${place[0]}::timestamptz, ${place[1]}::uuid)` : sql`true`}
          and ${query.aiSystem ? sql`e.ai_system_id = ${query.aiSystem}` : sql`true`}
          and ${query.requirement ? sql`${query.requirement} = any (e.requirements)` : sql`true`}
          and ${query.q?.trim() ? matching(query.q.trim()) : sql`true`}
        order by e.added_at desc, e.id desc limit ${query.limit + 1}`);
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map(toItem),
        nextCursor: rows.length > shown.length && last ? cursorAfter([last.place, last.id]) : null,
      };
    });
  }

  get(ctx: RequestContext, id: string): Promise<EvidenceItem> {
    return this.database.transaction(ctx, async (tx) => toItem(await this.find(tx, ctx, id)));
  }

  /** Adds an item: a file of an acceptable kind, or a link. Recorded; nothing stays half-stored. */
  async add(ctx: RequestContext, input: AddEvidence, upload: Upload | null): Promise<EvidenceItem> {
    const content = await this.check(input.link ?? null, upload);
    const requirements = splitRequirements(input.requirements ?? '');
    assertPeriod(input);
    return this.database.transaction(ctx, async (tx) => {
      const task = input.taskId ? await findTask(tx, ctx, input.taskId) : null;
      if (input.aiSystemId) await requireSystem(tx, ctx, input.aiSystemId);
      const id = newId();
      const { last: number } = await tx.one<{ last: number }>(sql`
        insert into app.evidence_number (organisation_id, last) values (${ctx.organisationId}, 1)
        on conflict (organisation_id) do update set last = app.evidence_number.last + 1
        returning last`);
      await tx.execute(sql`
        insert into app.evidence_item
          (organisation_id, id, number, shows, period_from, period_to, ai_system_id, run_id, task_id,
           requirements, added_by)
        values (${ctx.organisationId}, ${id}, ${number}, ${input.shows},
          ${input.periodFrom ?? null}::date, ${input.periodTo ?? null}::date,
          ${input.aiSystemId ?? task?.ai_system_id ?? null}::uuid, ${task?.run_id ?? null}::uuid,
          ${input.taskId ?? null}::uuid, ${requirements}::text[], ${ctx.personId})`);
      await this.addVersion(tx, ctx, id, 1, content);
      await recordEvent(tx, ctx, {
        action: 'evidence.added',
        entity: 'evidence',
        entityId: id,
        payload: { reference: referenceOf(number), ...input, ...described(content) },
      });
      return toItem(await this.find(tx, ctx, id));
    });
  }

  /** Adds a newer version; the earlier ones stay and can still be opened. */
  async supersede(
    ctx: RequestContext,
    id: string,
    version: number,
    link: string | null,
    upload: Upload | null,
  ): Promise<EvidenceItem> {
    const content = await this.check(link, upload);
    return this.database.transaction(ctx, async (tx) => {
      const item = await this.find(tx, ctx, id, sql`for no key update of e`);
      if (item.version !== version) throw new StaleVersion(item.version);
      await this.addVersion(tx, ctx, id, version + 1, content);
      await tx.execute(sql`
        update app.evidence_item set version = ${version + 1}
        where organisation_id = ${ctx.organisationId} and id = ${id}`);
      await recordEvent(tx, ctx, {
        action: 'evidence.superseded',
        entity: 'evidence',
        entityId: id,
        payload: { version: version + 1, ...described(content) },
      });
      return toItem(await this.find(tx, ctx, id));
    });
  }

  /** The file of a version (the current one without `version`), checked to be what was stored. */
  async download(ctx: RequestContext, id: string, version?: number): Promise<Download> {
    const file = await this.database.transaction(ctx, async (tx) => {
      const item = await this.find(tx, ctx, id);
      return tx.one<{ file_name: string; media_type: string; size: number; sha256: string }>(sql`
        select file_name, media_type, size::int as size, sha256 from app.evidence_version
        where organisation_id = ${ctx.organisationId} and item_id = ${id}
          and version = ${version ?? item.version} and sha256 is not null`);
    });
    await this.storage.verify(ctx.organisationId, file.sha256);
    return {
      fileName: file.file_name,
      mediaType: file.media_type,
      size: file.size,
      sha256: file.sha256,
      content: await this.storage.open(ctx.organisationId, file.sha256),
    };
  }

  private async find(tx: Tx, ctx: RequestContext, id: string, lock: Sql = sql``): Promise<ItemRow> {
    const row = await tx.maybe<ItemRow>(sql`
      select ${ITEM_COLUMNS} from ${ITEM_TABLES}
      where e.organisation_id = ${ctx.organisationId} and e.id = ${id} and ${visibleTo(ctx)} ${lock}`);
    if (!row) throw new NotFound();
    return row;
  }

  private async check(link: string | null, upload: Upload | null): Promise<Content> {
    if (upload && link === null) {
      const head = await buffer(this.storage.peek(upload, HEAD_BYTES));
      return { file: upload, mediaType: await mediaTypeOf(upload, head), link: null };
    }
    if (!upload && link !== null && /^https?:/i.test(link)) {
      return { file: null, mediaType: null, link };
    }
    throw new Invalid('Evidence is one file or one web address.', [
      { field: upload ? 'link' : 'file', message: 'Add a file, or an address with https://.' },
    ]);
  }

  /** The file is kept last, so that a refusal before leaves nothing behind. */
  private async addVersion(
    tx: Tx,
    ctx: RequestContext,
    id: string,
    version: number,
    { file, mediaType, link }: Content,
  ): Promise<void> {
    await tx.execute(sql`
      insert into app.evidence_version
        (organisation_id, item_id, version, file_name, media_type, size, sha256, link, added_by)
      values (${ctx.organisationId}, ${id}, ${version}, ${file?.fileName ?? null}, ${mediaType},
        ${file?.size ?? null}, ${file?.sha256 ?? null}, ${link}, ${ctx.personId})`);
    if (file) await this.storage.keep(ctx.organisationId, file);
  }
}

const seesAll = (ctx: RequestContext): boolean => ctx.ability.can('read', 'Evidence');

function visibleTo(ctx: RequestContext): Sql {
  return seesAll(ctx) ? sql`true` : sql`e.added_by = ${ctx.personId}`;
}

function matching(text: string): Sql {
  const pattern = `%${text.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
  const number = /^(?:evd-)?0*(\d{1,9})$/i.exec(text)?.[1];
  return sql`(lower(e.shows) like ${pattern} or lower(v.file_name) like ${pattern}
    ${number ? sql`or e.number = ${Number(number)}` : sql``})`;
}

const described = ({ file, mediaType, link }: Content) =>
  file ? { fileName: file.fileName, mediaType, size: file.size, sha256: file.sha256 } : { link };

function assertPeriod({ periodFrom, periodTo }: AddEvidence): void {
  if (periodFrom === undefined || periodTo === undefined || periodFrom <= periodTo) return;
  throw new Invalid('This period ends before it begins.', [
    { field: 'periodTo', message: 'Give a date on or after the first one.' },
  ]);
}

/** "9.2, A.5.4" as a list without repeats. */
function splitRequirements(text: string): string[] {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  if (parts.length > 50 || parts.some((part) => !/^[\w.() -]{1,30}$/.test(part))) {
    throw new Invalid('A requirement cannot be read.', [
      { field: 'requirements', message: 'Write clause and control numbers, separated by commas.' },
    ]);
  }
  return [...new Set(parts)];
}

/** The run and system of a task: evidence added there belongs to them. */
const findTask = (tx: Tx, ctx: RequestContext, id: string) =>
  tx.one<{ run_id: string; ai_system_id: string }>(sql`
    select run_id, ai_system_id from app.task
    where organisation_id = ${ctx.organisationId} and id = ${id}
      and ${seesAll(ctx) ? sql`true` : isTheirTask(ctx)}`);

/** Who may not read all evidence adds it to systems of their own only. */
async function requireSystem(tx: Tx, ctx: RequestContext, id: string): Promise<void> {
  const me = ctx.personId;
  await tx.one(sql`
    select 1 as found from app.ai_system
    where organisation_id = ${ctx.organisationId} and id = ${id}
      and ${seesAll(ctx) ? sql`true` : sql`${me} in (proposed_by, owner_id, overseer_id)`}`);
}

const isTheirTask = ({ personId, roles }: RequestContext): Sql => sql`
  (${personId} in (assignee, closed_by)
    or (assignee is null and (role = any (${roles}::text[]) or also = any (${roles}::text[]))))`;
