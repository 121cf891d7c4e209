import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  repairPreviewSchema,
  repairSchema,
  repairsSchema,
  type Repair,
} from '@plumbline/contracts';
import { answerOf, problemOf } from '../../test/support/answers.ts';
import { AtWork } from '../../test/support/at-work.ts';
import { aWorkflow, endStep, RunLab, taskStep } from '../../test/support/run-lab.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anEngagement, anOrganisation } from '../../test/support/world.ts';

jest.setTimeout(60_000);

const governed = aWorkflow(
  'WF-T-GOVERNED',
  'describe',
  [
    taskStep('describe', 'decide'),
    {
      ...{ type: 'approval', id: 'decide', stage: 'main', name: 'Decide', role: 'client.approver' },
      ...{ question: 'Can it go?', separation: [], shows: [], outcomeFact: 'decided' },
      outcomes: [
        {
          ...{ key: 'approve', label: 'Approve', effect: 'approve', to: 'run-it' },
          ...{ reasonRequired: false, consequence: 'It can go.' },
        },
        {
          ...{ key: 'reject', label: 'Reject', effect: 'reject', to: 'refused' },
          ...{ reasonRequired: true, consequence: 'It cannot go.' },
        },
      ],
    },
    taskStep('run-it', 'over'),
    endStep('over'),
    endStep('refused'),
  ],
  {
    facts: [
      { name: 'decided', type: { kind: 'text' }, source: 'run' },
      { name: 'note', type: { kind: 'text' }, source: 'run' },
    ],
  },
);
const plain = aWorkflow('WF-T-PLAIN', 'one', [
  taskStep('one', 'two'),
  taskStep('two', 'over'),
  endStep('over'),
]);

describe('repairing runs', () => {
  let api: TestApi;
  let lab: RunLab;
  let mia: AtWork;
  let tom: AtWork;
  let lea: AtWork;

  beforeAll(async () => {
    api = await startTestApi();
    const ours = await anOrganisation(api);
    lab = new RunLab(api, ours);
    const join = async (role: 'client.aims_manager' | 'client.top_management', name: string) =>
      new AtWork(await api.signIn(await aMember(api, ours, [role], name)), ours);
    mia = await join('client.aims_manager', 'Mia Manager');
    tom = await join('client.top_management', 'Tom Top');
    const firm = await anOrganisation(api, { kind: 'firm', name: 'Firm' });
    await anEngagement(api, ours, firm);
    lea = new AtWork(await api.signIn(await aMember(api, firm, ['firm.lead'], 'Lea Lead')), ours);
    await lab.publish(governed, plain);
  });
  afterAll(() => api.close());

  const ask = async (who: AtWork, runId: string, action: object, version?: number) => {
    const now = version ?? (await lab.runOf(runId)).version;
    return who.client.post(who.path(`runs/${runId}/repairs`), {
      ...{ action, reason: 'The supplier has left.', version: now },
    });
  };
  const asked = async (who: AtWork, runId: string, action: object): Promise<Repair> => {
    const answer = await ask(who, runId, action);
    expect(answer.status).toBe(201);
    return answerOf(repairSchema, answer);
  };
  const confirm = (who: AtWork, { runId, id }: Repair) =>
    who.client.post(who.path(`runs/${runId}/repairs/${id}/confirm`));
  const turnDown = (who: AtWork, { runId, id }: Repair) =>
    who.client.post(who.path(`runs/${runId}/repairs/${id}/turn-down`), {
      reason: 'Not like this.',
    });
  const codeOf = async (answer: PromiseLike<Parameters<typeof problemOf>[0]>) =>
    problemOf(await answer).code;

  it('says what a repair would do, and does nothing yet', async () => {
    const runId = await lab.start('WF-T-GOVERNED');
    const preview = async (action: object) =>
      answerOf(
        repairPreviewSchema,
        await mia.client.post(mia.path(`runs/${runId}/repairs/preview`), { action }).expect(200),
      );
    const before = await lab.runOf(runId);
    expect(await preview({ kind: 'skip', key: 'describe#1' })).toMatchObject({
      ...{ words: '“Do describe” skipped', refusal: null, needsTwo: null, waitsAt: ['Decide'] },
      entries: expect.arrayContaining(['“Decide” waits for Approver']),
    });
    expect(await preview({ kind: 'move', from: 'describe#1', to: 'run-it' })).toMatchObject({
      needsTwo: 'It passes over the decision “Decide”.',
    });
    expect(await preview({ kind: 'skip', key: 'nowhere#1' })).toMatchObject({
      ...{ refusal: expect.any(String), entries: [] },
    });
    expect(await lab.runOf(runId)).toEqual(before);
  });

  it('is done at once by one person where no decision is passed over', async () => {
    const runId = await lab.start('WF-T-PLAIN');
    const repair = await asked(mia, runId, { kind: 'skip', key: 'one#1' });
    expect(repair).toMatchObject({
      status: 'done',
      needsTwo: null,
      askedBy: { name: 'Mia Manager' },
    });
    expect((await lab.runOf(runId)).state.tasks).toMatchObject([{ step: 'two' }]);
    await asked(mia, runId, { kind: 'retry', key: 'two#1' });
    expect((await lab.runOf(runId)).state.tasks).toMatchObject([{ key: 'two#2' }]);
    await lab.expectConsistent(runId);
  });

  it('waits for a second person where a decision would be passed over, and records no decision', async () => {
    const runId = await lab.start('WF-T-GOVERNED');
    const repair = await asked(mia, runId, { kind: 'move', from: 'describe#1', to: 'run-it' });
    expect(repair).toMatchObject({ status: 'asked', can: { confirm: false, turnDown: true } });
    expect((await lab.runOf(runId)).state.tasks).toMatchObject([{ step: 'describe' }]);
    const told = await api.admin(
      'select 1 from app.notification where person_id = $1 and key = $2',
      [...[tom.personId, `repair:${repair.id}`]],
    );
    expect(told).toHaveLength(1);

    expect(await codeOf(confirm(mia, repair).expect(403))).toBe('own-repair');
    await confirm(lea, repair).expect(403);
    const done = answerOf(repairSchema, await confirm(tom, repair).expect(200));
    expect(done).toMatchObject({ status: 'done', settledBy: { name: 'Tom Top' } });
    const { state } = await lab.runOf(runId);
    expect(state.tasks).toMatchObject([{ step: 'run-it' }]);
    expect(state.facts).not.toHaveProperty('decided');
    const decisions = await api.admin('select 1 from app.decision where run_id = $1', [runId]);
    expect(decisions).toEqual([]);
    const repaired = (await lab.eventsOf(runId)).find(({ type }) => type === 'run-repaired');
    expect(repaired).toMatchObject({
      ...{ by: { personId: tom.personId } },
      reason: 'The supplier has left. (asked for by Mia Manager)',
    });
    await lab.expectConsistent(runId);
  });

  it('is only asked for by an adviser', async () => {
    const runId = await lab.start('WF-T-PLAIN');
    const repair = await asked(lea, runId, { kind: 'skip', key: 'one#1' });
    expect(repair).toMatchObject({ status: 'asked', needsTwo: expect.stringMatching(/adviser/) });
    await confirm(mia, repair).expect(200);
    expect((await lab.runOf(runId)).state.tasks).toMatchObject([{ step: 'two' }]);
  });

  it('is settled once, whoever comes at the same moment', async () => {
    const runId = await lab.start('WF-T-GOVERNED');
    const repair = await asked(mia, runId, { kind: 'skip', key: 'describe#1', to: 'run-it' });
    const answers = await Promise.all([
      ...[confirm(tom, repair), confirm(tom, repair), turnDown(mia, repair)],
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await codeOf(confirm(tom, repair).expect(409))).toBe('repair-settled');
    await lab.expectConsistent(runId);
  });

  it('lets one of two repairs at the same moment through', async () => {
    const runId = await lab.start('WF-T-PLAIN');
    const { version } = await lab.runOf(runId);
    const skip = { kind: 'skip', key: 'one#1' };
    const answers = await Promise.all([1, 2].map(() => ask(mia, runId, skip, version)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await lab.runOf(runId)).state.tasks).toMatchObject([{ step: 'two' }]);
    await lab.expectConsistent(runId);
  });

  it('is outdated when the run has moved on, and can be withdrawn or turned down', async () => {
    const runId = await lab.start('WF-T-GOVERNED');
    const first = await asked(mia, runId, { kind: 'move', from: 'describe#1', to: 'run-it' });
    await asked(mia, runId, { kind: 'retry', key: 'describe#1' });
    expect(await codeOf(confirm(tom, first).expect(409))).toBe('repair-outdated');
    expect(answerOf(repairSchema, await turnDown(tom, first).expect(200)).status).toBe(
      'turned-down',
    );
    const second = await asked(mia, runId, { kind: 'set-facts', facts: { note: 'Changed.' } });
    expect(second.needsTwo).toMatch(/data/);
    expect(answerOf(repairSchema, await turnDown(mia, second).expect(200)).status).toBe(
      'withdrawn',
    );
    const { items } = answerOf(
      repairsSchema,
      await tom.client.get(tom.path(`runs/${runId}/repairs`)).expect(200),
    );
    expect(items.map(({ status }) => status)).toEqual(['withdrawn', 'done', 'turned-down']);
  });

  it('refuses what the engine refuses, and changes nothing', async () => {
    const runId = await lab.start('WF-T-PLAIN');
    const before = await lab.runOf(runId);
    const tries = [
      { kind: 'skip', key: 'two#1' },
      { kind: 'move', from: 'one#1', to: 'nowhere' },
      { kind: 'set-facts', facts: { unknown: 1 } },
    ];
    for (const action of tries) {
      expect(problemOf(await ask(mia, runId, action)).code).toBe('cannot-repair');
    }
    expect(await lab.runOf(runId)).toEqual(before);
    expect(await api.admin('select 1 from app.repair where run_id = $1', [runId])).toEqual([]);
  });
});
