import type { FactDeclaration, Step, WorkflowDefinition } from '@plumbline/workflow-engine';
import { TenantDatabase } from '../../src/platform/database/tenant-database.ts';
import { newId } from '../../src/platform/ids.ts';
import { Runs } from '../../src/runs/index.ts';
import { Workflows } from '../../src/workflows/index.ts';
import type { TestApi } from './test-api.ts';
import type { TestOrganisation } from './world.ts';

/** A workflow of these steps, of which the first starts it; ends with `end`. */
export const aWorkflow = (
  key: string,
  steps: readonly Step[],
  facts: readonly FactDeclaration[] = [],
): WorkflowDefinition => ({
  ...{ key, name: key, purpose: 'For a test.', subject: 'ai-system' },
  stages: [{ key: 'main', name: 'Main' }],
  start: steps[0]?.id ?? 'end',
  steps: [...steps, { type: 'end', id: 'end', stage: 'main', name: 'End', outcome: 'done' }],
  facts,
});

/** Publishes a workflow and runs it about a new AI system; answers the ids of its open tasks. */
export async function aRunOf(
  api: TestApi,
  organisation: TestOrganisation,
  definition: WorkflowDefinition,
): Promise<{ runId: string; taskIds: string[]; aiSystemId: string }> {
  const aiSystemId = newId();
  await api.admin(
    `insert into app.ai_system (organisation_id, id, number, name, purpose)
     values ($1, $2, (select count(*) + 500 from app.ai_system where organisation_id = $1), 'A tool',
             'Drafts letters')`,
    [organisation.id, aiSystemId],
  );
  const ctx = { organisationId: organisation.id, personId: null };
  const runId = await api.app.get(TenantDatabase).transaction(ctx, async (tx) => {
    await api.app.get(Workflows, { strict: false }).publish(tx, ctx, definition);
    const request = { workflow: definition.key, aiSystemId, cause: newId() };
    const done = await api.app.get(Runs, { strict: false }).start(tx, ctx, request);
    return done?.run.id ?? '';
  });
  const tasks = await api.admin<{ id: string }>(
    `select id from app.task where organisation_id = $1 and run_id = $2 and status = 'open'
     order by key`,
    [organisation.id, runId],
  );
  return { runId, taskIds: tasks.map(({ id }) => id), aiSystemId };
}
