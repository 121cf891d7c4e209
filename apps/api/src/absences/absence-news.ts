import { Inject, Injectable } from '@nestjs/common';
import type { DeclareAbsence } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import type { PersonHere } from '../members/index.ts';
import { Notifications } from '../notifications/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { dateInWords } from '../runs/index.ts';

/** Topic of the message that tells a substitute on the first day that their time begins. */
export const ABSENCE_BEGINS = 'absence-begins';

interface Declared {
  readonly id: string;
  readonly person: PersonHere;
  readonly input: DeclareAbsence;
  readonly today: string;
}

/** Tells substitutes, and open pages, of absences. */
@Injectable()
export class AbsenceNews {
  constructor(
    @Inject(Notifications) private readonly notifications: Notifications,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(EventStream) private readonly stream: EventStream,
  ) {}

  /** Tells the substitute now, and again on the first day when that is still to come. */
  async declared(
    tx: Tx,
    ctx: RequestContext,
    { id, person, input, today }: Declared,
  ): Promise<void> {
    const [from, until] = [dateInWords(input.from), dateInWords(input.until)];
    await this.notifications.notify(tx, {
      organisationId: ctx.organisationId,
      personId: input.substitute,
      kind: 'for-information',
      subject: `You stand in for ${person.name}`,
      text: `You stand in for ${person.name} from ${from} to ${until}.`,
      path: `/c/${ctx.organisationSlug}/absences`,
      key: `absence:${id}`,
    });
    const { delay } = await tx.one<{ delay: number }>(sql`
      select greatest(0, extract(epoch from
        (${input.from}::date::timestamp at time zone time_zone) - now()))::float8 as delay
      from app.organisation where id = ${ctx.organisationId}`);
    const payload = { absenceId: id };
    const message = { organisationId: ctx.organisationId, topic: ABSENCE_BEGINS, key: id, payload };
    await this.outbox.add(tx, { ...message, delay: input.from <= today ? 0 : delay });
    this.stream.publish(tx, ctx.organisationId, { type: 'task-changed', id });
  }

  /** Tells the substitute that it is over. */
  async ended(
    tx: Tx,
    ctx: RequestContext,
    { id, name, substitute }: { id: string; name: string; substitute: string },
  ): Promise<void> {
    await this.notifications.notify(tx, {
      organisationId: ctx.organisationId,
      personId: substitute,
      kind: 'for-information',
      subject: `You no longer stand in for ${name}`,
      text: `You no longer stand in for ${name}.`,
      path: `/c/${ctx.organisationSlug}/absences`,
      key: `absence-ended:${id}`,
    });
    this.stream.publish(tx, ctx.organisationId, { type: 'task-changed', id });
  }
}
