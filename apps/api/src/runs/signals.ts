import { Inject, Injectable } from '@nestjs/common';
import {
  deadline,
  type AwaitStep,
  type Due,
  type Facts,
  type WorkflowDefinition,
} from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { Conflict } from '../platform/problems.ts';
import type { Acting } from './acting.ts';
import type { HeldRun } from './run-store.ts';
import { calendarOf } from './surroundings.ts';

/** Topic of the message that hands a signal to the runs that may wait for it. */
export const SIGNAL_SENT = 'signal-sent';

/** Days that a signal is kept for runs that come to wait for it; a step may ask for less. */
const KEPT_DAYS = 90;

/** A signal to send. */
export interface NewSignal {
  readonly name: string;
  /** About one AI system, or null: for every run of the organisation. */
  readonly aiSystemId: string | null;
  /** How its sender names it: sent again under it, it is the same signal. */
  readonly senderKey: string;
  readonly facts: Facts;
  /** The run that sent it, which does not get it itself. */
  readonly runId: string | null;
}

/** A signal that was sent. */
export interface SentSignal {
  readonly id: string;
  readonly name: string;
  readonly facts: Facts;
  readonly sentAt: Date;
}

interface Row {
  id: string;
  name: string;
  facts: Facts;
  sent_at: Date;
}

const toSignal = ({ id, name, facts, sent_at }: Row): SentSignal => ({
  ...{ id, name, facts, sentAt: sent_at },
});

/** Signals on their way: kept, handed to the runs that wait now, and found by those that wait later. */
@Injectable()
export class Signals {
  constructor(@Inject(Outbox) private readonly outbox: Outbox) {}

  /**
   * Sends a signal with the commit of `tx`. The same sender's key again changes nothing; with other
   * content it is refused.
   */
  async send(tx: Tx, ctx: Acting, signal: NewSignal): Promise<SentSignal & { again: boolean }> {
    const { name, aiSystemId, senderKey, runId } = signal;
    const facts = JSON.stringify(signal.facts);
    const added = await tx.maybe<Row>(sql`
      insert into app.signal (organisation_id, id, name, ai_system_id, sender_key, facts, run_id,
                              person_id, expires_at)
      values (${ctx.organisationId}, ${newId()}, ${name}, ${aiSystemId}, ${senderKey},
              ${facts}::jsonb, ${runId}, ${ctx.personId}, now() + make_interval(days => ${KEPT_DAYS}))
      on conflict do nothing
      returning id, name, facts, sent_at`);
    if (!added) {
      const before = await tx.one<Row & { same: boolean }>(sql`
        select id, name, facts, sent_at, facts = ${facts}::jsonb as same from app.signal
        where organisation_id = ${ctx.organisationId} and name = ${name}
          and ai_system_id is not distinct from ${aiSystemId} and sender_key = ${senderKey}`);
      if (!before.same) {
        throw new Conflict(
          'signal-differs',
          'A signal with this id was sent with other facts. Send a new one under a new id.',
        );
      }
      return { ...toSignal(before), again: true };
    }
    await this.outbox.add(tx, {
      organisationId: ctx.organisationId,
      topic: SIGNAL_SENT,
      key: added.id,
      payload: { signalId: added.id, ...(runId !== null && { runId }) },
    });
    return { ...toSignal(added), again: false };
  }

  /** A signal and the running runs whose workflow may wait for it, with who waits right now settled. */
  async reachable(
    tx: Tx,
    ctx: Acting,
    signalId: string,
  ): Promise<{ signal: SentSignal; runs: readonly string[] }> {
    // Whoever began to wait before the signal was there has committed by now, or looks again.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${lockOf(ctx)}))`);
    const row = await tx.one<Row & { ai_system_id: string | null; run_id: string | null }>(sql`
      select id, name, facts, sent_at, ai_system_id, run_id from app.signal
      where organisation_id = ${ctx.organisationId} and id = ${signalId}`);
    const runs = await tx.query<{ id: string }>(sql`
      select r.id from app.run r
      join app.workflow_version v
        on v.organisation_id = r.organisation_id and v.id = r.workflow_version_id
      where r.organisation_id = ${ctx.organisationId} and r.status = 'running'
        and (${row.ai_system_id}::uuid is null or r.ai_system_id = ${row.ai_system_id})
        and r.id is distinct from ${row.run_id}
        and (jsonb_path_exists(v.definition, '$.steps[*] ? (@.type == "await" && @.signal == $name)',
                               jsonb_build_object('name', ${row.name}::text))
          or jsonb_path_exists(v.definition, '$.steps[*].boundaries[*] ? (@.signal == $name)',
                               jsonb_build_object('name', ${row.name}::text)))
      order by r.id`);
    return { signal: toSignal(row), runs: runs.map(({ id }) => id) };
  }

  /** Notes that a signal has reached so many more runs. */
  async noteReached(tx: Tx, ctx: Acting, signalId: string, runs: number): Promise<void> {
    await tx.execute(sql`
      update app.signal set reached = reached + ${runs}
      where organisation_id = ${ctx.organisationId} and id = ${signalId}`);
  }

  /**
   * Signals that were sent before a run came to wait for this one, oldest first: as old as the step
   * that waits lets them be, and none that the run has had.
   */
  async keptFor(tx: Tx, ctx: Acting, run: HeldRun, stepId: string): Promise<SentSignal[]> {
    const step = awaitOf(run.definition, stepId);
    if (!step) return [];
    await tx.execute(sql`select pg_advisory_xact_lock_shared(hashtext(${lockOf(ctx)}))`);
    if (!step.keptFor) return [];
    const rows = await this.sentTo(tx, ctx, run, [step.signal], null);
    const calendar = calendarOf(run.organisation);
    return rows.filter(({ sentAt }) => lives(sentAt, step.keptFor, calendar, run.now));
  }

  /** Signals that came while a run was suspended and could not take them. */
  async missedSince(tx: Tx, ctx: Acting, run: HeldRun, since: string): Promise<SentSignal[]> {
    const names = signalsOf(run.definition);
    return names.length === 0 ? [] : this.sentTo(tx, ctx, run, names, since);
  }

  private async sentTo(
    tx: Tx,
    ctx: Acting,
    run: HeldRun,
    names: readonly string[],
    since: string | null,
  ): Promise<SentSignal[]> {
    const rows = await tx.query<Row>(sql`
      select id, name, facts, sent_at from app.signal
      where organisation_id = ${ctx.organisationId} and name = any (${names}::text[])
        and (ai_system_id is null or ai_system_id = ${run.aiSystem.id})
        and run_id is distinct from ${run.id} and expires_at > now()
        and (${since}::timestamptz is null or sent_at >= ${since}::timestamptz)
        and not (id::text = any (${run.state.received}::text[]))
      order by sent_at, id limit 100`);
    return rows.map(toSignal);
  }
}

const lockOf = ({ organisationId }: Acting): string => `plumbline-signals ${organisationId}`;

function lives(
  sentAt: Date,
  keptFor: Due | undefined,
  calendar: ReturnType<typeof calendarOf>,
  now: Date,
): boolean {
  return (
    keptFor !== undefined &&
    Date.parse(deadline(sentAt.toISOString(), keptFor, calendar, 1)) > now.getTime()
  );
}

const awaitOf = (definition: WorkflowDefinition, id: string): AwaitStep | null => {
  const step = definition.steps.find((each) => each.id === id);
  return step?.type === 'await' ? step : null;
};

/** Names of the signals that a workflow may wait for. */
export const signalsOf = ({ steps }: WorkflowDefinition): string[] => [
  ...new Set(
    steps.flatMap((step) => [
      ...(step.type === 'await' ? [step.signal] : []),
      ...('boundaries' in step
        ? (step.boundaries ?? []).flatMap((boundary) =>
            'signal' in boundary ? [boundary.signal] : [],
          )
        : []),
    ]),
  ),
];
