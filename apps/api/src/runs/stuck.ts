import { Inject, Injectable } from '@nestjs/common';
import type { StuckWork } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { EventStream } from '../platform/http/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import { Conflict } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { Acting } from './acting.ts';
import { PEOPLE_TOLD, RUN_ENDED, TASK_NOTICE } from './promised-rows.ts';
import { SIGNAL_SENT } from './signals.ts';

interface Row {
  kind: StuckWork['kind'];
  topic: string;
  trouble: string | null;
  since: Date;
}

/** Work of a run that was tried too often and is set aside until a person says to try it again. */
@Injectable()
export class Stuck {
  constructor(@Inject(EventStream) private readonly stream: EventStream) {}

  /** What is set aside, in words; faults are for the log and are not told. */
  async of(tx: Tx, ctx: Acting, runId: string): Promise<StuckWork[]> {
    const rows = await tx.query<Row>(sql`
      select 'timer' as kind, w.kind as topic, r.trouble, w.due_at as since
      from app.timer w join app.run r on r.organisation_id = w.organisation_id and r.id = w.subject
      where w.organisation_id = ${ctx.organisationId} and w.subject = ${runId}
        and w.status = 'parked'
      union all
      select 'message', m.topic, null, m.parked_at
      from app.outbox m
      where ${parked(ctx, runId)}
      order by since`);
    return rows.map(({ kind, topic, trouble, since }) => ({
      kind,
      what: WHAT[topic] ?? 'Something that follows from a step',
      reason: trouble ?? 'It was tried five times and failed on our side each time.',
      since: since.toISOString(),
    }));
  }

  /** Has everything that is set aside tried again, soon. Refused when there is nothing. Recorded. */
  async retry(tx: Tx, ctx: Acting, runId: string): Promise<void> {
    const timers = await tx.execute(sql`
      update app.timer set status = 'armed', attempts = 0, wake_at = now(), last_error = null
      where organisation_id = ${ctx.organisationId} and subject = ${runId} and status = 'parked'`);
    const messages = await tx.execute(sql`
      update app.outbox m set parked_at = null, attempts = 0, run_at = now(), published_at = null
      where ${parked(ctx, runId)}`);
    if (timers + messages === 0) {
      throw new Conflict(
        'nothing-to-retry',
        'Nothing of this run is set aside. Load the page again to see what it waits for.',
      );
    }
    await tx.execute(sql`
      update app.run set trouble = null
      where organisation_id = ${ctx.organisationId} and id = ${runId}`);
    await recordEvent(tx, ctx, {
      action: 'run.retried',
      entity: 'run',
      entityId: runId,
      payload: { timers, messages },
    });
    tx.announce('outbox', '');
    this.stream.publish(tx, ctx.organisationId, { type: 'run-changed', id: runId });
  }
}

const parked = (ctx: Acting, runId: string) => sql`
  m.organisation_id = ${ctx.organisationId} and m.payload ->> 'runId' = ${runId}
  and m.parked_at is not null and m.done_at is null`;

/** What each kind of timer and message is for. */
const WHAT: Readonly<Record<string, string>> = {
  wait: 'Going on after a wait',
  boundary: 'What happens when a step takes too long',
  escalation: 'The next level of an escalation',
  'due-soon': 'Reminding of a task',
  late: 'Telling that a task is late',
  [TASK_NOTICE]: 'Telling people of a task',
  [PEOPLE_TOLD]: 'Telling people something',
  [SIGNAL_SENT]: 'Handing on a signal',
  [RUN_ENDED]: 'What follows from the end of the run',
};
