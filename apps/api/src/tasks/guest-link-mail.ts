import { Inject } from '@nestjs/common';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { Configuration } from '../platform/config/configuration.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { Mailer } from '../platform/mail/mailer.ts';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { systemScope } from '../platform/request-context.ts';
import { dateInWords } from '../runs/index.ts';
import { GUEST_LINK_MAIL, GuestLinks } from './guest-links.ts';

const payloadSchema = z.object({ guestLinkId: z.uuid() });

interface Row {
  name: string;
  email: string;
  message: string;
  expires_at: Date;
  organisation: string;
  time_zone: string;
  inviter: string;
}

/** Mails the link of a form to somebody outside, unless it has ended meanwhile. */
@OutboxHandler(GUEST_LINK_MAIL)
export class GuestLinkMail implements OutboxHandling {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(GuestLinks) private readonly links: GuestLinks,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(Configuration) private readonly configuration: Configuration,
  ) {}

  async handle({ id, organisationId, payload }: DeliveredMessage): Promise<void> {
    const { guestLinkId } = payloadSchema.parse(payload);
    const found = await this.database.transaction(systemScope(organisationId), (tx) =>
      tx.maybe<Row>(sql`
        select g.name, g.email, g.message, g.expires_at, o.name as organisation, o.time_zone,
               p.name as inviter
        from app.guest_link g
        join app.organisation o on o.id = g.organisation_id
        join app.person p on p.id = g.invited_by
        where g.organisation_id = ${organisationId} and g.id = ${guestLinkId}
          and g.used_at is null and g.revoked_at is null and g.expires_at > now()`),
    );
    if (!found) return;
    const path = `/guest/${this.links.secretOf(guestLinkId)}`;
    const link = new URL(path, this.configuration.environment.PUBLIC_URL).href;
    const until = dateInWords(found.expires_at.toISOString(), found.time_zone);
    const said = found.message === '' ? '' : `${found.message}\n\n`;
    await this.mailer.send({
      organisationId,
      effectId: id,
      to: found.email,
      subject: `${found.organisation}: some questions for you`.replaceAll(/\s+/g, ' '),
      text:
        `Hello ${found.name},\n\n` +
        `${found.inviter} of ${found.organisation} asks you to answer some questions. You need no ` +
        `account. The link works once, until ${until}:\n\n${link}\n\n${said}` +
        'If you do not expect this, you can leave it: nothing happens without you.\n',
    });
  }
}
