import { Inject, Injectable } from '@nestjs/common';
import type { WorkflowDefinition } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import { Notifications } from '../notifications/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { systemScope } from '../platform/request-context.ts';
import { Workflows } from '../workflows/index.ts';
import { finish, SIMULATION_WORK } from './simulations.ts';
import { tryOut, type Asked } from './try-out.ts';

interface Job {
  readonly id: string;
  readonly key: string;
  readonly asked: Asked;
  readonly definition: WorkflowDefinition;
  readonly personId: string;
}

/** Plays simulations that take longer than a request. Played again, they come to the same. */
@Injectable()
@OutboxHandler(SIMULATION_WORK, 'long')
export class SimulationWork implements OutboxHandling {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Workflows) private readonly workflows: Workflows,
    @Inject(Notifications) private readonly notifications: Notifications,
    @Inject(EventStream) private readonly stream: EventStream,
  ) {}

  async handle({ organisationId, payload }: DeliveredMessage): Promise<void> {
    const id = String(payload['simulationId']);
    const scope = { ...systemScope(organisationId), organisationId };
    const begun = await this.database.transaction(scope, async (tx) => {
      const job = await tx.maybe<Job>(sql`
        update app.workflow_simulation set state = 'running'
        where organisation_id = ${organisationId} and id = ${id}
          and state in ('waiting', 'running')
        returning id, key, asked, definition, created_by as "personId"`);
      return job && { job, library: await this.workflows.library(tx, scope) };
    });
    if (!begun) return;
    const { job, library } = begun;
    const played = attempt(() => tryOut(job.definition, job.asked, library));
    await this.database.transaction(scope, async (tx) => {
      if ('result' in played) await finish(tx, organisationId, id, played.result);
      else {
        await tx.execute(sql`
          update app.workflow_simulation
          set state = 'failed', failure = ${played.failure}, finished_at = now()
          where organisation_id = ${organisationId} and id = ${id} and state = 'running'`);
      }
      await this.tell(tx, organisationId, job);
    });
  }

  private async tell(tx: Tx, organisationId: string, { id, key, personId }: Job): Promise<void> {
    const { kind, slug } = await tx.one<{ kind: 'firm' | 'client'; slug: string }>(
      sql`select kind, slug from app.organisation where id = ${organisationId}`,
    );
    await this.notifications.notify(tx, {
      ...{ organisationId, personId, kind: 'job', key: `workflow-simulation:${id}` },
      subject: 'Your simulation of a workflow is done',
      text: 'Your simulation of a workflow is done. Its page has the result.',
      path: `/${kind === 'firm' ? 'f' : 'c'}/${slug}/workflows/${key}`,
    });
    this.stream.publish(tx, organisationId, { type: 'job-changed', id });
  }
}

function attempt(work: () => object): { result: object } | { failure: string } {
  try {
    return { result: work() };
  } catch (error) {
    // The engine says by this error alone what is wrong with its input; trying again would not help.
    if (!(error instanceof RangeError)) throw error;
    return { failure: error.message };
  }
}
