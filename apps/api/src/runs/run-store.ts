import { Inject, Injectable } from '@nestjs/common';
import {
  restored,
  type Facts,
  type Move,
  type RunState,
  type StoredRunState,
  type WorkflowDefinition,
} from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import { EventStream, type LiveEvent } from '../platform/http/index.ts';
import { NotFound } from '../platform/problems.ts';
import { Workflows } from '../workflows/index.ts';
import type { Acting } from './acting.ts';
import { moveStatement } from './move-statement.ts';
import { rowsOf, type MoveRows } from './move-rows.ts';
import { TASK_NOTICE } from './promised-rows.ts';
import { SETTINGS_COLUMNS, type OrganisationSettings } from './surroundings.ts';

/** A run in hand: its row under the family's lock, the definition it is pinned to, and the time. */
export interface HeldRun {
  readonly id: string;
  readonly rootId: string;
  readonly parentId: string | null;
  readonly parentChild: string | null;
  readonly number: number;
  readonly aiSystem: { readonly id: string; readonly number: number; readonly name: string };
  readonly version: { readonly id: string; readonly number: number; readonly hash: string };
  readonly definition: WorkflowDefinition;
  readonly organisation: OrganisationSettings;
  readonly now: Date;
  readonly state: RunState;
  readonly tasksOpened: number;
  readonly decisionsMade: number;
}

/** A run as far as it does not change while it runs, and what its next rows are numbered from. */
export type RunFrame = Omit<HeldRun, 'state'>;

/** A run about to be started; the same cause never starts a second one. */
export type NewRun = RunFrame & { readonly cause: string; readonly alongside: boolean };

/** A move to write. `quiet`: nobody is told of the tasks that it opens. */
type WrittenMove = Pick<Move, 'state' | 'events'> & {
  readonly facts: Facts;
  readonly quiet: boolean;
};

const isNoNotice = ({ topic }: MoveRows['promised'][number]) => topic !== TASK_NOTICE;

interface HeldRow extends OrganisationSettings {
  id: string;
  root_id: string;
  parent_id: string | null;
  parent_child: string | null;
  number: number;
  ai_system_id: string;
  system_number: number;
  system_name: string;
  version_id: string;
  workflow_version: number;
  hash: string;
  now: Date;
  state: StoredRunState;
  tasks_opened: number;
  decisions_made: number;
}

/** Reads runs under their family's lock and writes what a move did, in one statement. */
@Injectable()
export class RunStore {
  constructor(
    @Inject(Workflows) private readonly workflows: Workflows,
    @Inject(EventStream) private readonly stream: EventStream,
  ) {}

  /**
   * A run with its family locked until the transaction ends. The root's row is the lock of a run
   * and all sub-workflows under it, so commands on one family take turns and never deadlock.
   */
  async hold(tx: Tx, ctx: Acting, runId: string): Promise<HeldRun> {
    // A run that changed its version while this waited for it is not found by the old one's row.
    const locked = (await this.lock(tx, ctx, runId)) ?? (await this.lock(tx, ctx, runId));
    if (!locked) throw new NotFound();
    // A sub-workflow is read after the lock is held: before it, the row may be behind.
    return locked.id === runId ? this.toHeld(tx, ctx, locked) : this.member(tx, ctx, runId);
  }

  private async lock(tx: Tx, ctx: Acting, runId: string): Promise<HeldRow | undefined> {
    const [row] = await tx.prepared<HeldRow>(
      'run-hold',
      sql`select ${HELD_COLUMNS}
          where r.organisation_id = ${ctx.organisationId} and r.id = (
            select root_id from app.run
            where organisation_id = ${ctx.organisationId} and id = ${runId})
          for no key update of r`,
    );
    return row;
  }

  /** Another run of a family that this transaction already holds. */
  async member(tx: Tx, ctx: Acting, runId: string): Promise<HeldRun> {
    const row = await tx.one<HeldRow>(sql`
      select ${HELD_COLUMNS}
      where r.organisation_id = ${ctx.organisationId} and r.id = ${runId}`);
    return this.toHeld(tx, ctx, row);
  }

  /** A run as it is now, without a lock: for looking. */
  async read(tx: Tx, ctx: Acting, runId: string): Promise<HeldRun> {
    return this.member(tx, ctx, runId);
  }

  /** Says why a run cannot go on by itself, until it moves again. */
  async noteTrouble(tx: Tx, ctx: Acting, runId: string, trouble: string): Promise<void> {
    await tx.execute(sql`
      update app.run set trouble = ${trouble.slice(0, 500)}
      where organisation_id = ${ctx.organisationId} and id = ${runId} and status = 'running'`);
  }

  /** The sub-workflows of a held run that have not ended. */
  async childrenOf(tx: Tx, ctx: Acting, parentId: string): Promise<HeldRun[]> {
    const rows = await tx.query<HeldRow>(sql`
      select ${HELD_COLUMNS}
      where r.organisation_id = ${ctx.organisationId} and r.parent_id = ${parentId}
        and r.status = 'running' order by r.id`);
    return Promise.all(rows.map((row) => this.toHeld(tx, ctx, row)));
  }

  /** The sub-workflow that a step of a held run waits for. */
  async childOf(tx: Tx, ctx: Acting, parentId: string, child: string): Promise<HeldRun | null> {
    const row = await tx.maybe<HeldRow>(sql`
      select ${HELD_COLUMNS}
      where r.organisation_id = ${ctx.organisationId} and r.parent_id = ${parentId}
        and r.parent_child = ${child}`);
    return row && this.toHeld(tx, ctx, row);
  }

  /** Locks an AI system and tells what a new run about it needs to know. */
  async beforeStart(
    tx: Tx,
    ctx: Acting,
    aiSystemId: string,
  ): Promise<Pick<NewRun, 'number' | 'aiSystem' | 'organisation' | 'now'>> {
    const row = await tx.one<
      OrganisationSettings & { number: number; name: string; now: Date }
    >(sql`
      select s.number, s.name, ${SETTINGS_COLUMNS}, now() as now
      from app.ai_system s join app.organisation o on o.id = s.organisation_id
      where s.organisation_id = ${ctx.organisationId} and s.id = ${aiSystemId}
      for no key update of s`);
    const { last } = await tx.one<{ last: number }>(sql`
      select coalesce(max(number), 0) as last from app.run
      where organisation_id = ${ctx.organisationId} and ai_system_id = ${aiSystemId}`);
    return {
      number: last + 1,
      aiSystem: { id: aiSystemId, number: row.number, name: row.name },
      organisation: row,
      now: row.now,
    };
  }

  /** Takes the place of a new run; false when its cause, or its workflow here, has one already. */
  async insert(tx: Tx, ctx: Acting, run: NewRun): Promise<boolean> {
    const inserted = await tx.execute(sql`
      insert into app.run
        (organisation_id, id, ai_system_id, number, workflow_version_id, workflow_key, root_id,
         parent_id, parent_child, cause, alongside, status, state, version, started_by, started_at)
      values (${ctx.organisationId}, ${run.id}, ${run.aiSystem.id}, ${run.number},
              ${run.version.id}, ${run.definition.key}, ${run.rootId}, ${run.parentId},
              ${run.parentChild}, ${run.cause}, ${run.alongside}, 'running', '{}', 0, ${ctx.personId}, ${run.now})
      on conflict do nothing`);
    return inserted === 1;
  }

  /** Writes a move: state, events, tasks, timers and promised work, at once. */
  async write(
    tx: Tx,
    ctx: Acting,
    run: RunFrame,
    { state, events, facts, quiet }: WrittenMove,
  ): Promise<MoveRows> {
    const rows = rowsOf(run, { state, events }, facts);
    const promised = quiet ? rows.promised.filter(isNoNotice) : rows.promised;
    const written = await tx.query<LiveEvent>(
      moveStatement(ctx, run, { state, events, rows: { ...rows, promised } }),
    );
    if (written.length === 0) throw new Error(`Run ${run.id} changed under its own lock.`);
    for (const event of written) this.stream.publish(tx, ctx.organisationId, event);
    if (promised.length > 0) tx.announce('outbox', '');
    return rows;
  }

  private async toHeld(tx: Tx, ctx: Acting, row: HeldRow): Promise<HeldRun> {
    return {
      id: row.id,
      rootId: row.root_id,
      parentId: row.parent_id,
      parentChild: row.parent_child,
      number: row.number,
      aiSystem: { id: row.ai_system_id, number: row.system_number, name: row.system_name },
      version: { id: row.version_id, number: row.workflow_version, hash: row.hash },
      definition: await this.workflows.definitionOf(tx, ctx, {
        id: row.version_id,
        hash: row.hash,
      }),
      organisation: row,
      now: row.now,
      state: restored(row.state),
      tasksOpened: row.tasks_opened,
      decisionsMade: row.decisions_made,
    };
  }
}

const HELD_COLUMNS = sql`
  r.id, r.root_id, r.parent_id, r.parent_child, r.number, r.ai_system_id, r.state, r.tasks_opened,
  r.decisions_made, s.number as system_number, s.name as system_name, v.id as version_id,
  v.version as workflow_version, v.hash, ${SETTINGS_COLUMNS}, now() as now
  from app.run r
  join app.ai_system s on s.organisation_id = r.organisation_id and s.id = r.ai_system_id
  join app.workflow_version v
    on v.organisation_id = r.organisation_id and v.id = r.workflow_version_id
  join app.organisation o on o.id = r.organisation_id`;
