import { Inject, Injectable } from '@nestjs/common';
import {
  migrate,
  type Facts,
  type Migration,
  type MigrationRefusal,
  type StepId,
} from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import type { PublishedVersion } from '../workflows/index.ts';
import { actorOf, type Acting } from './acting.ts';
import { RunStore, type HeldRun } from './run-store.ts';
import { Runs } from './runs.ts';

/** How a run is to go on by another version of its workflow. */
export interface MigrationWish {
  /** The number of the version that it must be pinned to still. */
  readonly from: number;
  readonly to: PublishedVersion;
  readonly mapping: Readonly<Record<StepId, StepId>>;
  readonly facts: Facts;
  readonly reason: string;
}

/** Lets runs go on by another version of their workflow, one at a time. */
@Injectable()
export class RunMigrations {
  constructor(
    @Inject(Runs) private readonly runs: Runs,
    @Inject(RunStore) private readonly store: RunStore,
  ) {}

  /** What would happen to a run as it is now, without doing it. */
  async preview(
    tx: Tx,
    ctx: Acting,
    runId: string,
    wish: MigrationWish,
  ): Promise<Migration | MigrationRefusal> {
    const { migration } = await this.judge(tx, ctx, await this.store.read(tx, ctx, runId), wish);
    return migration;
  }

  /** Does it under the family's lock; after a refusal nothing has changed. */
  async carryOut(
    tx: Tx,
    ctx: Acting,
    runId: string,
    wish: MigrationWish,
  ): Promise<Migration | MigrationRefusal> {
    const run = await this.store.hold(tx, ctx, runId);
    const { migration, surroundings } = await this.judge(tx, ctx, run, wish);
    if (migration.refused) return migration;
    const { id, version: number, hash, definition } = wish.to;
    await tx.execute(sql`
      update app.run set workflow_version_id = ${id}
      where organisation_id = ${ctx.organisationId} and id = ${runId}`);
    const pinned: HeldRun = { ...run, version: { id, number, hash }, definition };
    await this.runs.settle(tx, ctx, pinned, migration, { surroundings, action: 'run.migrated' });
    return migration;
  }

  private async judge(tx: Tx, ctx: Acting, run: HeldRun, wish: MigrationWish) {
    const { to, from, mapping, facts, reason } = wish;
    const surroundings = await this.runs.surroundings(tx, ctx, {
      ...run,
      definition: to.definition,
    });
    if (run.definition.key !== to.key || run.version.number !== from) {
      const message = `This run is pinned to version ${run.version.number}.`;
      return { migration: notFrom(message), surroundings };
    }
    const request = {
      ...{ from: run.version.hash, to: to.hash, mapping, facts, reason },
      by: actorOf(ctx),
    };
    const versions = { before: run.definition, after: to.definition };
    return { migration: migrate(versions, run.state, request, surroundings), surroundings };
  }
}

const notFrom = (message: string): MigrationRefusal => ({
  refused: true,
  code: 'cannot-migrate',
  message,
  reasons: [{ key: null, step: null, reason: message }],
});
