import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createdTokenSchema, sentSignalSchema } from '@plumbline/contracts';
import type { Step } from '@plumbline/workflow-engine';
import { answerOf, problemOf } from '../../test/support/answers.ts';
import { AtWork } from '../../test/support/at-work.ts';
import { aWorkflow, endStep, RunLab, taskStep } from '../../test/support/run-lab.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation } from '../../test/support/world.ts';
import { createApplication } from '../application.ts';
import { newId } from '../platform/ids.ts';

jest.setTimeout(60_000);

const listen = (change: Partial<Step & { type: 'await' }> = {}): Step => ({
  ...{ type: 'await', id: 'listen', stage: 'main', name: 'Listen', signal: 'retrained' },
  ...{ takes: [{ ours: 'model', theirs: 'modelVersion' }], next: [{ to: 'heard' }], ...change },
});
const facts = [{ name: 'model', type: { kind: 'text' }, source: 'run' }] as const;
const listener = aWorkflow('WF-T-LISTENER', 'listen', [listen(), endStep('heard')], { facts });
/** Works first, and takes a signal that came in the meantime. */
const late = aWorkflow(
  'WF-T-LATE',
  'work',
  [
    taskStep('work', 'listen'),
    listen({ keptFor: { amount: 10, unit: 'calendar-days' } }),
    endStep('heard'),
  ],
  { facts },
);
const interrupted = aWorkflow('WF-T-INTERRUPTED', 'work', [
  taskStep('work', 'done', {
    boundaries: [
      { ...{ id: 'stop', label: 'Recalled', interrupts: true, to: 'stopped' }, signal: 'recall' },
    ],
  }),
  endStep('done'),
  endStep('stopped'),
]);
const sender = aWorkflow(
  'WF-T-SENDER',
  'send',
  [
    {
      ...{ type: 'signal', id: 'send', stage: 'main', name: 'Send', signal: 'retrained' },
      ...{ to: 'organisation', facts: [{ ours: 'model', theirs: 'modelVersion' }] },
      next: [{ to: 'sent' }],
    },
    endStep('sent'),
  ],
  { facts },
);
const teller = aWorkflow('WF-T-TELLER', 'tell', [
  {
    ...{ type: 'tell', id: 'tell', stage: 'main', name: 'Tell', roles: ['client.staff'] },
    ...{ title: 'The model was recalled', text: 'Stop using it today.', next: [{ to: 'told' }] },
  },
  endStep('told'),
]);

describe('signals', () => {
  let api: TestApi;
  let lab: RunLab;
  let mia: AtWork;
  let sam: AtWork;

  beforeAll(async () => {
    api = await startTestApi();
    const ours = await anOrganisation(api);
    lab = new RunLab(api, ours);
    const manager = await aMember(api, ours, ['client.aims_manager'], 'Mia');
    mia = new AtWork(await api.signIn(manager, { steppedUp: true }), ours);
    sam = new AtWork(await api.signIn(await aMember(api, ours, ['client.staff'], 'Sam')), ours);
    await lab.publish(listener, late, interrupted, sender, teller);
  });
  afterAll(() => api.close());

  const send = (who: AtWork, system: string, body: object = {}) =>
    who.client.post(who.path(`ai-systems/${system}/signals`), {
      ...{ signal: 'retrained', id: newId(), facts: { modelVersion: '3.2' }, ...body },
    });

  it('reach every run that waits, about this AI system only, each once', async () => {
    const [here, there] = [await lab.aSystem('Here'), await lab.aSystem('There')];
    const [first, second, other] = [
      await lab.start('WF-T-LISTENER', here),
      await lab.start('WF-T-LISTENER', here),
      await lab.start('WF-T-LISTENER', there),
    ];
    const id = newId();
    const answer = answerOf(sentSignalSchema, await send(mia, here, { id }).expect(202));
    expect(answer).toMatchObject({ signal: 'retrained', again: false });
    await Promise.all([lab.deliver(), lab.deliver(), lab.deliver()]);
    for (const runId of [first, second]) {
      const run = await lab.runOf(runId);
      expect(run).toMatchObject({ status: 'ended', state: { facts: { model: '3.2' } } });
      await lab.expectConsistent(runId);
    }
    expect((await lab.runOf(other)).status).toBe('running');

    const again = answerOf(sentSignalSchema, await send(mia, here, { id }).expect(202));
    expect(again).toEqual({ ...answer, again: true });
    const differs = await send(mia, here, { id, facts: { modelVersion: '4' } }).expect(409);
    expect(problemOf(differs).code).toBe('signal-differs');
    const rows = await api.admin('select reached from app.signal where id = $1', [answer.id]);
    expect(rows).toEqual([{ reached: 2 }]);
  });

  it('are kept for a run that works on something else first, and for one that starts later', async () => {
    const system = await lab.aSystem();
    const before = await lab.start('WF-T-LATE', system);
    await send(mia, system).expect(202);
    await lab.deliver();
    const after = await lab.start('WF-T-LATE', system);
    for (const runId of [before, after]) {
      await sam.submit(await lab.taskOf(runId, 'work'), {}).expect(200);
      expect(await lab.runOf(runId)).toMatchObject({ status: 'ended', outcome: 'heard' });
      await lab.expectConsistent(runId);
    }
    await api.admin(`update app.signal set sent_at = now() - interval '11 days'`);
    const tooLate = await lab.start('WF-T-LATE', system);
    await sam.submit(await lab.taskOf(tooLate, 'work'), {}).expect(200);
    expect((await lab.runOf(tooLate)).state.awaiting).toMatchObject([{ signal: 'retrained' }]);
  });

  it('interrupt a step, whose task is then gone', async () => {
    const system = await lab.aSystem();
    const runId = await lab.start('WF-T-INTERRUPTED', system);
    const taskId = await lab.taskOf(runId, 'work');
    await send(mia, system, { signal: 'recall', facts: {} }).expect(202);
    const [done] = await Promise.all([sam.submit(taskId, {}), lab.deliver()]);
    await lab.deliver();
    const { status, outcome } = await lab.runOf(runId);
    expect(status).toBe('ended');
    expect(outcome).toBe(done.status === 200 ? 'done' : 'stopped');
    await lab.expectConsistent(runId);
  });

  it('wait until a suspended run goes on', async () => {
    const system = await lab.aSystem();
    const runId = await lab.start('WF-T-LISTENER', system);
    const pause = (what: string) =>
      mia.client.post(mia.path(`runs/${runId}/${what}`), { reason: 'Not now.' }).expect(200);
    await pause('suspend');
    await send(mia, system).expect(202);
    await lab.deliver();
    expect((await lab.runOf(runId)).status).toBe('running');
    await pause('resume');
    expect(await lab.runOf(runId)).toMatchObject({ status: 'ended', outcome: 'heard' });
    await lab.expectConsistent(runId);
  });

  it('that a run cannot use leave it waiting, first in the list, and reach the others', async () => {
    const system = await lab.aSystem();
    const runId = await lab.start('WF-T-LISTENER', system);
    await send(mia, system, { facts: { modelVersion: 3 } }).expect(202);
    await lab.deliver();
    const run = await lab.runOf(runId);
    expect(run).toMatchObject({ status: 'running', trouble: expect.stringContaining('retrained') });
    await send(mia, system).expect(202);
    await lab.deliver();
    expect(await lab.runOf(runId)).toMatchObject({ status: 'ended', trouble: null });
  });

  it('are sent by runs to all others of the organisation', async () => {
    const runId = await lab.start('WF-T-LISTENER');
    const sent = await lab.start('WF-T-SENDER', undefined, { model: '9' });
    await lab.deliver();
    expect(await lab.runOf(runId)).toMatchObject({
      status: 'ended',
      state: { facts: { model: '9' } },
    });
    await lab.expectConsistent(sent);
  });

  it('are taken from a token with the scope, and from nobody without the right', async () => {
    const system = await lab.aSystem();
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const tokenWith = async (scopes: string[]) => {
      const body = { name: 'CI', scopes, expiresAt };
      const answer = await mia.client.post(mia.path('tokens'), body).expect(201);
      return answerOf(createdTokenSchema, answer).secret;
    };
    const as = (secret: string) =>
      send(new AtWork(api.anonymous, lab.organisation), system)
        .unset('X-Plumbline-Client')
        .set('Authorization', `Bearer ${secret}`);
    expect((await as(await tokenWith(['signals:write']))).status).toBe(202);
    expect((await as(await tokenWith(['gate:read']))).status).toBe(403);
    await send(sam, system).expect(403);
  });

  it('of another organisation find nothing, and strange names are refused', async () => {
    const theirs = new RunLab(api, await anOrganisation(api, { name: 'Other Foods' }));
    const system = await theirs.aSystem();
    await send(mia, system).expect(404);
    const own = await lab.aSystem();
    for (const body of [{ signal: '1st' }, { signal: '' }, { id: 'a b' }, { facts: [] }]) {
      await send(mia, own, body).expect(400);
    }
    const rows = await api.admin('select 1 from app.signal where ai_system_id = any ($1)', [
      [system, own],
    ]);
    expect(rows).toEqual([]);
  });

  it.each(['postgres', ...(process.env['TEST_REDIS_URL'] ? ['redis'] : [])])(
    'travel through the queue on %s, and people are told once',
    async (backend) => {
      const system = await lab.aSystem();
      const runId = await lab.start('WF-T-LISTENER', system);
      const told = await lab.start('WF-T-TELLER', system);
      await send(mia, system).expect(202);
      const worker = await createApplication(
        api.database.configurationOf('worker', {
          QUEUE_BACKEND: backend,
          ...(backend === 'redis' && { QUEUE_URL: `${process.env['TEST_REDIS_URL'] ?? ''}/6` }),
        }),
      );
      await worker.init();
      const notices = () =>
        api.admin('select person_id from app.notification where key = $1', [`told:${told}:tell#1`]);
      while ((await lab.runOf(runId)).status === 'running' || (await notices()).length === 0);
      await worker.close();
      expect(await lab.runOf(runId)).toMatchObject({ status: 'ended', outcome: 'heard' });
      expect(await notices()).toEqual([{ person_id: sam.personId }]);
    },
  );
});
