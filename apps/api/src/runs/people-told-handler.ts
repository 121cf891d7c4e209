import { Inject, Injectable } from '@nestjs/common';
import type { RunEvent } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { Members } from '../members/index.ts';
import { Notifications } from '../notifications/index.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { systemScope } from '../platform/request-context.ts';
import { PEOPLE_TOLD } from './promised-rows.ts';

const payloadSchema = z.object({ runId: z.uuid(), seq: z.int() });

/** Longest subject of a mail, and text of a notification, that a step may say. */
const LONGEST = { subject: 120, text: 1000 };

/** Tells people what a step of a run says to them: each person once, whichever way they are meant. */
@Injectable()
@OutboxHandler(PEOPLE_TOLD)
export class PeopleToldHandler implements OutboxHandling {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Members) private readonly members: Members,
    @Inject(Notifications) private readonly notifications: Notifications,
  ) {}

  async handle({ id, organisationId, payload }: DeliveredMessage): Promise<void> {
    const { runId, seq } = payloadSchema.parse(payload);
    await this.database.transaction(systemScope(organisationId), async (tx) => {
      if (!(await this.outbox.done(tx, { organisationId, id }))) return;
      const { event, slug } = await tx.one<{ event: RunEvent; slug: string }>(sql`
        select e.event, o.slug from app.run_event e join app.organisation o on o.id = e.organisation_id
        where e.organisation_id = ${organisationId} and e.run_id = ${runId} and e.seq = ${seq}`);
      if (event.type !== 'people-told') return;
      const people = new Set<string>();
      for (const role of event.roles) {
        for (const person of await this.members.withRole(tx, role)) people.add(person.id);
      }
      for (const person of event.people) {
        if (await this.members.find(tx, person)) people.add(person);
      }
      for (const personId of people) {
        await this.notifications.notify(tx, {
          organisationId,
          personId,
          kind: 'for-information',
          subject: event.title.slice(0, LONGEST.subject),
          text: `${event.title}. ${event.text}`.slice(0, LONGEST.text),
          path: `/c/${slug}/runs/${runId}`,
          key: `told:${runId}:${event.key}`,
        });
      }
    });
  }
}
