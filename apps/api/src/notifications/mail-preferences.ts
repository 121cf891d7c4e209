import { Inject, Injectable } from '@nestjs/common';
import type { MailPreferences as Answer, SetMailPreferences } from '@plumbline/contracts';
import sql, { type Sql } from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';

/** What holds for somebody who has said nothing: everything at once, no digest. */
const DEFAULTS = { digest: 'never', weekday: 1, hour: 8 } as const;

interface Row {
  at_once: Answer['atOnce'] | null;
  digest: Answer['digest'] | null;
  weekday: number | null;
  hour: number | null;
  next_at: Date | null;
  made_at: Date | null;
  time_zone: string;
}

/**
 * The next hour on a fitting day after now, in the organisation's time zone, as a column; null for
 * never. Asks for `organisation o`.
 */
export const nextDigest = (
  digest: string,
  { weekday, hour }: { readonly weekday: number; readonly hour: number },
): Sql => sql`(
  select min((d.day::date::timestamp + make_interval(hours => ${hour})) at time zone o.time_zone)
  from generate_series((now() at time zone o.time_zone)::date,
                       (now() at time zone o.time_zone)::date + 8, interval '1 day') as d (day)
  where ${digest} <> 'never' and (${digest} = 'daily' or extract(isodow from d.day) = ${weekday})
    and (d.day::date::timestamp + make_interval(hours => ${hour})) at time zone o.time_zone > now())`;

/** What a person is mailed: at once by kind, and a digest at their hour. */
@Injectable()
export class MailPreferences {
  constructor(@Inject(TenantDatabase) private readonly database: TenantDatabase) {}

  /** The reader's own. */
  get(ctx: RequestContext): Promise<Answer> {
    return this.database.transaction(ctx, (tx) => this.read(tx, ctx));
  }

  /** Sets the reader's own. Recorded. */
  set(ctx: RequestContext, input: SetMailPreferences): Promise<Answer> {
    return this.database.transaction(ctx, async (tx) => {
      await tx.execute(sql`
        insert into app.mail_preference
          (organisation_id, person_id, at_once, digest, weekday, hour, next_at)
        select o.id, ${ctx.personId}::uuid, ${input.atOnce}::text[], ${input.digest}::text,
               ${input.weekday}::int, ${input.hour}::int, ${nextDigest(input.digest, input)}
        from app.organisation o where o.id = ${ctx.organisationId}
        on conflict (organisation_id, person_id) do update set
          at_once = excluded.at_once, digest = excluded.digest, weekday = excluded.weekday,
          hour = excluded.hour, next_at = excluded.next_at, updated_at = now()`);
      await recordEvent(tx, ctx, {
        action: 'mail-preferences.set',
        entity: 'person',
        entityId: ctx.personId,
        payload: { ...input },
      });
      return this.read(tx, ctx);
    });
  }

  private async read(tx: Tx, ctx: RequestContext): Promise<Answer> {
    const row = await tx.one<Row>(sql`
      select m.at_once, m.digest, m.weekday, m.hour, m.next_at, f.made_at, o.time_zone
      from app.organisation o
      left join app.mail_preference m on m.organisation_id = o.id and m.person_id = ${ctx.personId}
      left join app.calendar_feed f on f.organisation_id = o.id and f.person_id = ${ctx.personId}
      where o.id = ${ctx.organisationId}`);
    return {
      atOnce: row.at_once ?? ['your-turn', 'late', 'for-information', 'job'],
      digest: row.digest ?? DEFAULTS.digest,
      weekday: row.weekday ?? DEFAULTS.weekday,
      hour: row.hour ?? DEFAULTS.hour,
      nextAt: row.next_at?.toISOString() ?? null,
      calendarMadeAt: row.made_at?.toISOString() ?? null,
      timeZone: row.time_zone,
    };
  }
}
