import { Inject, Injectable } from '@nestjs/common';
import type { AddComment, CommentsAnswer, DraftComment, PersonRef } from '@plumbline/contracts';
import sql, { type Sql } from 'sql-template-tag';
import { Members } from '../members/index.ts';
import { Notifications } from '../notifications/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { newId } from '../platform/ids.ts';
import { Invalid, NotFound } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Drafts } from './drafts.ts';

interface CommentRow {
  id: string;
  step: string | null;
  text: string;
  mentions: PersonRef[];
  writer: PersonRef;
  written_at: Date;
  resolver: PersonRef | null;
  resolved_at: Date | null;
}

/** Remarks about a workflow being written, and its steps. They outlive the draft. */
@Injectable()
export class Comments {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(Members) private readonly members: Members,
    @Inject(Notifications) private readonly notifications: Notifications,
    @Inject(EventStream) private readonly stream: EventStream,
  ) {}

  /** Every remark about a workflow that has a draft, oldest first. */
  list(ctx: RequestContext, key: string): Promise<CommentsAnswer> {
    return this.database.transaction(ctx, async (tx) => {
      await this.drafts.find(tx, ctx, key);
      return this.all(tx, ctx, key);
    });
  }

  /** Adds a remark and tells the people whom it mentions. */
  add(ctx: RequestContext, key: string, input: AddComment): Promise<DraftComment> {
    return this.database.transaction(ctx, async (tx) => {
      const { definition } = await this.drafts.find(tx, ctx, key);
      const name = String(definition['name']);
      const id = newId();
      const mentions = [...new Set(input.mentions)];
      await this.requirePeople(tx, mentions);
      await tx.execute(sql`
        insert into app.workflow_comment
          (organisation_id, id, key, step, text, mentions, written_by)
        values (${ctx.organisationId}, ${id}, ${key}, ${input.step}, ${input.text},
                ${mentions}::uuid[], ${ctx.personId})`);
      await recordEvent(tx, ctx, {
        action: 'workflow-comment.added',
        entity: 'workflow-comment',
        entityId: id,
        payload: { key, step: input.step, text: input.text, mentions },
      });
      const path = await this.pathOf(tx, ctx, key, input.step);
      for (const personId of mentions.filter((each) => each !== ctx.personId)) {
        await this.notifications.notify(tx, {
          ...{ organisationId: ctx.organisationId, personId, kind: 'for-information', path },
          subject: `${ctx.personName} mentioned you at the workflow “${name}”`,
          text: `${ctx.personName} mentioned you in a comment on the workflow “${name}”.`,
          key: `workflow-comment:${id}`,
        });
      }
      this.announce(tx, ctx, key);
      return toComment(await this.row(tx, ctx, key, id));
    });
  }

  /** Settles a remark, or opens it again. */
  resolve(ctx: RequestContext, key: string, id: string, resolved: boolean): Promise<DraftComment> {
    return this.database.transaction(ctx, async (tx) => {
      await this.drafts.find(tx, ctx, key);
      const changed = await tx.execute(sql`
        update app.workflow_comment
        set resolved_by = ${resolved ? ctx.personId : null}::uuid,
            resolved_at = case when ${resolved} then now() end
        where organisation_id = ${ctx.organisationId} and key = ${key} and id = ${id}
          and (resolved_at is not null) <> ${resolved}`);
      const comment = await this.row(tx, ctx, key, id);
      if (changed === 1) {
        await recordEvent(tx, ctx, {
          action: resolved ? 'workflow-comment.resolved' : 'workflow-comment.reopened',
          entity: 'workflow-comment',
          entityId: id,
          payload: { key },
        });
        this.announce(tx, ctx, key);
      }
      return toComment(comment);
    });
  }

  private async all(tx: Tx, ctx: RequestContext, key: string): Promise<CommentsAnswer> {
    const rows = await tx.query<CommentRow>(sql`
      select ${COMMENT_ROW} where c.organisation_id = ${ctx.organisationId} and c.key = ${key}
      order by c.id`);
    return { comments: rows.map(toComment) };
  }

  private async row(tx: Tx, ctx: RequestContext, key: string, id: string): Promise<CommentRow> {
    const row = await tx.maybe<CommentRow>(sql`
      select ${COMMENT_ROW}
      where c.organisation_id = ${ctx.organisationId} and c.key = ${key} and c.id = ${id}`);
    if (!row) throw new NotFound();
    return row;
  }

  private async requirePeople(tx: Tx, ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      if (await this.members.find(tx, id)) continue;
      throw new Invalid('Somebody who is mentioned cannot be told.', [
        { field: 'mentions', message: 'Mention people who may enter this organisation.' },
      ]);
    }
  }

  private async pathOf(
    tx: Tx,
    { organisationId, organisationSlug }: RequestContext,
    key: string,
    step: string | null,
  ): Promise<string> {
    const { kind } = await tx.one<{ kind: 'firm' | 'client' }>(
      sql`select kind from app.organisation where id = ${organisationId}`,
    );
    const place = `/${kind === 'firm' ? 'f' : 'c'}/${organisationSlug}/workflows/${key}`;
    return step === null ? place : `${place}?step=${encodeURIComponent(step)}`;
  }

  private announce(tx: Tx, { organisationId }: RequestContext, key: string): void {
    this.stream.publish(tx, organisationId, { type: 'workflow-changed', id: key });
  }
}

const personRef = (column: Sql): Sql => sql`
  (select json_build_object('id', p.id, 'name', p.name) from app.person p where p.id = ${column})`;

const COMMENT_ROW = sql`
  c.id, c.step, c.text, c.written_at, c.resolved_at,
  ${personRef(sql`c.written_by`)} as writer, ${personRef(sql`c.resolved_by`)} as resolver,
  (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name) order by p.name), '[]')
   from app.person p where p.id = any (c.mentions)) as mentions
  from app.workflow_comment c`;

const toComment = (row: CommentRow): DraftComment => ({
  ...{ id: row.id, step: row.step, text: row.text, mentions: row.mentions, by: row.writer },
  at: row.written_at.toISOString(),
  resolved:
    row.resolver && row.resolved_at
      ? { by: row.resolver, at: row.resolved_at.toISOString() }
      : null,
});
