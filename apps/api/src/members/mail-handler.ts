import { Inject } from '@nestjs/common';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { Mailer, type Mail } from '../platform/mail/mailer.ts';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { systemScope } from '../platform/request-context.ts';
import { INVITATION_MAIL, Invitations } from './invitations.ts';

const payloadSchema = z.object({ invitationId: z.uuid(), sent: z.int() });

/** Mails the link of an invitation, unless it has ended or been sent anew meanwhile. */
@OutboxHandler(INVITATION_MAIL)
export class InvitationMail implements OutboxHandling {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Invitations) private readonly invitations: Invitations,
    @Inject(Mailer) private readonly mailer: Mailer,
  ) {}

  async handle({ id, organisationId, payload }: DeliveredMessage): Promise<void> {
    const { invitationId, sent } = payloadSchema.parse(payload);
    const found = await this.database.transaction(systemScope(organisationId), (tx) =>
      tx.maybe<{ email: string; name: string; organisation: string; inviter: string | null }>(sql`
        select i.email, i.name, o.name as organisation, p.name as inviter
        from app.invitation i
        join app.organisation o on o.id = i.organisation_id
        left join app.person p on p.id = i.invited_by
        where i.organisation_id = ${organisationId} and i.id = ${invitationId} and i.sent = ${sent}
          and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > now()`),
    );
    if (!found) return;
    const { email, name, organisation, inviter } = found;
    const mail: Mail = {
      organisationId,
      effectId: id,
      to: email,
      subject: `${organisation}: you are invited to Plumbline`.replaceAll(/\s+/g, ' '),
      text:
        `Hello ${name},\n\n` +
        `${inviter ?? 'The operator of Plumbline'} invites you to ${organisation} on Plumbline. ` +
        'The link works once, for 72 hours:\n\n' +
        `${this.invitations.linkOf(invitationId, sent)}\n\n` +
        'If you do not expect this, you can leave it: nothing happens without you.\n',
    };
    await this.mailer.send(mail);
  }
}
