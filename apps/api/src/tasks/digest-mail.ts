import { Inject } from '@nestjs/common';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { contextOf, Members } from '../members/index.ts';
import { Configuration } from '../platform/config/configuration.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { Mailer, type Mail } from '../platform/mail/mailer.ts';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { digestText, type DigestTask } from './digest-text.ts';
import { waitsFor } from './task-access.ts';

/** Topic of the mail that says what waits for somebody. */
export const DIGEST_MAIL = 'digest-mail';

const payloadSchema = z.object({ personId: z.uuid(), weekly: z.boolean() });

interface Row {
  reference: string;
  type: string;
  due_on: string | null;
  today: string;
}

/** Mails what waits for a person, with references and days only. Nothing to say, no mail. */
@OutboxHandler(DIGEST_MAIL)
export class DigestMail implements OutboxHandling {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Members) private readonly members: Members,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(Configuration) private readonly configuration: Configuration,
  ) {}

  async handle({ id, organisationId, payload }: DeliveredMessage): Promise<void> {
    const { personId, weekly } = payloadSchema.parse(payload);
    const mail = await this.write(organisationId, personId, weekly, id);
    if (mail) await this.mailer.send(mail);
  }

  private write(
    organisationId: string,
    personId: string,
    weekly: boolean,
    effectId: string,
  ): Promise<Mail | null> {
    const scope = { organisationId, personId };
    return this.database.transaction(scope, async (tx) => {
      const ctx = await contextOf(tx, scope, effectId);
      const person = ctx && (await this.members.find(tx, personId));
      if (!ctx || !person?.email) return null;
      const rows = await tx.query<Row>(sql`
        select t.reference, t.type, (t.due_at at time zone o.time_zone)::date::text as due_on,
               (now() at time zone o.time_zone)::date::text as today
        from app.task t join app.organisation o on o.id = t.organisation_id
        where t.organisation_id = ${organisationId} and ${waitsFor(ctx)}
        order by t.due_key, t.id limit 100`);
      const { unread } = await tx.one<{ unread: number }>(sql`
        select count(*)::int as unread from app.notification
        where organisation_id = ${organisationId} and person_id = ${personId}
          and read_at is null`);
      if (rows.length === 0 && unread === 0) return null;
      const tasks = rows.map(({ reference, type, due_on, today }): DigestTask => ({
        reference,
        isDecision: type === 'approval',
        dueOn: due_on,
        late: due_on !== null && due_on < today,
      }));
      const path = `/c/${ctx.organisationSlug}/tasks`;
      const link = new URL(path, this.configuration.environment.PUBLIC_URL).href;
      const text = digestText({ name: person.name, tasks, unread, link, weekly });
      return {
        organisationId,
        effectId,
        to: person.email,
        subject: `${ctx.organisationName}: what waits for you`.replaceAll(/\s+/g, ' '),
        text: `${text}\nPlumbline, for ${ctx.organisationName}\n`,
      };
    });
  }
}
