import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { remindedSchema, runSchema, type Run } from '@plumbline/contracts';
import type { Step } from '@plumbline/workflow-engine';
import { answerOf, problemOf } from '../../test/support/answers.ts';
import { AtWork } from '../../test/support/at-work.ts';
import { aWorkflow, endStep, RunLab, taskStep } from '../../test/support/run-lab.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anEngagement, anOrganisation } from '../../test/support/world.ts';
import { createApplication } from '../application.ts';
import { Timers } from './index.ts';

jest.setTimeout(60_000);

const pause: Step = {
  ...{ type: 'timer', id: 'pause', stage: 'main', name: 'Pause', next: [{ to: 'work' }] },
  wait: { amount: 0, unit: 'calendar-days' },
};
const sleeper = aWorkflow('WF-T-SLEEPER', 'pause', [
  pause,
  taskStep('work', 'over'),
  endStep('over'),
]);
const slow = aWorkflow('WF-T-SLOW', 'work', [
  taskStep('work', 'over', {
    due: [{ due: { amount: 10, unit: 'business-days' } }],
    boundaries: [
      {
        ...{ id: 'late', label: 'Nobody came', interrupts: true, to: 'given-up' },
        after: { amount: 0, unit: 'calendar-days' },
      },
    ],
  }),
  endStep('over'),
  endStep('given-up'),
]);
const dated = aWorkflow('WF-T-DATED', 'work', [
  taskStep('work', 'over', { due: [{ due: { amount: 10, unit: 'business-days' } }] }),
  endStep('over'),
]);
const child = aWorkflow('WF-T-CHILD', 'inner', [taskStep('inner', 'over'), endStep('over')]);
const parent = aWorkflow(
  'WF-T-PARENT',
  'call',
  [
    {
      ...{ type: 'sub-workflow', id: 'call', stage: 'main', name: 'Call', calls: 'WF-T-CHILD' },
      ...{
        input: [],
        output: [],
        outcomeFact: 'outcome',
        next: [{ to: 'over' }],
        failed: 'failed',
      },
    },
    endStep('over'),
    endStep('failed'),
  ],
  { facts: [{ name: 'outcome', type: { kind: 'text' }, source: 'run' }] },
);

describe('operating runs', () => {
  let api: TestApi;
  let lab: RunLab;
  let sam: AtWork;
  let mia: AtWork;
  let worker: Awaited<ReturnType<typeof createApplication>>;

  beforeAll(async () => {
    api = await startTestApi();
    const ours = await anOrganisation(api);
    lab = new RunLab(api, ours);
    sam = new AtWork(await api.signIn(await aMember(api, ours, ['client.staff'], 'Sam')), ours);
    mia = new AtWork(
      await api.signIn(await aMember(api, ours, ['client.aims_manager'], 'Mia')),
      ours,
    );
    await lab.publish(sleeper, slow, dated, child, parent);
    worker = await createApplication(api.database.configurationOf('worker'));
  });
  afterAll(async () => {
    await worker.close();
    await api.close();
  });

  const sweep = () => worker.get(Timers, { strict: false }).sweep();
  const post = (
    who: AtWork,
    path: string,
    body: object = { reason: 'Waiting for the supplier.' },
  ) => who.client.post(who.path(path), body);
  const childOf = async (runId: string): Promise<string> => {
    const [row] = await api.admin<{ id: string }>('select id from app.run where parent_id = $1', [
      runId,
    ]);
    return row!.id;
  };
  const timersOf = async (runId: string) => {
    const rows = await api.admin<{ line: string }>(
      `select kind || ' ' || status as line from app.timer where subject = $1 order by kind`,
      [runId],
    );
    return rows.map(({ line }) => line);
  };

  it('suspends a run with everything that would wake it, and goes on where it was', async () => {
    const runId = await lab.start('WF-T-SLOW');
    const taskId = await lab.taskOf(runId, 'work');
    const { body } = await post(mia, `runs/${runId}/suspend`).expect(200);
    expect(runSchema.parse(body).entries.at(-1)).toMatchObject({
      ...{ text: 'WF-T-SLOW suspended', detail: 'Waiting for the supplier.' },
    });
    expect(await timersOf(runId)).toEqual(['boundary paused', 'due-soon paused', 'late paused']);
    await sweep();
    expect(problemOf(await sam.submit(taskId, {}).expect(409)).code).toBe('run-suspended');
    expect(problemOf(await post(mia, `runs/${runId}/suspend`).expect(409)).code).toBe(
      'run-suspended',
    );
    await lab.expectConsistent(runId);

    await post(mia, `runs/${runId}/resume`).expect(200);
    expect(problemOf(await post(mia, `runs/${runId}/resume`).expect(409)).code).toBe(
      'run-not-suspended',
    );
    await lab.expectConsistent(runId);
    await sweep();
    expect(await lab.runOf(runId)).toMatchObject({ status: 'ended', outcome: 'given-up' });
    await lab.expectConsistent(runId);
  });

  it('fires nothing that was claimed before the run was suspended', async () => {
    const runId = await lab.start('WF-T-SLEEPER');
    // Two sweepers and a person at once, many times: whoever comes first, nothing is lost or doubled.
    const [, suspended] = await Promise.all([sweep(), post(mia, `runs/${runId}/suspend`), sweep()]);
    const { state } = await lab.runOf(runId);
    expect([200, 409]).toContain(suspended.status);
    if (suspended.status === 200) expect(state.suspended).not.toBeNull();
    await lab.expectConsistent(runId);
    await post(mia, `runs/${runId}/resume`);
    await api.admin(`update app.timer set wake_at = now() where subject = $1`, [runId]);
    await sweep();
    expect((await lab.runOf(runId)).state.tasks).toMatchObject([{ step: 'work' }]);
    await lab.expectConsistent(runId);
  });

  it.each([1, 2, 3, 4])(
    'lets a task be finished or the run be suspended, never both (%i)',
    async () => {
      const runId = await lab.start('WF-T-DATED');
      const [done, suspended] = await Promise.all([
        sam.submit(await lab.taskOf(runId, 'work'), {}),
        post(mia, `runs/${runId}/suspend`),
      ]);
      expect([done.status, suspended.status].sort()).toEqual([200, 409]);
      await lab.expectConsistent(runId);
    },
  );

  it('suspends sub-workflows with the run that waits for them', async () => {
    const runId = await lab.start('WF-T-PARENT');
    const childId = await childOf(runId);
    await post(mia, `runs/${runId}/suspend`).expect(200);
    const taskId = await lab.taskOf(childId, 'inner');
    expect(problemOf(await sam.submit(taskId, {}).expect(409)).code).toBe('run-suspended');
    await post(mia, `runs/${runId}/resume`).expect(200);
    await sam.submit(taskId, {}).expect(200);
    expect(await lab.runOf(runId)).toMatchObject({ status: 'ended', outcome: 'over' });
    await lab.expectConsistent(runId);
    await lab.expectConsistent(childId);
  });

  it('tells the run that waits when a sub-workflow is cancelled', async () => {
    const runId = await lab.start('WF-T-PARENT');
    await post(mia, `runs/${await childOf(runId)}/cancel`).expect(200);
    expect(await lab.runOf(runId)).toMatchObject({ status: 'ended', outcome: 'failed' });
    await lab.expectConsistent(runId);
  });

  it('reminds whom a run waits for, once within the hour', async () => {
    const runId = await lab.start('WF-T-DATED');
    const told = async () =>
      (
        await api.admin(
          `select 1 from app.notification where person_id = $1 and key like 'remind:%'`,
          [sam.personId],
        )
      ).length;
    const before = await told();
    const answer = await post(mia, `runs/${runId}/remind`, {}).expect(200);
    expect(answerOf(remindedSchema, answer)).toEqual({ told: 1 });
    await post(mia, `runs/${runId}/remind`, {}).expect(200);
    expect(await told()).toBe(before + 1);
    await sam.submit(await lab.taskOf(runId, 'work'), {}).expect(200);
    const refused = await post(mia, `runs/${runId}/remind`, {}).expect(409);
    expect(problemOf(refused).code).toBe('nobody-to-remind');
  });

  it('finds no run of another organisation, and asks for a reason', async () => {
    const theirs = await anOrganisation(api, { name: 'Other Foods' });
    const otherId = await aMember(api, theirs, ['client.aims_manager'], 'Otto');
    const otto = new AtWork(await api.signIn(otherId), theirs);
    const runId = await lab.start('WF-T-DATED');
    for (const what of ['suspend', 'resume', 'remind', 'repairs/preview']) {
      const body =
        what === 'remind'
          ? {}
          : what === 'repairs/preview'
            ? { action: { kind: 'retry', key: 'work#1' } }
            : undefined;
      await post(otto, `runs/${runId}/${what}`, body).expect(404);
    }
    await post(mia, `runs/${runId}/suspend`, { reason: '  ' }).expect(400);
    expect((await lab.runOf(runId)).version).toBe((await lab.eventsOf(runId)).length);
  });

  it('lets an adviser who prepares suspend, and staff not', async () => {
    const firm = await anOrganisation(api, { kind: 'firm', name: 'Firm' });
    await anEngagement(api, lab.organisation, firm);
    const lead = await aMember(api, firm, ['firm.lead'], 'Lea');
    const lea = new AtWork(await api.signIn(lead), lab.organisation);
    const runId = await lab.start('WF-T-DATED');
    await post(sam, `runs/${runId}/suspend`).expect(403);
    const { body } = await post(lea, `runs/${runId}/suspend`).expect(200);
    expect((body as Run).entries.at(-1)).toMatchObject({ firm: 'Firm' });
  });
});
