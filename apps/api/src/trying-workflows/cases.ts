import { Inject, Injectable } from '@nestjs/common';
import type { CasesAnswer, KeptCase, PersonRef, SavedWorkflowCase } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { NotFound, Refused } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { DefinitionSource } from '../workflows/index.ts';

interface CaseRow {
  id: string;
  content: SavedWorkflowCase;
  saver: PersonRef;
  saved_at: Date;
}

/** As many cases as one look can take in, and the largest of them in bytes of JSON. */
const MOST = 100;
const LARGEST = 200_000;

/** The cases that workflows are tried with, kept by name. */
@Injectable()
export class Cases {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(DefinitionSource) private readonly source: DefinitionSource,
  ) {}

  /** The cases of a workflow by name; NotFound for a workflow that is none of ours. */
  list(ctx: RequestContext, key: string): Promise<CasesAnswer> {
    return this.database.transaction(ctx, async (tx) => {
      await this.source.requireKnown(tx, ctx, key);
      return { cases: await this.all(tx, ctx, key) };
    });
  }

  /** Keeps a case; one of the same name is replaced. */
  save(ctx: RequestContext, key: string, content: SavedWorkflowCase): Promise<CasesAnswer> {
    if (Buffer.byteLength(JSON.stringify(content)) > LARGEST) {
      const message = `A case may take ${LARGEST.toLocaleString('en-GB')} bytes. Split it.`;
      throw new Refused('case-too-large', message, { problems: [{ field: 'case', message }] });
    }
    return this.database.transaction(ctx, async (tx) => {
      await this.source.requireKnown(tx, ctx, key);
      const { id } = await tx.one<{ id: string }>(sql`
        insert into app.workflow_case (organisation_id, id, key, name, content, saved_by)
        values (${ctx.organisationId}, ${newId()}, ${key}, ${content.name},
                ${JSON.stringify(content)}::jsonb, ${ctx.personId})
        on conflict (organisation_id, key, name) do update
          set content = excluded.content, saved_by = excluded.saved_by, saved_at = now()
        returning id`);
      const cases = await this.all(tx, ctx, key);
      if (cases.length > MOST) {
        throw new Refused('too-many-cases', `A workflow keeps ${MOST} cases. Delete one first.`);
      }
      await this.note(tx, ctx, 'workflow-case.saved', id, { key, name: content.name });
      return { cases };
    });
  }

  /** Deletes a case. Results that it had a part in stay. */
  remove(ctx: RequestContext, key: string, id: string): Promise<CasesAnswer> {
    return this.database.transaction(ctx, async (tx) => {
      const { name } = await tx.one<{ name: string }>(sql`
        delete from app.workflow_case
        where organisation_id = ${ctx.organisationId} and key = ${key} and id = ${id}
        returning name`);
      await this.note(tx, ctx, 'workflow-case.deleted', id, { key, name });
      return { cases: await this.all(tx, ctx, key) };
    });
  }

  /** Some of the cases of a workflow, or all; NotFound for an id that is none of them. */
  async chosen(
    tx: Tx,
    ctx: RequestContext,
    key: string,
    ids: 'all' | readonly string[],
  ): Promise<SavedWorkflowCase[]> {
    const all = await this.all(tx, ctx, key);
    const chosen = ids === 'all' ? all : all.filter(({ id }) => ids.includes(id));
    if (ids !== 'all' && chosen.length < new Set(ids).size) throw new NotFound();
    return chosen.map((kept) => kept.case);
  }

  private async all(tx: Tx, ctx: RequestContext, key: string): Promise<KeptCase[]> {
    const rows = await tx.query<CaseRow>(sql`
      select c.id, c.content, c.saved_at, json_build_object('id', p.id, 'name', p.name) as saver
      from app.workflow_case c join app.person p on p.id = c.saved_by
      where c.organisation_id = ${ctx.organisationId} and c.key = ${key}
      order by lower(c.name), c.id`);
    return rows.map(({ id, content, saver, saved_at }) => ({
      ...{ id, case: content, savedBy: saver, savedAt: saved_at.toISOString() },
    }));
  }

  private async note(
    tx: Tx,
    ctx: RequestContext,
    action: string,
    entityId: string,
    payload: object,
  ): Promise<void> {
    await recordEvent(tx, ctx, { action, entity: 'workflow-case', entityId, payload });
  }
}
