import { Inject } from '@nestjs/common';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { Mailer } from '../platform/mail/mailer.ts';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { ANYWHERE } from '../platform/request-context.ts';
import { PASSWORD_RESET_MAIL, RESET_MINUTES, ResetLinks } from './reset-links.ts';

const payloadSchema = z.object({ resetId: z.uuid() });

/** Mails the link of a password reset, if there is somebody to mail it to and it still works. */
@OutboxHandler(PASSWORD_RESET_MAIL)
export class PasswordResetMail implements OutboxHandling {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(ResetLinks) private readonly links: ResetLinks,
    @Inject(Mailer) private readonly mailer: Mailer,
  ) {}

  async handle({ id, organisationId, payload }: DeliveredMessage): Promise<void> {
    const { resetId } = payloadSchema.parse(payload);
    const person = await this.database.transaction(ANYWHERE, (tx) =>
      tx.maybe<{ name: string; email: string }>(sql`
        select p.name, p.email
        from app.password_reset r join app.person p on p.id = r.person_id
        where r.id = ${resetId} and r.used_at is null and r.expires_at > now()`),
    );
    if (!person) return;
    await this.mailer.send({
      organisationId,
      effectId: id,
      to: person.email,
      subject: 'Plumbline: choose a new password',
      text:
        `Hello ${person.name},\n\n` +
        `This link lets you choose a new password. It works once, for ${RESET_MINUTES} minutes:\n\n` +
        `${this.links.linkOf(resetId)}\n\n` +
        'If you did not ask for it, you can leave it: your password stays as it is.\n',
    });
  }
}
