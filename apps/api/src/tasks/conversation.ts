import { Inject, Injectable } from '@nestjs/common';
import type { AddTaskComment, TaskComment, TaskConversation } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { Evidence } from '../evidence/index.ts';
import { Notifications } from '../notifications/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { newId } from '../platform/ids.ts';
import { Invalid, NotFound } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { audienceOf } from './audience.ts';
import { findTask, type TaskInHand } from './find-task.ts';
import { Watchers } from './watchers.ts';

interface Row {
  id: string;
  person_id: string;
  name: string;
  firm: string | null;
  text: string;
  mentions: string[];
  evidence: string[];
  at: Date;
  withdrawn_at: Date | null;
}

/** What people say to each other at a task, and who watches it. */
@Injectable()
export class Conversation {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Evidence) private readonly evidence: Evidence,
    @Inject(Notifications) private readonly notifications: Notifications,
    @Inject(EventStream) private readonly stream: EventStream,
    @Inject(Watchers) private readonly watchers: Watchers,
  ) {}

  /** Everything said at a task, oldest first; NotFound when the reader may not see the task. */
  get(ctx: RequestContext, taskId: string): Promise<TaskConversation> {
    return this.database.transaction(ctx, async (tx) => {
      const task = await findTask(tx, ctx, taskId);
      return this.read(tx, ctx, task);
    });
  }

  /** Says something. Whoever is mentioned is told, and so is everyone who watches. */
  add(ctx: RequestContext, taskId: string, input: AddTaskComment): Promise<TaskConversation> {
    return this.database.transaction(ctx, async (tx) => {
      const task = await findTask(tx, ctx, taskId);
      const mentions = [...new Set(input.mentions)].filter((id) => id !== ctx.personId);
      await this.requireOnlookers(tx, ctx, task, mentions);
      await this.evidence.link(tx, ctx, input.evidence, {
        aiSystemId: task.ai_system_id,
        runId: task.run_id,
        taskId: task.id,
      });
      const id = newId();
      // An adviser's words are on record with their firm; the database alone may read its name.
      const asAdviser = ctx.relation === 'adviser' ? ctx.organisationSlug : null;
      await tx.execute(sql`
        insert into app.task_comment
          (organisation_id, id, task_id, person_id, firm, text, mentions, evidence)
        values (${ctx.organisationId}, ${id}, ${task.id}, ${ctx.personId},
                (select firm_name from app.resolve_organisation(${asAdviser}::text)), ${input.text},
                ${mentions}::uuid[], ${input.evidence}::uuid[])`);
      await recordEvent(tx, ctx, {
        action: 'task.commented',
        entity: 'task',
        entityId: task.id,
        payload: { comment: id, ...input, mentions },
      });
      for (const person of [ctx.personId, ...mentions]) {
        await this.watchers.involve(tx, ctx, task.id, person);
      }
      for (const personId of mentions) await this.tellMentioned(tx, ctx, { task, id, personId });
      await this.watchers.tell(tx, ctx, {
        task,
        subject: `A new comment (${task.reference})`,
        text: `${ctx.personName} wrote a comment at a task that you watch.`,
        key: `comment:${id}`,
        except: mentions,
      });
      this.stream.publish(tx, ctx.organisationId, { type: 'task-changed', id: task.id });
      return this.read(tx, ctx, task);
    });
  }

  /** Takes back what the reader said: that it was said stays, its text goes from the screen. */
  withdraw(ctx: RequestContext, taskId: string, commentId: string): Promise<TaskConversation> {
    return this.database.transaction(ctx, async (tx) => {
      const task = await findTask(tx, ctx, taskId);
      const taken = await tx.execute(sql`
        update app.task_comment set withdrawn_at = now()
        where organisation_id = ${ctx.organisationId} and id = ${commentId}
          and task_id = ${task.id} and person_id = ${ctx.personId} and withdrawn_at is null`);
      if (taken === 0) throw new NotFound();
      await recordEvent(tx, ctx, {
        action: 'task.comment-withdrawn',
        entity: 'task',
        entityId: task.id,
        payload: { comment: commentId },
      });
      this.stream.publish(tx, ctx.organisationId, { type: 'task-changed', id: task.id });
      return this.read(tx, ctx, task);
    });
  }

  /** Watches a task, or no longer. */
  watch(ctx: RequestContext, taskId: string, watching: boolean): Promise<TaskConversation> {
    return this.database.transaction(ctx, async (tx) => {
      const task = await findTask(tx, ctx, taskId);
      await this.watchers.set(tx, ctx, task.id, watching);
      return this.read(tx, ctx, task);
    });
  }

  private async read(tx: Tx, ctx: RequestContext, task: TaskInHand): Promise<TaskConversation> {
    const rows = await tx.query<Row>(sql`
      select c.id, c.person_id, p.name, c.firm, c.text, c.mentions, c.evidence, c.at,
             c.withdrawn_at
      from app.task_comment c join app.person p on p.id = c.person_id
      where c.organisation_id = ${ctx.organisationId} and c.task_id = ${task.id} order by c.id`);
    const names = await tx.query<{ id: string; name: string }>(sql`
      select id, name from app.person
      where id = any (${rows.flatMap(({ mentions }) => mentions)}::uuid[])`);
    const items = await this.evidence.byIds(
      tx,
      ctx,
      rows.flatMap(({ evidence }) => evidence),
    );
    const watchers = await this.watchers.of(tx, ctx, task.id);
    const audience = await audienceOf(tx, { organisationId: ctx.organisationId, id: task.id });
    const mayComment = ctx.ability.can('submit', 'Task');
    return {
      comments: rows.map((row) => toComment(ctx, row, { names, items })),
      watching: watchers.some(({ id }) => id === ctx.personId),
      watchers,
      mentionable: mayComment ? audience.filter(({ id }) => id !== ctx.personId) : [],
      mayComment,
    };
  }

  /** Only who may see the task is told of it. */
  private async requireOnlookers(
    tx: Tx,
    ctx: RequestContext,
    task: TaskInHand,
    mentions: readonly string[],
  ): Promise<void> {
    if (mentions.length === 0) return;
    const audience = await audienceOf(tx, { organisationId: ctx.organisationId, id: task.id });
    const known = new Set(audience.map(({ id }) => id));
    if (mentions.every((id) => known.has(id))) return;
    throw new Invalid('Somebody who is mentioned cannot see this task.', [
      { field: 'mentions', message: 'Mention people who may see this task.' },
    ]);
  }

  private tellMentioned(
    tx: Tx,
    ctx: RequestContext,
    { task, id, personId }: { task: TaskInHand; id: string; personId: string },
  ): Promise<void> {
    return this.notifications.notify(tx, {
      organisationId: ctx.organisationId,
      personId,
      kind: 'your-turn',
      subject: `${ctx.personName} mentioned you (${task.reference})`,
      text: `${ctx.personName} mentioned you in a comment at a task.`,
      path: `/c/${ctx.organisationSlug}/tasks/${task.id}`,
      key: `mention:${id}`,
    });
  }
}

interface Known {
  readonly names: readonly { readonly id: string; readonly name: string }[];
  readonly items: readonly {
    readonly id: string;
    readonly reference: string;
    readonly shows: string;
  }[];
}

function toComment(ctx: RequestContext, row: Row, { names, items }: Known): TaskComment {
  const gone = row.withdrawn_at !== null;
  return {
    id: row.id,
    by: { id: row.person_id, name: row.name },
    firm: row.firm,
    at: row.at.toISOString(),
    text: gone ? '' : row.text,
    mentions: gone ? [] : names.filter(({ id }) => row.mentions.includes(id)),
    evidence: gone
      ? []
      : items
          .filter(({ id }) => row.evidence.includes(id))
          .map(({ id, reference, shows }) => ({ id, reference, shows })),
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
    mayWithdraw: !gone && row.person_id === ctx.personId,
  };
}
