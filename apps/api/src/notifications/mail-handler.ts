import { Inject } from '@nestjs/common';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { Members } from '../members/index.ts';
import { Configuration } from '../platform/config/configuration.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { Mailer, type Mail } from '../platform/mail/mailer.ts';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { systemScope } from '../platform/request-context.ts';
import { NOTIFICATION_MAIL } from './notifications.ts';

const payloadSchema = z.object({ notificationId: z.uuid() });

interface Row {
  person_id: string;
  subject: string;
  text: string;
  path: string;
  organisation_name: string;
}

/** Mails a notification once. Who lost access since, or has read it already, gets no mail. */
@OutboxHandler(NOTIFICATION_MAIL)
export class NotificationMail implements OutboxHandling {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Members) private readonly members: Members,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(Configuration) private readonly configuration: Configuration,
  ) {}

  async handle({ organisationId, payload }: DeliveredMessage): Promise<void> {
    const { notificationId } = payloadSchema.parse(payload);
    const mail = await this.write(organisationId, notificationId);
    if (!mail) return;
    await this.mailer.send(mail);
    await this.database.transaction(systemScope(organisationId), (tx) =>
      tx.execute(sql`
        update app.notification set mailed_at = now()
        where organisation_id = ${organisationId} and id = ${notificationId}`),
    );
  }

  private write(organisationId: string, id: string): Promise<Mail | null> {
    return this.database.transaction(systemScope(organisationId), async (tx) => {
      const row = await tx.maybe<Row>(sql`
        select n.person_id, n.subject, n.text, n.path, o.name as organisation_name
        from app.notification n join app.organisation o on o.id = n.organisation_id
        where n.organisation_id = ${organisationId} and n.id = ${id}
          and n.mailed_at is null and n.read_at is null`);
      const person = row && (await this.members.find(tx, row.person_id));
      if (!row || !person?.email) return null;
      const link = new URL(row.path, this.configuration.environment.PUBLIC_URL).href;
      return {
        organisationId,
        effectId: id,
        to: person.email,
        subject: `${row.organisation_name}: ${row.subject}`.replaceAll(/\s+/g, ' '),
        text: `Hello ${person.name},\n\n${row.text}\n\n${link}\n\nPlumbline, for ${row.organisation_name}\n`,
      };
    });
  }
}
