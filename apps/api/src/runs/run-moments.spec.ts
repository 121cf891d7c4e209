import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  page,
  runDataSchema,
  runMomentSchema,
  runRowSchema,
  runSchema,
  type RunMoment,
} from '@plumbline/contracts';
import type { Step } from '@plumbline/workflow-engine';
import { answerOf } from '../../test/support/answers.ts';
import { AtWork } from '../../test/support/at-work.ts';
import { aWorkflow, endStep, RunLab, taskStep } from '../../test/support/run-lab.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation } from '../../test/support/world.ts';

jest.setTimeout(60_000);

const board: Step = {
  ...{ type: 'approval', id: 'decide', stage: 'main', name: 'Decide', role: 'client.approver' },
  ...{ question: 'Can it go?', separation: [], shows: [] },
  quorum: { seats: [{ role: 'client.approver', count: 2 }], needs: 'all', blind: true },
  outcomes: [
    {
      ...{ key: 'approve', label: 'Approve', effect: 'approve', to: 'over' },
      ...{ reasonRequired: false, consequence: 'It can go.' },
    },
    {
      ...{ key: 'reject', label: 'Reject', effect: 'reject', to: 'over' },
      ...{ reasonRequired: true, consequence: 'It cannot go.' },
    },
  ],
};
const noted = aWorkflow(
  'WF-T-NOTED',
  'note',
  [
    taskStep('note', 'decide', {
      form: {
        sections: [
          {
            ...{ key: 'main', title: 'Main' },
            fields: [{ type: 'text', key: 'note', label: 'What is new?', required: true }],
          },
        ],
      },
    }),
    board,
    endStep('over'),
  ],
  { facts: [{ name: 'note', type: { kind: 'text' }, source: 'form' }] },
);
const orphan = aWorkflow('WF-T-ORPHAN', 'work', [
  taskStep('work', 'over', { role: 'client.legal' }),
  endStep('over'),
]);

describe('the history of a run', () => {
  let api: TestApi;
  let lab: RunLab;
  let sam: AtWork;
  let mia: AtWork;
  let approvers: AtWork[];
  let runId: string;

  beforeAll(async () => {
    api = await startTestApi();
    const ours = await anOrganisation(api);
    lab = new RunLab(api, ours);
    const join = async (
      role: 'client.staff' | 'client.aims_manager' | 'client.approver',
      name: string,
    ) =>
      new AtWork(
        await api.signIn(await aMember(api, ours, [role], name), { steppedUp: true }),
        ours,
      );
    sam = await join('client.staff', 'Sam');
    mia = await join('client.aims_manager', 'Mia');
    approvers = [await join('client.approver', 'Ann'), await join('client.approver', 'Bob')];
    await lab.publish(noted, orphan);
    runId = await lab.start('WF-T-NOTED');
    await sam.submit(await lab.taskOf(runId, 'note'), { note: 'A new model.' }).expect(200);
  });
  afterAll(() => api.close());

  const at = async (seq: number, who = mia): Promise<RunMoment> =>
    answerOf(
      runMomentSchema,
      await who.client.get(who.path(`runs/${runId}/at/${seq}`)).expect(200),
    );

  it('shows the run as it was after each event, and now as it is', async () => {
    const { version } = await lab.runOf(runId);
    const first = await at(1);
    expect(first).toMatchObject({ seq: 1, last: version, text: 'WF-T-NOTED started', tokens: [] });
    const moments = await Promise.all(Array.from({ length: version }, (_, index) => at(index + 1)));
    const places = moments.map(({ tokens }) => tokens.map(({ step }) => step).join());
    expect([...new Set(places)]).toEqual(['', 'note', 'decide']);
    const last = moments.at(-1)!;
    const now = answerOf(runSchema, await mia.client.get(mia.path(`runs/${runId}`)).expect(200));
    expect(last.steps).toEqual(now.steps);
    expect(last.tokens).toEqual(now.tokens);
    expect(last.waits).toEqual(now.waits);
    expect(last.waits).toMatchObject([
      { kind: 'task', key: 'decide#1', what: 'Decide: Can it go?' },
    ]);
    const done = now.steps.find(({ id }) => id === 'note');
    expect(done).toMatchObject({ state: 'done', here: null, finishedAt: expect.any(String) });
    const here = now.steps.find(({ id }) => id === 'decide');
    expect(here).toMatchObject({ state: 'waiting', here: { count: 1 }, finishedAt: null });
  });

  it('tells what each step changed in the data, before and after', async () => {
    const { changes } = answerOf(
      runDataSchema,
      await mia.client.get(mia.path(`runs/${runId}/data`)).expect(200),
    );
    expect(changes.filter(({ step }) => step === 'note')).toMatchObject([
      {
        ...{ stepName: 'Do note', by: { name: 'Sam' } },
        facts: [{ name: 'note', label: 'What is new?', before: null, after: 'A new model.' }],
      },
    ]);
    const marked = (await at(changes.at(-1)!.seq)).facts.filter(({ changed }) => changed);
    expect(marked).toMatchObject([{ name: 'note', value: 'A new model.' }]);
  });

  it('lists what was attached at each step, from the moment when it was', async () => {
    const begun = await lab.start('WF-T-NOTED');
    const taskId = await lab.taskOf(begun, 'note');
    const file = { bytes: Buffer.from('All as expected.\n'), name: 'tests.txt' };
    const fields = { shows: 'Test report', taskId };
    await sam.client.upload(sam.path('evidence'), file, fields).expect(201);
    await sam.submit(taskId, { note: 'With proof.' }).expect(200);
    const proven = (steps: RunMoment['steps']) =>
      steps.filter(({ evidence }) => evidence.length > 0);
    const { steps } = answerOf(
      runSchema,
      await mia.client.get(mia.path(`runs/${begun}`)).expect(200),
    );
    expect(proven(steps)).toMatchObject([
      { id: 'note', evidence: [{ reference: 'EVD-0001', shows: 'Test report' }] },
    ]);
    const { version } = await lab.runOf(begun);
    const moments: RunMoment[] = [];
    for (let seq = 1; seq <= version; seq += 1) {
      const answer = await mia.client.get(mia.path(`runs/${begun}/at/${seq}`)).expect(200);
      moments.push(answerOf(runMomentSchema, answer));
    }
    expect(proven(moments[0]!.steps)).toEqual([]);
    expect(proven(moments.at(-1)!.steps)).toEqual(proven(steps));
    // Another run of the workflow has nothing of it.
    expect(proven((await at(1)).steps)).toEqual([]);
  });

  it('keeps a blind vote from others until the matter is settled', async () => {
    const [ann, bob] = approvers as [AtWork, AtWork];
    const taskId = await lab.taskOf(runId, 'decide');
    await ann.decide(taskId, 'approve', { reason: 'The secret reason.' }).expect(200);
    const seen = async (who: AtWork) =>
      JSON.stringify((await who.client.get(who.path(`runs/${runId}`)).expect(200)).body);
    expect(await seen(ann)).toContain('The secret reason.');
    for (const who of [bob, mia]) {
      const text = await seen(who);
      expect(text).not.toContain('The secret reason.');
      expect(text).toContain('“Decide”: a vote was given');
      const { version } = await lab.runOf(runId);
      for (let seq = 1; seq <= version; seq += 1) {
        expect(JSON.stringify(await at(seq, who))).not.toContain('The secret reason.');
      }
    }
    await bob.decide(taskId, 'approve').expect(200);
    expect(await seen(mia)).toContain('The secret reason.');
    await lab.expectConsistent(runId);
  });

  it('has no moment that has not come, and none of another organisation', async () => {
    const { version } = await lab.runOf(runId);
    for (const seq of [0, version + 1, 999_999, 'x']) {
      await mia.client.get(mia.path(`runs/${runId}/at/${seq}`)).expect(404);
    }
    const theirs = await anOrganisation(api, { name: 'Other Foods' });
    const otto = new AtWork(
      await api.signIn(await aMember(api, theirs, ['client.aims_manager'])),
      theirs,
    );
    await otto.client.get(otto.path(`runs/${runId}/at/1`)).expect(404);
    await otto.client.get(otto.path(`runs/${runId}/data`)).expect(404);
  });

  it('lists runs by what they wait for, and says why somebody should look', async () => {
    const lost = await lab.start('WF-T-ORPHAN');
    const waiting = await lab.start('WF-T-NOTED');
    const list = async (query: string) => {
      const answer = await mia.client.get(mia.path(`runs?${query}`)).expect(200);
      return answerOf(page(runRowSchema), answer).items;
    };
    const ids = async (query: string) => (await list(query)).map(({ id }) => id);
    expect(await ids('role=client.legal')).toEqual([lost]);
    expect(await ids('role=client.staff')).toEqual([waiting]);
    const [row] = await list('workflow=WF-T-ORPHAN');
    expect(row).toMatchObject({
      waitingFor: [expect.any(String)],
      problems: [{ kind: 'nobody', text: expect.stringContaining('Do work') }],
    });

    await sam.client.post(sam.path(`tasks/${await lab.taskOf(waiting, 'note')}/claim`)).expect(200);
    expect(await ids(`person=${sam.personId}`)).toEqual([waiting]);
    expect(await ids('suspended=true')).toEqual([]);
    await mia.client.post(mia.path(`runs/${lost}/suspend`), { reason: 'Later.' }).expect(200);
    const [suspended] = await list('suspended=true');
    expect(suspended).toMatchObject({
      ...{ id: lost, suspendedSince: expect.any(String) },
      sentence: expect.stringMatching(/^Suspended since/),
    });
    await api.admin(`update app.run set trouble = 'It broke.' where id = $1`, [waiting]);
    expect((await list('stuck=true'))[0]).toMatchObject({
      ...{ id: waiting, problems: [{ kind: 'trouble', text: 'It broke.' }] },
    });
    expect(await ids('stuck=true')).toEqual([waiting]);
    expect(await ids('version=7')).toEqual([]);
    await api.admin(`update app.run set due_at = now() - interval '1 day' where id = $1`, [
      waiting,
    ]);
    expect(await ids('late=true')).toEqual([waiting]);
  });
});
