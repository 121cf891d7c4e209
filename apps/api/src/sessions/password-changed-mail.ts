import { Inject } from '@nestjs/common';
import { z } from 'zod';
import { Configuration } from '../platform/config/configuration.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { Mailer } from '../platform/mail/mailer.ts';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { ANYWHERE } from '../platform/request-context.ts';
import { Accounts, PASSWORD_CHANGED_MAIL } from './accounts.ts';

const payloadSchema = z.object({ personId: z.uuid() });

/** Tells a person that their password is another one now, in case it was not they who changed it. */
@OutboxHandler(PASSWORD_CHANGED_MAIL)
export class PasswordChangedMail implements OutboxHandling {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(Configuration) private readonly configuration: Configuration,
  ) {}

  async handle({ id, organisationId, payload }: DeliveredMessage): Promise<void> {
    const { personId } = payloadSchema.parse(payload);
    const person = await this.database.transaction(ANYWHERE, (tx) =>
      this.accounts.get(tx, personId),
    );
    const link = new URL('/sign-in', this.configuration.environment.PUBLIC_URL).href;
    await this.mailer.send({
      organisationId,
      effectId: id,
      to: person.email,
      subject: 'Plumbline: your password was changed',
      text:
        `Hello ${person.name},\n\n` +
        'Your password was changed, and you were signed out everywhere else.\n\n' +
        'If this was not you, ask for a new password at once:\n\n' +
        `${link}\n`,
    });
  }
}
