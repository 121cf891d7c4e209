import { Inject, Injectable } from '@nestjs/common';
import type { MembersAnswer, UpdateMember } from '@plumbline/contracts';
import { rolesThatMay } from '@plumbline/policies';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { NotFound, Refused, StaleVersion } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { OrganisationScope, RequestContext } from '../platform/request-context.ts';
import { refuseRolesOutOfPlace, type Kind } from './role-rules.ts';

/** A person who becomes a member. */
export interface Joining {
  readonly personId: string;
  readonly roles: readonly string[];
  readonly validTo?: Date | null;
}

interface MemberRow {
  id: string;
  person_id: string;
  roles: string[];
  version: number;
}

interface ListedRow extends MemberRow {
  name: string;
  email: string;
  last_seen_at: Date | null;
  valid_to: Date | null;
}

interface InvitationRow {
  id: string;
  email: string;
  name: string;
  roles: string[];
  expires_at: Date;
  expired: boolean;
}

const MANAGERS: readonly string[] = rolesThatMay('manage', 'Member');
const manages = (roles: readonly string[]): boolean =>
  roles.some((role) => MANAGERS.includes(role));

/** Who belongs to an organisation and as what: the list, and changes to it. */
@Injectable()
export class Membership {
  constructor(@Inject(TenantDatabase) private readonly database: TenantDatabase) {}

  /** Everyone who is a member now, and every invitation that waits. */
  list(ctx: RequestContext): Promise<MembersAnswer> {
    return this.database.transaction(ctx, async (tx) => {
      const members = await tx.query<ListedRow>(sql`
        select m.id, m.person_id, p.name, p.email, m.roles, m.last_seen_at, m.valid_to, m.version
        from app.member m join app.person p on p.id = m.person_id
        where m.organisation_id = ${ctx.organisationId} and app.is_active(m)
        order by p.name, m.id`);
      const invitations = await tx.query<InvitationRow>(sql`
        select id, email, name, roles, expires_at, expires_at <= now() as expired
        from app.invitation
        where organisation_id = ${ctx.organisationId}
          and accepted_at is null and withdrawn_at is null
        order by name, id`);
      return {
        members: members.map((row) => ({
          id: row.id,
          person: { id: row.person_id, name: row.name, email: row.email },
          roles: row.roles,
          status: 'active' as const,
          lastSeenAt: row.last_seen_at?.toISOString() ?? null,
          validTo: row.valid_to?.toISOString() ?? null,
          version: row.version,
        })),
        invitations: invitations.map(({ expires_at, ...row }) => ({
          ...row,
          expiresAt: expires_at.toISOString(),
        })),
      };
    });
  }

  /**
   * Makes a person a member, or a member again; more roles are added to those they hold. Refuses
   * people of a firm that has access here, and a client's people at its firm: advisers prepare, and
   * whoever decides must not be one of them.
   */
  async join(tx: Tx, scope: InOrganisation, joining: Joining): Promise<void> {
    const { personId, roles, validTo = null } = joining;
    const { advises, client } = await tx.one<{ advises: boolean; client: boolean }>(sql`
      select app.advises_here(${personId}) as advises, app.works_for_a_client(${personId}) as client`);
    if (advises) throw new AdviserCannotJoin();
    if (client) throw new ClientCannotAdvise();
    const { id } = await tx.one<{ id: string }>(sql`
      insert into app.member as m (organisation_id, id, person_id, roles, valid_to)
      values (${scope.organisationId}, ${newId()}, ${personId}, ${roles}::text[], ${validTo})
      on conflict (organisation_id, person_id) do update set
        roles = case when app.is_active(m)
          then array(select distinct r from unnest(m.roles || excluded.roles) r order by r)
          else excluded.roles end,
        status = 'active', valid_to = excluded.valid_to, version = m.version + 1, updated_at = now()
      returning id`);
    await recordEvent(tx, scope, {
      action: 'member.joined',
      entity: 'member',
      entityId: id,
      payload: { personId, roles, validTo: validTo?.toISOString() ?? null },
    });
  }

  /** Gives a member other roles. */
  async changeRoles(
    ctx: RequestContext,
    id: string,
    version: number,
    { roles }: UpdateMember,
  ): Promise<void> {
    await this.database.transaction(ctx, async (tx) => {
      const { kind } = await this.takeTurn(tx, ctx);
      const member = await this.find(tx, ctx, id);
      if (member.version !== version) throw new StaleVersion(member.version);
      refuseRolesOutOfPlace(kind, roles);
      const others = await this.otherManagers(tx, ctx, id);
      if (!manages(roles)) this.refuseLastManager(member, others);
      if (member.person_id === ctx.personId) this.refuseMoreForOneself(member, roles, others);
      await tx.execute(sql`
        update app.member set roles = ${roles}::text[], version = version + 1, updated_at = now()
        where organisation_id = ${ctx.organisationId} and id = ${id}`);
      await recordEvent(tx, ctx, {
        action: 'member.roles-changed',
        entity: 'member',
        entityId: id,
        payload: { personId: member.person_id, before: member.roles, after: roles },
      });
    });
  }

  /** Ends a membership: the person's next request finds nothing here any more. */
  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.database.transaction(ctx, async (tx) => {
      await this.takeTurn(tx, ctx);
      const member = await this.find(tx, ctx, id);
      this.refuseLastManager(member, await this.otherManagers(tx, ctx, id));
      await tx.execute(sql`
        update app.member set status = 'removed', version = version + 1, updated_at = now()
        where organisation_id = ${ctx.organisationId} and id = ${id}`);
      await recordEvent(tx, ctx, {
        action: 'member.removed',
        entity: 'member',
        entityId: id,
        payload: { personId: member.person_id, roles: member.roles },
      });
    });
  }

  /** Changes to the members of an organisation take turns, or two managers could remove each other. */
  private takeTurn(tx: Tx, { organisationId }: RequestContext): Promise<{ kind: Kind }> {
    return tx.one<{ kind: Kind }>(
      sql`select kind from app.organisation where id = ${organisationId} for no key update`,
    );
  }

  private async find(tx: Tx, ctx: RequestContext, id: string): Promise<MemberRow> {
    const row = await tx.maybe<MemberRow>(sql`
      select id, person_id, roles, version from app.member m
      where organisation_id = ${ctx.organisationId} and id = ${id} and app.is_active(m)`);
    if (!row) throw new NotFound();
    return row;
  }

  private async otherManagers(tx: Tx, ctx: RequestContext, id: string): Promise<number> {
    const { count } = await tx.one<{ count: number }>(sql`
      select count(*)::int as count from app.member m
      where organisation_id = ${ctx.organisationId} and id <> ${id} and app.is_active(m)
        and valid_to is null and roles && ${MANAGERS}::text[]`);
    return count;
  }

  private refuseLastManager(member: MemberRow, others: number): void {
    if (others > 0 || !manages(member.roles)) return;
    throw new Refused(
      'last-manager',
      'Nobody else here can manage members. Give another person such a role first.',
    );
  }

  /** A second pair of eyes on more rights; a single manager has nobody to ask. */
  private refuseMoreForOneself(member: MemberRow, roles: readonly string[], others: number): void {
    const more = roles.filter((role) => !member.roles.includes(role));
    if (more.length === 0 || others === 0) return;
    throw new Refused(
      'own-roles',
      'You cannot give yourself more roles. Ask another person who manages members.',
    );
  }
}

/** A scope inside one organisation: every write names it. */
export type InOrganisation = OrganisationScope & { readonly organisationId: string };

/** Whoever decides at a client does not also work for the firm that advises it. */
export class ClientCannotAdvise extends Refused {
  constructor() {
    super(
      'client-cannot-advise',
      'You are a member of an organisation that this firm advises. Leave one of the two first: ' +
        'advisers prepare and never decide.',
    );
  }
}

/** A firm's people work at a client as advisers, never as its members. */
export class AdviserCannotJoin extends Refused {
  constructor() {
    super(
      'adviser-cannot-join',
      'This person works for a firm that advises you, so they cannot be a member here as well. ' +
        'They enter through the engagement.',
    );
  }
}
