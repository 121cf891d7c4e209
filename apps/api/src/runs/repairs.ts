import { Inject, Injectable } from '@nestjs/common';
import type { AskRepair, Repair, RepairActionInput, RepairPreview } from '@plumbline/contracts';
import { rolesThatMay } from '@plumbline/policies';
import type { Move, RepairAction } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import { Members } from '../members/index.ts';
import { Notifications } from '../notifications/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { newId } from '../platform/ids.ts';
import { Conflict, Problem } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { entriesOf, peopleInEvents } from './run-history.ts';
import { problemOf } from './refusal.ts';
import { repairInWords } from './repair-words.ts';
import type { HeldRun } from './run-store.ts';
import { Runs, type RunCommand } from './runs.ts';
import { whyTwo } from './second-person.ts';

interface Row {
  id: string;
  run_id: string;
  action: RepairAction;
  words: string;
  reason: string;
  needs_two: string | null;
  status: Repair['status'];
  run_version: number;
  version_now: number;
  asked_by: string;
  asked_by_name: string;
  asked_at: Date;
  settled_by: string | null;
  settled_by_name: string | null;
  settled_at: Date | null;
  settled_reason: string | null;
}

/** Putting runs right: asked for with a reason, confirmed by a second person where that is needed. */
@Injectable()
export class Repairs {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(Members) private readonly members: Members,
    @Inject(Notifications) private readonly notifications: Notifications,
    @Inject(EventStream) private readonly stream: EventStream,
  ) {}

  /** What a repair would do, whether it can be done now, and whether it takes two. Changes nothing. */
  preview(ctx: RequestContext, runId: string, given: RepairActionInput): Promise<RepairPreview> {
    const action = given as RepairAction;
    return this.database.transaction(ctx, async (tx) => {
      const { run, moved } = await this.runs.trial(tx, ctx, runId, commandOf(action, 'A trial.'));
      const shown = {
        words: repairInWords(action, run.definition),
        needsTwo: whyOf(ctx, run, action),
      };
      if (moved.refused) return { ...shown, refusal: moved.message, entries: [], waitsAt: [] };
      return { ...shown, refusal: null, ...(await this.outlook(tx, run, moved)) };
    });
  }

  /** Repairs a run, or asks for it where a second person must confirm. */
  ask(
    ctx: RequestContext,
    runId: string,
    { action: given, reason, version }: AskRepair,
  ): Promise<Repair> {
    const action = given as RepairAction;
    return this.database.transaction(ctx, async (tx) => {
      const { run, moved } = await this.runs.trial(tx, ctx, runId, commandOf(action, reason));
      if (run.state.seq !== version) throw outdated();
      if (moved.refused) throw problemOf(moved);
      const needsTwo = whyOf(ctx, run, action);
      const id = newId();
      const words = repairInWords(action, run.definition);
      await tx.execute(sql`
        insert into app.repair (organisation_id, id, run_id, action, words, reason, needs_two, status,
                                run_version, asked_by, settled_by, settled_at)
        values (${ctx.organisationId}, ${id}, ${runId}, ${JSON.stringify(action)}::jsonb, ${words},
                ${reason}, ${needsTwo}, ${needsTwo === null ? 'done' : 'asked'}, ${version},
                ${ctx.personId}, ${needsTwo === null ? ctx.personId : null},
                case when ${needsTwo === null} then now() end)`);
      if (needsTwo === null) {
        await this.runs.command(tx, ctx, runId, commandOf(action, reason));
      } else {
        await this.note(tx, ctx, 'run.repair-asked', { id, runId, words, reason });
        await this.tellWhoMayConfirm(tx, ctx, { id, run, words });
      }
      return this.one(tx, ctx, runId, id);
    });
  }

  /** Carries out what somebody else asked for. Never by the same person, never by an adviser. */
  confirm(ctx: RequestContext, runId: string, id: string): Promise<Repair> {
    return this.database.transaction(ctx, async (tx) => {
      const asked = await this.row(tx, ctx, runId, id);
      if (asked.asked_by === ctx.personId) {
        throw new Problem(
          403,
          'own-repair',
          'You asked for this repair. A second person must confirm it.',
        );
      }
      const reason = `${asked.reason} (asked for by ${asked.asked_by_name})`;
      const command = commandOf(asked.action, reason);
      // Whoever comes second finds the run held, and then the repair settled.
      const { run } = await this.runs.trial(tx, ctx, runId, command);
      await this.settle(tx, ctx, asked, 'done', null);
      if (run.state.seq !== asked.run_version) throw outdated();
      await this.runs.command(tx, ctx, runId, command);
      return this.one(tx, ctx, runId, id);
    });
  }

  /** Says no to a repair, or takes back one's own. */
  turnDown(ctx: RequestContext, runId: string, id: string, reason: string): Promise<Repair> {
    return this.database.transaction(ctx, async (tx) => {
      const asked = await this.row(tx, ctx, runId, id);
      const own = asked.asked_by === ctx.personId;
      if (!own && !ctx.ability.can('decide', 'Run')) {
        throw new Problem(
          403,
          'forbidden',
          'Only whoever asked for this repair, or somebody who may confirm it, can do this.',
        );
      }
      const status = own ? 'withdrawn' : 'turned-down';
      await this.settle(tx, ctx, asked, status, reason);
      await this.note(tx, ctx, `run.repair-${status}`, { id, runId, words: asked.words, reason });
      return this.one(tx, ctx, runId, id);
    });
  }

  /** The repairs of a run, the newest first. */
  list(ctx: RequestContext, runId: string): Promise<{ items: Repair[] }> {
    return this.database.transaction(ctx, async (tx) => {
      await tx.one(sql`
        select 1 from app.run where organisation_id = ${ctx.organisationId} and id = ${runId}`);
      const rows = await tx.query<Row>(sql`
        select ${COLUMNS} where p.organisation_id = ${ctx.organisationId} and p.run_id = ${runId}
        order by p.asked_at desc, p.id desc limit 200`);
      return { items: rows.map((row) => toRepair(ctx, row)) };
    });
  }

  private async outlook(
    tx: Tx,
    run: HeldRun,
    { state, events }: Move,
  ): Promise<Pick<RepairPreview, 'entries' | 'waitsAt'>> {
    const names = await this.members.peopleOf(tx, peopleInEvents(events));
    const stored = events.map((event) => ({ event, firm: null }));
    const nameOf = (id: string) => run.definition.steps.find((step) => step.id === id)?.name ?? id;
    return {
      entries: entriesOf(stored, run.definition, names)
        .filter(({ type }) => type !== 'run-repaired')
        .map(({ text }) => text),
      waitsAt: [...new Set(state.tokens.map(({ step }) => nameOf(step)))],
    };
  }

  private async settle(
    tx: Tx,
    ctx: RequestContext,
    { id }: Row,
    status: Repair['status'],
    reason: string | null,
  ): Promise<void> {
    const settled = await tx.execute(sql`
      update app.repair set status = ${status}, settled_by = ${ctx.personId}, settled_at = now(),
        settled_reason = ${reason}
      where organisation_id = ${ctx.organisationId} and id = ${id} and status = 'asked'`);
    if (settled === 1) return;
    throw new Conflict('repair-settled', 'Somebody has settled this repair already.');
  }

  private async note(
    tx: Tx,
    ctx: RequestContext,
    action: string,
    { id, runId, ...payload }: { id: string; runId: string; words: string; reason: string },
  ): Promise<void> {
    await recordEvent(tx, ctx, {
      action,
      entity: 'run',
      entityId: runId,
      payload: { repair: id, ...payload },
    });
    this.stream.publish(tx, ctx.organisationId, { type: 'run-changed', id: runId });
  }

  private async tellWhoMayConfirm(
    tx: Tx,
    ctx: RequestContext,
    { id, run }: { id: string; run: HeldRun; words: string },
  ): Promise<void> {
    const people = new Set<string>();
    for (const role of rolesThatMay('decide', 'Run')) {
      for (const person of await this.members.withRole(tx, role)) people.add(person.id);
    }
    people.delete(ctx.personId);
    for (const personId of people) {
      await this.notifications.notify(tx, {
        organisationId: ctx.organisationId,
        personId,
        kind: 'your-turn',
        subject: 'A repair waits to be confirmed',
        text: `${ctx.personName} asks to put a run of “${run.definition.name}” right. A second person must confirm it.`,
        path: `/c/${ctx.organisationSlug}/runs/${run.id}`,
        key: `repair:${id}`,
      });
    }
  }

  private row(tx: Tx, ctx: RequestContext, runId: string, id: string): Promise<Row> {
    return tx.one<Row>(sql`
      select ${COLUMNS} where p.organisation_id = ${ctx.organisationId} and p.run_id = ${runId}
        and p.id = ${id}`);
  }

  private async one(tx: Tx, ctx: RequestContext, runId: string, id: string): Promise<Repair> {
    return toRepair(ctx, await this.row(tx, ctx, runId, id));
  }
}

const commandOf = (action: RepairAction, reason: string): RunCommand => ({
  ...{ type: 'repair', action, reason },
});

const whyOf = (ctx: RequestContext, { definition }: HeldRun, action: RepairAction) =>
  whyTwo(definition, action, ctx.relation === 'adviser');

const outdated = (): Conflict =>
  new Conflict(
    'repair-outdated',
    'The run has moved on since. Look where it is now, and ask for the repair anew.',
  );

const COLUMNS = sql`
  p.id, p.run_id, p.action, p.words, p.reason, p.needs_two, p.status, p.run_version,
  r.version as version_now, p.asked_by, a.name as asked_by_name, p.asked_at, p.settled_by,
  s.name as settled_by_name, p.settled_at, p.settled_reason
  from app.repair p
  join app.run r on r.organisation_id = p.organisation_id and r.id = p.run_id
  join app.person a on a.id = p.asked_by left join app.person s on s.id = p.settled_by`;

function toRepair(ctx: RequestContext, row: Row): Repair {
  const open = row.status === 'asked';
  const own = row.asked_by === ctx.personId;
  const mayDecide = ctx.ability.can('decide', 'Run');
  const isOutdated = open && row.version_now !== row.run_version;
  return {
    id: row.id,
    runId: row.run_id,
    words: row.words,
    reason: row.reason,
    needsTwo: row.needs_two,
    status: row.status,
    askedBy: { id: row.asked_by, name: row.asked_by_name },
    askedAt: row.asked_at.toISOString(),
    settledBy:
      row.settled_by && row.settled_by_name
        ? { id: row.settled_by, name: row.settled_by_name }
        : null,
    settledAt: row.settled_at?.toISOString() ?? null,
    settledReason: row.settled_reason,
    outdated: isOutdated,
    can: {
      confirm: open && !own && !isOutdated && mayDecide,
      turnDown: open && (own || mayDecide),
    },
  };
}
