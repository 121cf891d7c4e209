import { Inject, Injectable } from '@nestjs/common';
import type { Organisation, UpdateOrganisation } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { Invalid, StaleVersion } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { markOf, slugOf } from './naming.ts';

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
  /** ISO dates without work, beside those of the calendar. */
  readonly holidays?: readonly string[];
  readonly scopeStatement: string;
  readonly aiRoles: readonly string[];
}

/** How an organisation is named in addresses and on screens. */
export interface OrganisationName {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

interface Row {
  id: string;
  slug: string;
  name: string;
  kind: Organisation['kind'];
  mark_text: string;
  mark_plate: number;
  headcount: number | null;
  time_zone: string;
  holiday_calendar: Organisation['holidayCalendar'];
  holidays: string[];
  scope_statement: string;
  ai_roles: Organisation['aiRoles'];
  aliases: string[];
  version: number;
}

/** Firms and clients: their names, what they are, when they work. */
@Injectable()
export class Organisations {
  constructor(@Inject(TenantDatabase) private readonly database: TenantDatabase) {}

  get(ctx: RequestContext): Promise<Organisation> {
    return this.database.transaction(ctx, (tx) => this.find(tx, ctx.organisationId));
  }

  /** Changes what the organisation says about itself. Its short name stays: addresses hold. */
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
      const after = { ...before, ...input };
      const mark = markOf(after.name);
      await tx.execute(sql`
        update app.organisation set
          name = ${after.name}, headcount = ${after.headcount}, time_zone = ${after.timeZone},
          holiday_calendar = ${after.holidayCalendar},
          holidays = ${[...new Set(after.holidays)].sort()}::date[],
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
          (id, slug, name, kind, headcount, time_zone, holiday_calendar, holidays,
           scope_statement, ai_roles, mark_text, mark_plate)
        values (${id}, ${slug}, ${input.name}, ${input.kind}, ${input.headcount},
                ${input.timeZone}, ${input.holidayCalendar ?? 'custom'},
                ${input.holidays ?? []}::date[], ${input.scopeStatement},
                ${input.aiRoles}::text[], ${mark.text}, ${mark.plate})
        on conflict (slug) do nothing`);
      if (inserted === 1) return slug;
    }
  }

  private async find(tx: Tx, id: string, to: 'read' | 'change' = 'read'): Promise<Organisation> {
    const row = await tx.one<Row>(sql`
      select id, slug, name, kind, mark_text, mark_plate, headcount, time_zone,
             holiday_calendar, holidays::text[] as holidays, scope_statement, ai_roles, aliases, version
      from app.organisation where id = ${id} ${to === 'change' ? sql`for no key update` : sql``}`);
    return {
      id: row.id,
      slug: row.slug,
      name: row.name,
      kind: row.kind,
      mark: { text: row.mark_text, plate: row.mark_plate },
      headcount: row.headcount,
      timeZone: row.time_zone,
      holidayCalendar: row.holiday_calendar,
      holidays: row.holidays,
      scopeStatement: row.scope_statement,
      aiRoles: row.ai_roles,
      aliases: row.aliases,
      version: row.version,
    };
  }
}

function refuseUnknownTimeZone(timeZone: string): void {
  if (Intl.supportedValuesOf('timeZone').includes(timeZone) || timeZone === 'UTC') return;
  throw new Invalid('This time zone is unknown.', [
    { field: 'timeZone', message: 'Use a name like Europe/London.' },
  ]);
}
