import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { CalendarAddress } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { contextOf } from '../members/index.ts';
import { Configuration } from '../platform/config/configuration.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { hashSecret } from '../platform/one-time-link.ts';
import { Conflict, NotFound } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import { ANYWHERE, type RequestContext } from '../platform/request-context.ts';
import { iCalendar, type CalendarTask } from './i-calendar.ts';
import { waitsFor } from './task-access.ts';

/** A calendar file and what names its content, for callers that have it already. */
export interface Feed {
  readonly text: string;
  readonly etag: string;
}

/** Due tasks of one person as a calendar, by a secret address that only they know. */
@Injectable()
export class CalendarFeed {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Configuration) private readonly configuration: Configuration,
  ) {}

  /** Makes the reader's address, shown once; with `renew` an earlier one leads nowhere from now on. Recorded. */
  make(ctx: RequestContext, renew: boolean): Promise<CalendarAddress> {
    const secret = randomBytes(32).toString('base64url');
    return this.database.transaction(ctx, async (tx) => {
      const made = await tx.maybe<{ made_at: Date }>(sql`
        insert into app.calendar_feed (organisation_id, person_id, token_hash)
        values (${ctx.organisationId}, ${ctx.personId}, ${hashSecret(secret)})
        on conflict (organisation_id, person_id) do update
          set token_hash = excluded.token_hash, made_at = now() where ${renew}::boolean
        returning made_at`);
      if (!made) {
        throw new Conflict(
          'already-exists',
          'You have an address already. Renew it, and the earlier one leads nowhere.',
        );
      }
      await recordEvent(tx, ctx, {
        action: 'calendar.made',
        entity: 'person',
        entityId: ctx.personId,
        payload: {},
      });
      const path = `/api/calendars/${secret}/tasks.ics`;
      return {
        address: new URL(path, this.configuration.environment.PUBLIC_URL).href,
        madeAt: made.made_at.toISOString(),
      };
    });
  }

  /** Ends the reader's address. Recorded. */
  async end(ctx: RequestContext): Promise<void> {
    await this.database.transaction(ctx, async (tx) => {
      const ended = await tx.execute(sql`
        delete from app.calendar_feed
        where organisation_id = ${ctx.organisationId} and person_id = ${ctx.personId}`);
      if (ended === 0) throw new NotFound();
      await recordEvent(tx, ctx, {
        action: 'calendar.ended',
        entity: 'person',
        entityId: ctx.personId,
        payload: {},
      });
    });
  }

  /** The calendar behind a secret: what waits for its person now. NotFound for every other secret. */
  read(secret: string): Promise<Feed> {
    return this.database.transaction(ANYWHERE, async (tx) => {
      const found = await tx.one<{ organisation_id: string; person_id: string }>(
        sql`select * from app.find_calendar_feed(${hashSecret(secret)})`,
      );
      const scope = { organisationId: found.organisation_id, personId: found.person_id };
      await tx.enter(scope);
      const ctx = await contextOf(tx, scope, 'calendar');
      if (!ctx) throw new NotFound();
      const tasks = await tx.query<CalendarTask>(sql`
        select t.id, t.reference, t.title, t.due_at as "dueAt", t.opened_at as "openedAt"
        from app.task t
        where t.organisation_id = ${ctx.organisationId} and t.due_at is not null and ${waitsFor(ctx)}
        order by t.due_key, t.id limit 1000`);
      const base = new URL(
        `/c/${ctx.organisationSlug}/tasks/`,
        this.configuration.environment.PUBLIC_URL,
      );
      const text = iCalendar(ctx.organisationName, tasks, (id) => new URL(id, base).href);
      return { text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` };
    });
  }
}
