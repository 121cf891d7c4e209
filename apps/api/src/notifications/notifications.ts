import { Inject, Injectable } from '@nestjs/common';
import type { MarkRead, NotificationsAnswer, NotificationsQuery } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { pageOf, readCursor } from '../platform/paging.ts';
import type { RequestContext } from '../platform/request-context.ts';

/** Topic of the mail that goes with a notification. */
export const NOTIFICATION_MAIL = 'notification-mail';

/** Something to tell one person. All of it travels by mail: nothing confidential belongs here. */
export interface News {
  readonly organisationId: string;
  readonly personId: string;
  readonly kind: 'your-turn' | 'late' | 'for-information' | 'job';
  /** The subject of the mail, after the organisation's name. */
  readonly subject: string;
  /** One or two sentences, for the list and for the mail. */
  readonly text: string;
  /** Where to go: an address of the web, from `/`. */
  readonly path: string;
  /** What it is about. The same key tells the same person once. */
  readonly key: string;
}

interface Row {
  id: string;
  kind: News['kind'];
  text: string;
  path: string;
  created_at: Date;
  read_at: Date | null;
}

/** What people are told, on the screen and by mail. */
@Injectable()
export class Notifications {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Outbox) private readonly outbox: Outbox,
  ) {}

  /** Tells a person, with the commit of `tx`, and promises the mail. Telling it again does nothing. */
  async notify(tx: Tx, news: News): Promise<void> {
    const id = newId();
    const told = await tx.execute(sql`
      insert into app.notification
        (organisation_id, id, person_id, kind, subject, text, path, key)
      values (${news.organisationId}, ${id}, ${news.personId}, ${news.kind}, ${news.subject},
              ${news.text}, ${news.path}, ${news.key})
      on conflict (organisation_id, person_id, key) do nothing`);
    if (told === 0 || !(await this.isMailed(tx, news))) return;
    await this.outbox.add(tx, {
      organisationId: news.organisationId,
      topic: NOTIFICATION_MAIL,
      key: id,
      payload: { notificationId: id },
    });
  }

  /** Whether the person wants news of this kind by mail at once; who has said nothing does. */
  private async isMailed(tx: Tx, { organisationId, personId, kind }: News): Promise<boolean> {
    const unwanted = await tx.maybe(sql`
      select 1 as found from app.mail_preference
      where organisation_id = ${organisationId} and person_id = ${personId}
        and not (${kind} = any (at_once))`);
    return unwanted === null;
  }

  /** A page of what the person was told here, newest first, and how much of all is unread. */
  async list(ctx: RequestContext, query: NotificationsQuery): Promise<NotificationsAnswer> {
    const [before = null] = readCursor(query.cursor, z.tuple([z.uuid()])) ?? [];
    const mine = sql`organisation_id = ${ctx.organisationId} and person_id = ${ctx.personId}`;
    return this.database.transaction(ctx, async (tx) => {
      const fetched = await tx.query<Row>(sql`
        select id, kind, text, path, created_at, read_at from app.notification
        where ${mine}
          ${query.unread ? sql`and (read_at is null) = ${query.unread === 'true'}` : sql``}
          ${before ? sql`and id < ${before}` : sql``}
        order by id desc limit ${query.limit + 1}`);
      const { unread } = await tx.one<{ unread: number }>(
        sql`select count(*)::int as unread from app.notification where ${mine} and read_at is null`,
      );
      const { rows, nextCursor } = pageOf(fetched, query.limit, ({ id }) => [id]);
      const items = rows.map(({ created_at, read_at, ...row }) => ({
        ...row,
        at: created_at.toISOString(),
        readAt: read_at?.toISOString() ?? null,
      }));
      return { items, nextCursor, unread };
    });
  }

  /** Marks these as read, or all of them. Another person's stay as they are. */
  async markRead(ctx: RequestContext, { ids }: MarkRead): Promise<void> {
    await this.database.transaction(ctx, (tx) =>
      tx.execute(sql`
        update app.notification set read_at = now()
        where organisation_id = ${ctx.organisationId} and person_id = ${ctx.personId}
          and read_at is null and (${ids}::uuid[] is null or id = any(${ids}::uuid[]))`),
    );
  }
}
