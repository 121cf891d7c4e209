import { Inject, Injectable } from '@nestjs/common';
import type {
  Advisers,
  Engagement,
  EngagementsAnswer,
  GrantEngagement,
  UpdateEngagement,
} from '@plumbline/contracts';
import sql from 'sql-template-tag';
import type { InOrganisation } from '../members/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { Conflict, Invalid, Refused, StaleVersion } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { EngagementNews } from './engagement-news.ts';
import { refuseImpossibleDays, SET_UP_DAYS } from './engagement-rules.ts';
import { toEngagements, type EngagementRow } from './to-contract.ts';

interface OwnRow {
  id: string;
  firm_id: string;
  basis: 'set-up' | 'granted';
  scope: string;
  people: string[] | null;
  valid_from: Date;
  valid_to: Date;
  version: number;
  ended: boolean;
}

/**
 * Access that clients give to firms. Only a client's people grant, change and revoke; each change
 * holds from the next request on, because every request asks for a live engagement anew.
 */
@Injectable()
export class Engagements {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(EngagementNews) private readonly news: EngagementNews,
  ) {}

  /** A client's own engagements, or those that clients gave to this firm. */
  list(ctx: RequestContext): Promise<EngagementsAnswer> {
    return this.database.transaction(ctx, (tx) => this.listIn(tx));
  }

  /** Whom of the firm an engagement can be limited to. */
  advisers(ctx: RequestContext, id: string): Promise<Advisers> {
    return this.database.transaction(ctx, async (tx) => {
      const { firm_id: firmId } = await this.find(tx, ctx, id);
      const people = await tx.query<{ person_id: string; name: string }>(
        sql`select * from app.advisers_of(${firmId}) order by name, person_id`,
      );
      return { advisers: people.map(({ person_id, name }) => ({ id: person_id, name })) };
    });
  }

  /** Lets a firm in. */
  async grant(ctx: RequestContext, input: GrantEngagement): Promise<EngagementsAnswer> {
    return this.database.transaction(ctx, async (tx) => {
      await this.open(tx, ctx, input);
      return this.listIn(tx);
    });
  }

  /** The same inside a transaction of the client, in the name of its person. */
  async open(tx: Tx, scope: InOrganisation, input: GrantEngagement): Promise<void> {
    await this.takeTurn(tx, scope);
    const now = await tx.now();
    const from = input.validFrom ? new Date(input.validFrom) : now;
    const to = new Date(input.validTo);
    refuseImpossibleDays(from, to, now);
    const firmId = await this.findFirm(tx, input.firm);
    await this.refuseSecond(tx, scope, firmId);
    await this.refuseMembersOf(tx, firmId);
    const id = newId();
    await tx.execute(sql`
      insert into app.engagement
        (organisation_id, id, firm_id, basis, scope, people, valid_from, valid_to, granted_by)
      values (${scope.organisationId}, ${id}, ${firmId}, 'granted', ${input.scope},
              ${input.people}::uuid[], ${from}, ${to}, ${scope.personId})`);
    // Only now: a firm's people are shown to clients that have an engagement with it.
    await this.refuseStrangers(tx, firmId, input.people);
    await recordEvent(tx, scope, {
      action: 'engagement.granted',
      entity: 'engagement',
      entityId: id,
      payload: {
        firmId,
        scope: input.scope,
        people: input.people,
        validFrom: from.toISOString(),
        validTo: to.toISOString(),
      },
    });
    await this.news.tell(tx, scope, firmId, { change: 'granted', key: `engagement:${id}:1` });
  }

  /** Changes what a firm may enter for, who and how long; confirms what the firm had set up. */
  async change(
    ctx: RequestContext,
    id: string,
    version: number,
    input: UpdateEngagement,
  ): Promise<EngagementsAnswer> {
    return this.database.transaction(ctx, async (tx) => {
      const before = await this.findOpen(tx, ctx, id);
      if (before.version !== version) throw new StaleVersion(before.version);
      if (Object.keys(input).length === 0) return this.listIn(tx);
      const after = {
        basis: input.confirm ? ('granted' as const) : before.basis,
        scope: input.scope ?? before.scope,
        people: input.people === undefined ? before.people : input.people,
        validTo: input.validTo ? new Date(input.validTo) : before.valid_to,
      };
      if (input.validTo) {
        if (after.basis === 'set-up') {
          throw new Refused('confirm-first', 'Confirm this engagement before you make it longer.');
        }
        refuseImpossibleDays(before.valid_from, after.validTo, await tx.now());
      }
      if (input.confirm) await this.refuseMembersOf(tx, before.firm_id);
      await this.refuseStrangers(tx, before.firm_id, input.people ?? null);
      await tx.execute(sql`
        update app.engagement set basis = ${after.basis}, scope = ${after.scope},
          people = ${after.people}::uuid[], valid_to = ${after.validTo},
          granted_by = case when ${after.basis} = 'granted' then coalesce(granted_by, ${ctx.personId}) end,
          version = version + 1
        where organisation_id = ${ctx.organisationId} and id = ${id}`);
      await recordEvent(tx, ctx, {
        action: input.confirm ? 'engagement.confirmed' : 'engagement.changed',
        entity: 'engagement',
        entityId: id,
        payload: { firmId: before.firm_id, ...after, validTo: after.validTo.toISOString() },
      });
      await this.news.tell(tx, ctx, before.firm_id, {
        change: input.confirm ? 'granted' : 'changed',
        key: `engagement:${id}:${version + 1}`,
      });
      return this.listIn(tx);
    });
  }

  /** Shuts a firm out: its people's next request finds nothing here. */
  async revoke(ctx: RequestContext, id: string): Promise<EngagementsAnswer> {
    return this.database.transaction(ctx, async (tx) => {
      const { firm_id: firmId } = await this.findOpen(tx, ctx, id);
      await tx.execute(sql`
        update app.engagement
        set revoked_at = now(), revoked_by = ${ctx.personId}, version = version + 1
        where organisation_id = ${ctx.organisationId} and id = ${id}`);
      await recordEvent(tx, ctx, {
        action: 'engagement.revoked',
        entity: 'engagement',
        entityId: id,
        payload: { firmId },
      });
      await this.news.tell(tx, ctx, firmId, { change: 'revoked', key: `engagement:${id}:end` });
      return this.listIn(tx);
    });
  }

  /**
   * The access of a firm to a client that it has just created, until somebody there confirms it or
   * 30 days are over. In a transaction of the client.
   */
  async setUp(tx: Tx, scope: InOrganisation, firmId: string): Promise<void> {
    const id = newId();
    await tx.execute(sql`
      insert into app.engagement (organisation_id, id, firm_id, basis, valid_to)
      values (${scope.organisationId}, ${id}, ${firmId}, 'set-up',
              now() + make_interval(days => ${SET_UP_DAYS}))`);
    await recordEvent(tx, scope, {
      action: 'engagement.set-up',
      entity: 'engagement',
      entityId: id,
      payload: { firmId, days: SET_UP_DAYS },
    });
  }

  private async listIn(tx: Tx): Promise<EngagementsAnswer> {
    const rows = await tx.query<EngagementRow>(sql`
      select e.*, p.name as granted_by_name, now() as now,
        (select jsonb_agg(jsonb_build_object('id', q.id, 'name', q.name) order by q.name)
         from app.person q where q.id = any (e.people)) as people_refs
      from app.my_engagements() e left join app.person p on p.id = e.granted_by
      order by e.created_at desc, e.id desc`);
    const engagements: Engagement[] = toEngagements(rows);
    return { engagements };
  }

  /** Grants take turns, or two at once could open two engagements with one firm. */
  private async takeTurn(tx: Tx, { organisationId }: InOrganisation): Promise<void> {
    await tx.one(sql`select id from app.organisation
      where id = ${organisationId} and kind = 'client' for no key update`);
  }

  private async find(tx: Tx, ctx: RequestContext, id: string): Promise<OwnRow> {
    return tx.one<OwnRow>(sql`
      select id, firm_id, basis, scope, people, valid_from, valid_to, version,
             revoked_at is not null or valid_to <= now() as ended
      from app.engagement where organisation_id = ${ctx.organisationId} and id = ${id}
      for update`);
  }

  private async findOpen(tx: Tx, ctx: RequestContext, id: string): Promise<OwnRow> {
    const found = await this.find(tx, ctx, id);
    if (found.ended) {
      throw new Conflict(
        'engagement-ended',
        'This engagement has ended. Grant a new one to let the firm in again.',
      );
    }
    return found;
  }

  private async findFirm(tx: Tx, slug: string): Promise<string> {
    const firm = await tx.maybe<{ id: string }>(sql`select id from app.find_firm(${slug})`);
    if (firm) return firm.id;
    throw new Invalid('There is no such firm.', [
      { field: 'firm', message: 'Ask the firm for its short name on Plumbline.' },
    ]);
  }

  private async refuseSecond(tx: Tx, ctx: InOrganisation, firmId: string): Promise<void> {
    const open = await tx.maybe(sql`
      select 1 from app.engagement
      where organisation_id = ${ctx.organisationId} and firm_id = ${firmId}
        and revoked_at is null and valid_to > now()
      limit 1`);
    if (!open) return;
    throw new Conflict(
      'engagement-exists',
      'This firm has an engagement with you already. Change that one, or revoke it first.',
    );
  }

  /** Whoever decides at a client must not work for its adviser (SOD-07). */
  private async refuseMembersOf(tx: Tx, firmId: string): Promise<void> {
    const members = await tx.query<{ name: string }>(
      sql`select members_who_work_for as name from app.members_who_work_for(${firmId})`,
    );
    if (members.length === 0) return;
    throw new Refused(
      'member-works-for-firm',
      `${members.map(({ name }) => name).join(', ')} works for this firm and is a member here. ` +
        'End that membership first: advisers prepare and never decide.',
    );
  }

  private async refuseStrangers(
    tx: Tx,
    firmId: string,
    people: readonly string[] | null,
  ): Promise<void> {
    if (people === null) return;
    const { known } = await tx.one<{ known: string[] }>(sql`
      select array(select person_id from app.advisers_of(${firmId})) as known`);
    if (people.every((id) => known.includes(id))) return;
    throw new Invalid('Some of these people cannot be chosen.', [
      {
        field: 'people',
        message: 'Choose advisers of this firm, or leave it open to all of them.',
      },
    ]);
  }
}
