import { Inject, Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Notifications } from '../notifications/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { audienceOf } from './audience.ts';

/** What watchers are told: nothing of its content, since mail carries it. */
export interface TaskNews {
  readonly task: { readonly id: string; readonly reference: string };
  readonly subject: string;
  readonly text: string;
  /** What it is about: each person is told of it once. */
  readonly key: string;
  /** People who are told of it in another way. */
  readonly except?: readonly string[];
}

/** Who watches a task, and telling them. */
@Injectable()
export class Watchers {
  constructor(@Inject(Notifications) private readonly notifications: Notifications) {}

  /** Signs a person up unless they have said no. */
  async involve(tx: Tx, ctx: RequestContext, taskId: string, personId: string): Promise<void> {
    await tx.execute(sql`
      insert into app.task_watch (organisation_id, task_id, person_id, watching)
      values (${ctx.organisationId}, ${taskId}, ${personId}, true)
      on conflict (organisation_id, task_id, person_id) do nothing`);
  }

  /** Watches or stops watching, as the person says. */
  async set(tx: Tx, ctx: RequestContext, taskId: string, watching: boolean): Promise<void> {
    await tx.execute(sql`
      insert into app.task_watch (organisation_id, task_id, person_id, watching)
      values (${ctx.organisationId}, ${taskId}, ${ctx.personId}, ${watching})
      on conflict (organisation_id, task_id, person_id) do update
        set watching = excluded.watching, since = now()`);
  }

  /** Who watches and may still see the task. */
  async of(tx: Tx, ctx: RequestContext, taskId: string): Promise<{ id: string; name: string }[]> {
    const rows = await tx.query<{ id: string }>(sql`
      select person_id as id from app.task_watch
      where organisation_id = ${ctx.organisationId} and task_id = ${taskId} and watching`);
    if (rows.length === 0) return [];
    const watching = new Set(rows.map(({ id }) => id));
    const audience = await audienceOf(tx, { organisationId: ctx.organisationId, id: taskId });
    return audience.filter(({ id }) => watching.has(id));
  }

  /** Tells everyone who watches, apart from the person who did it. */
  async tell(tx: Tx, ctx: RequestContext, news: TaskNews): Promise<void> {
    const { task, subject, text, key, except = [] } = news;
    for (const { id } of await this.of(tx, ctx, task.id)) {
      if (id === ctx.personId || except.includes(id)) continue;
      await this.notifications.notify(tx, {
        organisationId: ctx.organisationId,
        personId: id,
        kind: 'for-information',
        subject,
        text,
        path: `/c/${ctx.organisationSlug}/tasks/${task.id}`,
        key,
      });
    }
  }
}
