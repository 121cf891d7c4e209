import { Inject, Injectable, Logger } from '@nestjs/common';
import { abilityFor } from '@plumbline/policies';
import type { Facts, StepId } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import { Members } from '../members/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { Problem } from '../platform/problems.ts';
import { RunMigrations } from '../runs/index.ts';
import { Workflows } from '../workflows/index.ts';
import { MoveEnd } from './move-end.ts';
import { MOVE_WORK } from './moving-runs.ts';

/** A batch at work, in the name of the person who asked for it. */
export interface Batch {
  readonly organisationId: string;
  readonly personId: string;
  readonly id: string;
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly wish: {
    readonly mapping: Readonly<Record<StepId, StepId>>;
    readonly facts: Facts;
  };
  readonly reason: string;
}

/**
 * Moves the runs of a batch, each in a transaction of its own together with the note of what became
 * of it. Whoever comes after a worker that died goes on with what is left.
 */
@Injectable()
@OutboxHandler(MOVE_WORK, 'long')
export class MoveWork implements OutboxHandling {
  private readonly logger = new Logger(MoveWork.name);

  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Workflows) private readonly workflows: Workflows,
    @Inject(RunMigrations) private readonly migrations: RunMigrations,
    @Inject(MoveEnd) private readonly end: MoveEnd,
    @Inject(Members) private readonly members: Members,
  ) {}

  async handle({ organisationId, payload, signal }: DeliveredMessage): Promise<void> {
    const batch = await this.begin(organisationId, String(payload['migrationId']));
    if (!batch) return;
    let failure: Error | null = null;
    for (const runId of await this.waiting(batch)) {
      if (signal.aborted) throw new Error('The worker stops; the batch goes on elsewhere.');
      try {
        await this.moveOne(batch, runId);
      } catch (error) {
        // The others do not wait for this one: it is tried again when the message comes again.
        this.logger.warn({ message: 'run not moved', id: batch.id, runId, cause: String(error) });
        failure ??= error instanceof Error ? error : new Error(String(error));
      }
    }
    if (failure !== null) throw failure;
    await this.end.done(batch);
  }

  /** Null when the batch is over, or its person may not do this any more. */
  private begin(organisationId: string, id: string): Promise<Batch | null> {
    return this.database.transaction({ organisationId, personId: null }, async (tx) => {
      const batch = await tx.maybe<Batch>(sql`
        update app.workflow_migration set state = 'running'
        where organisation_id = ${organisationId} and id = ${id}
          and state in ('waiting', 'running')
        returning organisation_id as "organisationId", created_by as "personId", id, key, reason,
          from_version as "from", to_version as "to", mapping as wish`);
      if (!batch || (await this.isStillAllowed(tx, batch))) return batch;
      await this.end.refused(
        tx,
        batch,
        'Whoever asked for this may not publish workflows any more.',
      );
      return null;
    });
  }

  private async isStillAllowed(tx: Tx, { personId }: Batch): Promise<boolean> {
    const person = await this.members.find(tx, personId);
    if (person?.relation !== 'member') return false;
    const { roles, relation } = person;
    return abilityFor({ roles, relation }).can('manage', 'Workflow');
  }

  private async waiting({ organisationId, personId, id }: Batch): Promise<string[]> {
    const rows = await this.database.transaction({ organisationId, personId }, (tx) =>
      tx.query<{ run_id: string }>(sql`
        select run_id from app.workflow_migration_run
        where organisation_id = ${organisationId} and migration_id = ${id} and status = 'waiting'
        order by run_id`),
    );
    return rows.map(({ run_id }) => run_id);
  }

  private async moveOne(batch: Batch, runId: string): Promise<void> {
    const { organisationId, personId, id } = batch;
    const scope = { organisationId, personId };
    try {
      await this.database.transaction(scope, async (tx) => {
        const mine = await tx.maybe(sql`
          select 1 as found from app.workflow_migration_run
          where organisation_id = ${organisationId} and migration_id = ${id}
            and run_id = ${runId} and status = 'waiting'
          for update`);
        // Somebody else has moved it while this one waited.
        if (!mine) return;
        const to = await this.workflows.versionOf(tx, scope, batch.key, batch.to);
        const wish = { from: batch.from, to, reason: batch.reason, ...batch.wish };
        const moved = await this.migrations.carryOut(tx, scope, runId, wish);
        await this.end.note(tx, batch, runId, moved.refused ? moved.message : null);
      });
    } catch (error) {
      // A rule of the product says no: so it will the next time.
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      const { message } = error;
      await this.database.transaction(scope, (tx) => this.end.note(tx, batch, runId, message));
    }
  }
}
