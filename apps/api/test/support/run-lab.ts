import { expect } from '@jest/globals';
import {
  replay,
  type Facts,
  type FormDefinition,
  type RunEvent,
  type RunState,
  type Step,
  type WorkflowDefinition,
} from '@plumbline/workflow-engine';
import { AiSystems } from '../../src/ai-systems/index.ts';
import { TenantDatabase, type Tx } from '../../src/platform/database/tenant-database.ts';
import { newId } from '../../src/platform/ids.ts';
import { Deliveries } from '../../src/platform/outbox/deliveries.ts';
import { Runs } from '../../src/runs/index.ts';
import { Workflows } from '../../src/workflows/index.ts';
import type { TestApi } from './test-api.ts';
import type { TestOrganisation } from './world.ts';

const noQuestions: FormDefinition = { sections: [] };

/** A task without questions for the client's staff. */
export const taskStep = (
  id: string,
  to: string,
  change: Partial<Step & { type: 'task' }> = {},
): Step => ({
  ...{ type: 'task', id, stage: 'main', name: `Do ${id}`, role: 'client.staff' },
  ...{ form: noQuestions, next: [{ to }], ...change },
});

/** An ending of its own name. */
export const endStep = (id: string): Step => ({
  ...{ type: 'end', id, stage: 'main', name: id, outcome: id },
});

/** A short workflow for a test. */
export const aWorkflow = (
  key: string,
  start: string,
  steps: readonly Step[],
  more: Partial<WorkflowDefinition> = {},
): WorkflowDefinition => ({
  ...{ key, name: key, purpose: 'A test.', subject: 'ai-system', start, steps, facts: [] },
  stages: [{ key: 'main', name: 'Main' }],
  ...more,
});

interface RunRecord {
  status: string;
  outcome: string | null;
  state: RunState;
  version: number;
  trouble: string | null;
}

/** Runs of short workflows in one organisation, looked at from the side of the database. */
export class RunLab {
  constructor(
    readonly api: TestApi,
    readonly organisation: TestOrganisation,
  ) {}

  /** Does something as the product, in a transaction of this organisation. */
  inside<T>(
    work: (tx: Tx, ctx: { organisationId: string; personId: null }) => Promise<T>,
  ): Promise<T> {
    const ctx = { organisationId: this.organisation.id, personId: null };
    return this.api.app.get(TenantDatabase).transaction(ctx, (tx) => work(tx, ctx));
  }

  publish(...definitions: readonly WorkflowDefinition[]): Promise<void> {
    return this.inside(async (tx, ctx) => {
      for (const definition of definitions) {
        await this.api.app.get(Workflows, { strict: false }).publish(tx, ctx, definition);
      }
    });
  }

  aSystem(name = 'A system'): Promise<string> {
    return this.inside(async (tx, ctx) => {
      const { id } = await this.api.app.get(AiSystems, { strict: false }).create(tx, ctx, { name });
      return id;
    });
  }

  /** Starts a workflow about a new AI system, or about this one; answers the run's id. */
  async start(workflow: string, aiSystemId?: string, facts: Facts = {}): Promise<string> {
    const about = aiSystemId ?? (await this.aSystem(`For ${workflow}`));
    return this.inside(async (tx, ctx) => {
      const runs = this.api.app.get(Runs, { strict: false });
      const request = { workflow, aiSystemId: about, cause: newId(), alongside: true, facts };
      const started = await runs.start(tx, ctx, request);
      return started!.run.id;
    });
  }

  async runOf(id: string): Promise<RunRecord> {
    const [row] = await this.api.admin<RunRecord>(
      'select status, outcome, state, version, trouble from app.run where id = $1',
      [id],
    );
    return row!;
  }

  /** The newest task of a step. */
  async taskOf(runId: string, step: string): Promise<string> {
    const [row] = await this.api.admin<{ id: string }>(
      'select id from app.task where run_id = $1 and step = $2 order by opened_at desc, id desc',
      [runId, step],
    );
    return row!.id;
  }

  async eventsOf(runId: string): Promise<RunEvent[]> {
    const rows = await this.api.admin<{ event: RunEvent }>(
      'select event from app.run_event where run_id = $1 order by seq',
      [runId],
    );
    return rows.map(({ event }) => event);
  }

  /** Carries out everything that was promised, as the worker would, until nothing is left. */
  async deliver(): Promise<void> {
    for (let left = 1; left > 0;) {
      const rows = await this.api.admin<{ id: string }>(
        `select id from app.outbox where organisation_id = $1 and done_at is null
           and parked_at is null and topic <> 'notification-mail' and run_at <= now() order by id`,
        [this.organisation.id],
      );
      left = rows.length;
      for (const { id } of rows) {
        const wakeUp = { id, organisationId: this.organisation.id };
        await this.api.app.get(Deliveries).deliver(wakeUp);
      }
    }
  }

  /** EI1 to EI3: dense events that replay to the state, and tasks and timers that follow it. */
  async expectConsistent(runId: string): Promise<void> {
    const { state, version, status } = await this.runOf(runId);
    const events = await this.eventsOf(runId);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
    expect(replay(events)).toEqual(state);
    expect({ version, status }).toEqual({ version: events.length, status: state.status });
    const open = await this.api.admin<{ key: string }>(
      `select key from app.task where run_id = $1 and status = 'open' order by key`,
      [runId],
    );
    expect(open.map(({ key }) => key)).toEqual(state.tasks.map(({ key }) => key).sort());
    const armed = await this.api.admin<{ key: string; due: string }>(
      `select key from app.timer where subject = $1 and kind in ('wait', 'boundary', 'escalation')
         and status = any ($2) order by key`,
      [runId, state.suspended ? ['paused'] : ['armed', 'parked']],
    );
    expect(armed.map(({ key }) => key)).toEqual(state.timers.map(({ key }) => key).sort());
  }
}
