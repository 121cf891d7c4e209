import { Inject, Injectable } from '@nestjs/common';
import type { Organisation, UpdateOrganisation } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { Invalid, StaleVersion } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { CalendarChange } from './calendar-change.ts';
import { markOf, slugOf } from './naming.ts';
import {
  minutesOf,
  reckonsOtherwise,
  tidied,
  toWorkingTimes,
  WORKING_TIMES,
  type WorkingTimesRow,
} from './working-times.ts';

/** An organisation to be. */
export interface NewOrganisation {
  readonly kind: Organisation['kind'];
  readonly name: string;
  /** In place of the one made from the name; with a number behind it if it is taken. */
  readonly slug?: string;
  readonly headcount: number | null;
  readonly timeZone: string;
  /** Bank holidays by rule; `custom` when left out. */
  readonly holidayCalendar?: Organisation['holidayCalendar'];
  readonly scopeStatement: string;
  readonly aiRoles: readonly string[];
}

/** How an organisation is named in addresses and on screens. */
export interface OrganisationName {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

interface Row extends WorkingTimesRow {
  id: string;
  slug: string;
  name: string;
  kind: Organisation['kind'];
  mark_text: string;
  mark_plate: number;
  headcount: number | null;
  scope_statement: string;
  ai_roles: Organisation['aiRoles'];
  aliases: string[];
  calendar_version: number;
  version: number;
}

/** Firms and clients: their names, what they are, when they work. */
@Injectable()
export class Organisations {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(CalendarChange) private readonly calendar: CalendarChange,
  ) {}

  get(ctx: RequestContext): Promise<Organisation> {
    return this.database.transaction(ctx, (tx) => this.find(tx, ctx.organisationId));
  }

  /**
   * Changes what the organisation says about itself. Its short name stays: addresses hold. When its
   * deadlines come out otherwise now, those of open tasks follow later.
   */
  async update(
    ctx: RequestContext,
    version: number,
    input: UpdateOrganisation,
  ): Promise<Organisation> {
    if (input.timeZone !== undefined) refuseUnknownTimeZone(input.timeZone);
    return this.database.transaction(ctx, async (tx) => {
      const before = await this.find(tx, ctx.organisationId, 'change');
      if (before.version !== version) throw new StaleVersion(before.version);
      if (Object.keys(input).length === 0) return before;
      const after = tidied({ ...before, ...input });
      if (minutesOf(after.worksFrom) >= minutesOf(after.worksUntil)) refuseNoHours();
      const calendarChanges = reckonsOtherwise(before, after);
      const mark = markOf(after.name);
      await tx.execute(sql`
        update app.organisation set
          name = ${after.name}, headcount = ${after.headcount}, time_zone = ${after.timeZone},
          working_days = ${after.workingDays}::smallint[],
          works_from = ${minutesOf(after.worksFrom)}, works_until = ${minutesOf(after.worksUntil)},
          holiday_calendar = ${after.holidayCalendar},
          holidays = ${after.daysOff.map(({ date }) => date)}::date[],
          holiday_names = ${after.daysOff.map(({ name }) => name)}::text[],
          calendar_version = calendar_version + ${calendarChanges ? 1 : 0},
          scope_statement = ${after.scopeStatement}, ai_roles = ${after.aiRoles}::text[],
          aliases = ${after.aliases}::text[], mark_text = ${mark.text}, mark_plate = ${mark.plate},
          version = version + 1, updated_at = now()
        where id = ${ctx.organisationId}`);
      await recordEvent(tx, ctx, {
        action: 'organisation.updated',
        entity: 'organisation',
        entityId: ctx.organisationId,
        payload: { changed: input },
      });
      if (calendarChanges) await this.calendar.keep(tx, ctx, before, after);
      return this.find(tx, ctx.organisationId);
    });
  }

  /**
   * Creates an organisation, and leaves the transaction inside it as `personId`; the caller enters
   * where it wants to be next.
   */
  async create(tx: Tx, personId: string | null, input: NewOrganisation): Promise<OrganisationName> {
    refuseUnknownTimeZone(input.timeZone);
    const id = newId();
    const scope = { organisationId: id, personId };
    await tx.enter(scope);
    const slug = await this.insert(tx, id, input);
    await recordEvent(tx, scope, {
      action: 'organisation.created',
      entity: 'organisation',
      entityId: id,
      payload: { ...input, slug },
    });
    return { id, slug, name: input.name };
  }

  /** Writes the row under the first short name that is free. */
  private async insert(tx: Tx, id: string, input: NewOrganisation): Promise<string> {
    const wanted = input.slug ?? slugOf(input.name);
    const mark = markOf(input.name);
    for (let number = 1; ; number += 1) {
      const slug = number === 1 ? wanted : `${wanted}-${number}`;
      const inserted = await tx.execute(sql`
        insert into app.organisation
          (id, slug, name, kind, headcount, time_zone, holiday_calendar,
           scope_statement, ai_roles, mark_text, mark_plate)
        values (${id}, ${slug}, ${input.name}, ${input.kind}, ${input.headcount},
                ${input.timeZone}, ${input.holidayCalendar ?? 'custom'}, ${input.scopeStatement},
                ${input.aiRoles}::text[], ${mark.text}, ${mark.plate})
        on conflict (slug) do nothing`);
      if (inserted === 1) return slug;
    }
  }

  private async find(tx: Tx, id: string, to: 'read' | 'change' = 'read'): Promise<Organisation> {
    const row = await tx.one<Row>(sql`
      select id, slug, name, kind, mark_text, mark_plate, headcount, ${WORKING_TIMES},
             scope_statement, ai_roles, aliases, calendar_version, version
      from app.organisation where id = ${id} ${to === 'change' ? sql`for no key update` : sql``}`);
    return {
      id: row.id,
      slug: row.slug,
      name: row.name,
      kind: row.kind,
      mark: { text: row.mark_text, plate: row.mark_plate },
      headcount: row.headcount,
      ...toWorkingTimes(row),
      scopeStatement: row.scope_statement,
      aiRoles: row.ai_roles,
      aliases: row.aliases,
      calendarVersion: row.calendar_version,
      version: row.version,
    };
  }
}

function refuseNoHours(): never {
  throw new Invalid('These working hours leave no time to work in.', [
    { field: 'worksUntil', message: 'Work ends after it begins, on the same day.' },
  ]);
}

/** Refuses a name that is no time zone. */
export function refuseUnknownTimeZone(timeZone: string): void {
  if (Intl.supportedValuesOf('timeZone').includes(timeZone) || timeZone === 'UTC') return;
  throw new Invalid('This time zone is unknown.', [
    { field: 'timeZone', message: 'Use a name like Europe/London.' },
  ]);
}
