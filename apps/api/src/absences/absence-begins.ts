import { Inject, Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { Notifications } from '../notifications/index.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { systemScope } from '../platform/request-context.ts';
import { dateInWords } from '../runs/index.ts';
import { ABSENCE_BEGINS } from './absence-news.ts';

const payloadSchema = z.object({ absenceId: z.uuid() });

interface Row {
  person_name: string;
  substitute_id: string;
  until_on: string;
  slug: string;
}

/** On the first day of an absence: open pages look again, and the substitute knows that it begins. */
@Injectable()
@OutboxHandler(ABSENCE_BEGINS)
export class AbsenceBegins implements OutboxHandling {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Notifications) private readonly notifications: Notifications,
    @Inject(EventStream) private readonly stream: EventStream,
  ) {}

  async handle({ organisationId, payload }: DeliveredMessage): Promise<void> {
    const { absenceId } = payloadSchema.parse(payload);
    await this.database.transaction(systemScope(organisationId), async (tx) => {
      const row = await tx.maybe<Row>(sql`
        select s.person_name, s.substitute_id, s.until_on::text as until_on, o.slug
        from app.absence a
        join app.standing_in() s
          on s.person_id = a.person_id and s.substitute_id = a.substitute_id
        join app.organisation o on o.id = a.organisation_id
        where a.organisation_id = ${organisationId} and a.id = ${absenceId} and a.ended_at is null
        limit 1`);
      this.stream.publish(tx, organisationId, { type: 'task-changed', id: absenceId });
      if (!row) return;
      await this.notifications.notify(tx, {
        organisationId,
        personId: row.substitute_id,
        kind: 'your-turn',
        subject: `From today you stand in for ${row.person_name}`,
        text: `From today until ${dateInWords(row.until_on)} you stand in for ${row.person_name}. Their work is among your tasks.`,
        path: `/c/${row.slug}/tasks`,
        key: `absence-begins:${absenceId}`,
      });
    });
  }
}
