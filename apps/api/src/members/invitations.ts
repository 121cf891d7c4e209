import { Inject, Injectable } from '@nestjs/common';
import type { InviteMember } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { Configuration } from '../platform/config/configuration.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { hashSecret, linkSecret } from '../platform/one-time-link.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { Conflict, NotFound, Problem } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { AdviserCannotJoin, Membership, type InOrganisation } from './membership.ts';
import { memberUntil, refuseRolesOutOfPlace, type Kind } from './role-rules.ts';

/** Topic of the mail with the link. */
export const INVITATION_MAIL = 'invitation-mail';

/** Hours that an invitation may be accepted. */
const LIFE = 72;

/** An invitation as its link finds it. */
export interface OpenInvitationRow {
  readonly organisation_id: string;
  readonly id: string;
  readonly organisation_name: string;
  readonly slug: string;
  readonly email: string;
  readonly name: string;
  readonly roles: string[];
  readonly member_until: Date | null;
}

/** One answer for every link that leads nowhere: never made, expired, withdrawn or used. */
export class InvitationGone extends Problem {
  constructor() {
    super(
      404,
      'invitation-gone',
      'This invitation has expired or was used. Ask the person who invited you for a new one.',
    );
  }
}

/** Asking people to become members. */
@Injectable()
export class Invitations {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Membership) private readonly membership: Membership,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Configuration) private readonly configuration: Configuration,
  ) {}

  /** Invites somebody to the organisation of the request. */
  async invite(ctx: RequestContext, input: InviteMember): Promise<void> {
    await this.database.transaction(ctx, (tx) => this.add(tx, ctx, input));
  }

  /** Invites somebody inside a transaction of the organisation; answers the invitation's id. */
  async add(tx: Tx, scope: InOrganisation, input: InviteMember): Promise<string> {
    const { kind } = await tx.one<{ kind: Kind }>(
      sql`select kind from app.organisation where id = ${scope.organisationId}`,
    );
    refuseRolesOutOfPlace(kind, input.roles);
    const until = memberUntil(input.roles, input.validTo, await tx.now());
    await this.refuseWhoIsHere(tx, input.email);
    const id = newId();
    const added = await tx.execute(sql`
      insert into app.invitation
        (organisation_id, id, email, name, roles, token_hash, invited_by, member_until, expires_at)
      values (${scope.organisationId}, ${id}, ${input.email}, ${input.name},
              ${input.roles}::text[], ${hashSecret(this.secretOf(id, 1))}, ${scope.personId},
              ${until}, now() + make_interval(hours => ${LIFE}))
      on conflict (organisation_id, lower(email))
        where accepted_at is null and withdrawn_at is null do nothing`);
    if (added === 0) {
      throw new Conflict(
        'already-invited',
        'This address has an invitation that nobody has accepted yet. Send that one again.',
      );
    }
    await this.promiseMail(tx, scope, id, 1);
    await recordEvent(tx, scope, {
      action: 'invitation.sent',
      entity: 'invitation',
      entityId: id,
      payload: { email: input.email, name: input.name, roles: input.roles },
    });
    return id;
  }

  /** Sends a new link, good for another 72 hours; the old one ends. */
  async resend(ctx: RequestContext, id: string): Promise<void> {
    await this.database.transaction(ctx, async (tx) => {
      const { sent } = await tx.one<{ sent: number }>(sql`
        select sent + 1 as sent from app.invitation
        where organisation_id = ${ctx.organisationId} and id = ${id}
          and accepted_at is null and withdrawn_at is null
        for update`);
      await tx.execute(sql`
        update app.invitation set sent = ${sent}, token_hash = ${hashSecret(this.secretOf(id, sent))},
          expires_at = now() + make_interval(hours => ${LIFE})
        where organisation_id = ${ctx.organisationId} and id = ${id}`);
      await this.promiseMail(tx, ctx, id, sent);
      await recordEvent(tx, ctx, {
        action: 'invitation.sent-again',
        entity: 'invitation',
        entityId: id,
        payload: { sent },
      });
    });
  }

  /** Ends an invitation that nobody has accepted. */
  async withdraw(ctx: RequestContext, id: string): Promise<void> {
    await this.database.transaction(ctx, async (tx) => {
      const withdrawn = await tx.execute(sql`
        update app.invitation set withdrawn_at = now()
        where organisation_id = ${ctx.organisationId} and id = ${id}
          and accepted_at is null and withdrawn_at is null`);
      if (withdrawn === 0) throw new NotFound();
      await recordEvent(tx, ctx, {
        action: 'invitation.withdrawn',
        entity: 'invitation',
        entityId: id,
        payload: {},
      });
    });
  }

  /** The invitation that a link leads to, in any transaction; InvitationGone when it leads nowhere. */
  async open(tx: Tx, secret: string): Promise<OpenInvitationRow> {
    const found = await tx.maybe<OpenInvitationRow>(
      sql`select * from app.find_invitation(${hashSecret(secret)})`,
    );
    if (!found) throw new InvitationGone();
    return found;
  }

  /** Makes the person a member as the invitation says. Of two at once, one finds it gone. */
  async accept(tx: Tx, invitation: OpenInvitationRow, personId: string): Promise<void> {
    const scope = { organisationId: invitation.organisation_id, personId };
    await tx.enter(scope);
    const accepted = await tx.execute(sql`
      update app.invitation set accepted_at = now()
      where organisation_id = ${scope.organisationId} and id = ${invitation.id}
        and accepted_at is null and withdrawn_at is null and expires_at > now()`);
    if (accepted === 0) throw new InvitationGone();
    await recordEvent(tx, scope, {
      action: 'invitation.accepted',
      entity: 'invitation',
      entityId: invitation.id,
      payload: {},
    });
    const { roles, member_until: validTo } = invitation;
    await this.membership.join(tx, scope, { personId, roles, validTo });
  }

  /** Where an invitation's link leads, on the web. */
  linkOf(id: string, sent: number): string {
    const path = `/invitation/${this.secretOf(id, sent)}`;
    return new URL(path, this.configuration.environment.PUBLIC_URL).href;
  }

  private secretOf(id: string, sent: number): string {
    return linkSecret(this.configuration.secrets.sessionPepper, 'invitation', id, sent);
  }

  private promiseMail(tx: Tx, scope: InOrganisation, id: string, sent: number): Promise<void> {
    return this.outbox.add(tx, {
      organisationId: scope.organisationId,
      topic: INVITATION_MAIL,
      key: `${id}-${sent}`,
      payload: { invitationId: id, sent },
    });
  }

  private async refuseWhoIsHere(tx: Tx, email: string): Promise<void> {
    const found = await tx.maybe<{ advises: boolean; member: boolean }>(sql`
      select app.advises_here(p.id) as advises,
             exists (select 1 from app.people_here(p.id) h where h.relation = 'member') as member
      from app.person p where lower(p.email) = ${email.toLowerCase()}`);
    if (found?.member) {
      throw new Conflict(
        'already-member',
        'A person with this address is a member already. Change their roles instead.',
      );
    }
    if (found?.advises) throw new AdviserCannotJoin();
  }
}
