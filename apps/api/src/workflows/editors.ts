import { Inject, Injectable } from '@nestjs/common';
import type { WorkflowEditor } from '@plumbline/contracts';
import sql, { type Sql } from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { Conflict, NotFound } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { DRAFT_ROW, editorOf, IS_EDITED, type DraftRow } from './draft-row.ts';

/**
 * The one place at the desk of a draft. Whoever has it says every 30 seconds that they are there;
 * 90 seconds of silence free it. Somebody else may take it over: open pages hear that it changed.
 */
@Injectable()
export class Editors {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(EventStream) private readonly stream: EventStream,
  ) {}

  /** Takes the place, or keeps it. Refused while somebody else has it, unless it is taken over. */
  take(ctx: RequestContext, key: string, takeOver: boolean): Promise<WorkflowEditor> {
    return this.database.transaction(ctx, async (tx) => {
      const before = await this.locked(tx, ctx, key);
      if (!takeOver) this.requirePlace(before, ctx);
      await tx.execute(sql`
        update app.workflow_draft d set ${this.placeOf(ctx)}
        where d.organisation_id = ${ctx.organisationId} and d.key = ${key}`);
      // A sign of life changes nothing for anybody.
      if (before.editor?.id !== ctx.personId) this.announce(tx, ctx, key);
      const editor = editorOf(await this.locked(tx, ctx, key), ctx.personId);
      if (!editor) throw new NotFound();
      return editor;
    });
  }

  /** Gives the place back; does nothing when somebody else has it. */
  async give(ctx: RequestContext, key: string): Promise<void> {
    await this.database.transaction(ctx, async (tx) => {
      const before = await this.locked(tx, ctx, key);
      if (before.editor?.id !== ctx.personId) return;
      await tx.execute(sql`
        update app.workflow_draft
        set editor_id = null, editor_since = null, editor_seen_at = null
        where organisation_id = ${ctx.organisationId} and key = ${key}`);
      this.announce(tx, ctx, key);
    });
  }

  /** Refuses a change by anybody but whoever has the place; when it is free, everybody may. */
  requirePlace({ editor, editor_since }: DraftRow, { personId }: RequestContext): void {
    if (!editor || editor.id === personId) return;
    throw new Conflict(
      'draft-being-edited',
      `${editor.name} is editing this workflow. Take over, or wait until they are done.`,
      { editor: { person: editor, since: editor_since?.toISOString() } },
    );
  }

  /** Sets the columns of draft `d` so that this person has the place, and was here now. */
  placeOf({ personId }: RequestContext): Sql {
    return sql`
      editor_since = case when d.editor_id = ${personId} and ${IS_EDITED}
                          then d.editor_since else now() end,
      editor_id = ${personId}, editor_seen_at = now()`;
  }

  private async locked(tx: Tx, { organisationId }: RequestContext, key: string): Promise<DraftRow> {
    return tx.one<DraftRow>(sql`
      select ${DRAFT_ROW} where d.organisation_id = ${organisationId} and d.key = ${key}
      for no key update of d`);
  }

  private announce(tx: Tx, { organisationId }: RequestContext, key: string): void {
    this.stream.publish(tx, organisationId, { type: 'workflow-changed', id: key });
  }
}
