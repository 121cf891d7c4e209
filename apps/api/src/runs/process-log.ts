import { Inject, Injectable } from '@nestjs/common';
import type { RunExportQuery } from '@plumbline/contracts';
import type { RunEvent, WorkflowDefinition } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import { referenceOf } from '../ai-systems/index.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Workflows } from '../workflows/index.ts';
import { activitiesOf, type ProcessRun } from './process-events.ts';
import { chosenRuns } from './run-figures.ts';

/** Runs read at once: a file is written as it is read, however long it becomes. */
const BATCH = 50;

interface Row {
  id: string;
  number: number;
  system_number: number;
  workflow_key: string;
  version: number;
  version_id: string;
  hash: string;
  status: string;
  outcome: string | null;
  events: RunEvent[];
}

/** The runs of a period as process mining knows them. */
@Injectable()
export class ProcessLog {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Workflows) private readonly workflows: Workflows,
  ) {}

  /** NotFound, before anything is written, for a workflow that the organisation does not have. */
  async requireWorkflow(ctx: RequestContext, { workflow }: RunExportQuery): Promise<void> {
    await this.database.transaction(ctx, (tx) => this.workflows.latest(tx, ctx, workflow));
  }

  /** Names of all steps of the versions that the runs of the period follow. */
  async activityNames(ctx: RequestContext, query: RunExportQuery): Promise<string[]> {
    const rows = await this.database.transaction(ctx, (tx) =>
      tx.query<{ name: string }>(sql`
        with ${chosenRuns(ctx, query)}
        select distinct s ->> 'name' as name
        from (select distinct r.workflow_version_id from chosen c
              join app.run r on r.organisation_id = c.organisation_id and r.id = c.id) as used
        join app.workflow_version v
          on v.organisation_id = ${ctx.organisationId} and v.id = used.workflow_version_id,
          jsonb_array_elements(v.definition -> 'steps') s
        order by 1`),
    );
    return rows.map(({ name }) => name);
  }

  /** Each run with what happened in it, in the order of their ids. */
  async *runs(ctx: RequestContext, query: RunExportQuery): AsyncGenerator<ProcessRun> {
    for (let after: string | null = null; ;) {
      const from: string | null = after;
      const batch = await this.database.transaction(ctx, async (tx) => {
        const rows = await tx.query<Row>(sql`
          with ${chosenRuns(ctx, query)}
          select r.id, r.number, s.number as system_number, r.workflow_key, v.version,
                 v.id as version_id, v.hash, r.status, r.outcome,
                 (select jsonb_agg(e.event order by e.seq) from app.run_event e
                  where e.organisation_id = r.organisation_id and e.run_id = r.id) as events
          from chosen c
          join app.run r on r.organisation_id = c.organisation_id and r.id = c.id
          join app.ai_system s on s.organisation_id = r.organisation_id and s.id = r.ai_system_id
          join app.workflow_version v
            on v.organisation_id = r.organisation_id and v.id = r.workflow_version_id
          where (${from}::uuid is null or r.id > ${from})
          order by r.id limit ${BATCH}`);
        const runs: ProcessRun[] = [];
        for (const row of rows) {
          const version = { id: row.version_id, hash: row.hash };
          runs.push(toRun(row, await this.workflows.definitionOf(tx, ctx, version)));
        }
        return runs;
      });
      yield* batch;
      if (batch.length < BATCH) return;
      after = batch.at(-1)?.id ?? null;
    }
  }
}

const toRun = (row: Row, definition: WorkflowDefinition): ProcessRun => ({
  id: row.id,
  aiSystem: referenceOf(row.system_number),
  number: row.number,
  workflow: row.workflow_key,
  version: row.version,
  status: row.status,
  outcome: row.outcome,
  activities: activitiesOf(row.events, definition),
});
