import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AtWork } from '../../test/support/at-work.ts';
import { aWorkflow, endStep, RunLab, taskStep } from '../../test/support/run-lab.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation } from '../../test/support/world.ts';
import { Workflows } from '../workflows/index.ts';
import { Runs, type MigrateRun } from './index.ts';

jest.setTimeout(60_000);

const KEY = 'WF-T-MOVING';
const first = aWorkflow(KEY, 'one', [
  taskStep('one', 'two'),
  taskStep('two', 'over'),
  endStep('over'),
]);
const second = aWorkflow(KEY, 'one', [
  taskStep('one', 'extra', {
    role: 'client.legal',
    due: [{ due: { amount: 10, unit: 'business-days' } }],
  }),
  taskStep('extra', 'over'),
  endStep('over'),
]);

describe('moving runs to another version', () => {
  let api: TestApi;
  let lab: RunLab;
  let sam: AtWork;

  beforeAll(async () => {
    api = await startTestApi();
    const ours = await anOrganisation(api);
    lab = new RunLab(api, ours);
    const staff = await aMember(api, ours, ['client.staff', 'client.legal'], 'Sam');
    sam = new AtWork(await api.signIn(staff), ours);
    await lab.publish(first);
  });
  afterAll(() => api.close());

  /** Started under the first version; the second is published afterwards, once. */
  const started = async (): Promise<string> => {
    const runId = await lab.start(KEY);
    const [row] = await api.admin(
      'select 1 from app.workflow_version where key = $1 and version = 2',
      [KEY],
    );
    if (!row) await lab.publish(second);
    else
      await api.admin(
        `update app.run set workflow_version_id = (select id
      from app.workflow_version where key = $2 and version = 1) where id = $1`,
        [runId, KEY],
      );
    return runId;
  };
  const migrate = (runId: string, request: Partial<MigrateRun> = {}) =>
    lab.inside(async (tx, ctx) => {
      const target = await api.app.get(Workflows, { strict: false }).latest(tx, ctx, KEY);
      const runs = api.app.get(Runs, { strict: false });
      return runs.migrate(tx, ctx, runId, target, { reason: 'A better way.', ...request });
    });
  const versionOf = async (runId: string) => {
    const [row] = await api.admin<{ version: number }>(
      `select v.version from app.run r join app.workflow_version v on v.id = r.workflow_version_id
       where r.id = $1`,
      [runId],
    );
    return row!.version;
  };

  it('keeps the task open, asks whom the new version asks, and goes on its way', async () => {
    const runId = await started();
    const taskId = await lab.taskOf(runId, 'one');
    const trial = await migrate(runId, { trial: true });
    expect(trial.refused).toBe(false);
    expect(await versionOf(runId)).toBe(1);
    expect((await migrate(runId)).refused).toBe(false);
    expect(await versionOf(runId)).toBe(2);
    expect(await lab.taskOf(runId, 'one')).toBe(taskId);
    const [task] = await api.admin(
      'select role, roles, due_at is not null as due from app.task where id = $1',
      [taskId],
    );
    expect(task).toEqual({ role: 'client.legal', roles: ['client.legal'], due: true });
    const timers = await api.admin(
      `select kind from app.timer where subject = $1 and status = 'armed' order by kind`,
      [runId],
    );
    expect(timers).toEqual([{ kind: 'due-soon' }, { kind: 'late' }]);
    await lab.expectConsistent(runId);
    await sam.submit(taskId, {}).expect(200);
    expect((await lab.runOf(runId)).state.tasks).toMatchObject([{ step: 'extra' }]);
    await lab.expectConsistent(runId);
  });

  it('says why it cannot, and changes nothing', async () => {
    const runId = await started();
    const submitted = await sam.submit(await lab.taskOf(runId, 'one'), {});
    expect(submitted.status).toBe(200);
    const before = await lab.runOf(runId);
    const refused = await migrate(runId);
    expect(refused).toMatchObject({ refused: true, reasons: [{ step: 'two' }] });
    expect(await lab.runOf(runId)).toEqual(before);
    expect(await versionOf(runId)).toBe(1);
    expect((await migrate(runId, { mapping: { two: 'extra' } })).refused).toBe(false);
    expect((await lab.runOf(runId)).state.tasks).toMatchObject([{ step: 'extra' }]);
    await lab.expectConsistent(runId);
  });

  it('takes turns with people who finish their task at the same moment', async () => {
    for (let round = 0; round < 4; round += 1) {
      const runId = await started();
      const [done] = await Promise.all([
        sam.submit(await lab.taskOf(runId, 'one'), {}),
        migrate(runId),
      ]);
      expect(done.status).toBe(200);
      await lab.expectConsistent(runId);
    }
  });
});
