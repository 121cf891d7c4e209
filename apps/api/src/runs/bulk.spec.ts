import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { bulkItemSchema, bulkSchema, page, type Bulk, type BulkItem } from '@plumbline/contracts';
import { answerOf, problemOf } from '../../test/support/answers.ts';
import { AtWork } from '../../test/support/at-work.ts';
import { aWorkflow, endStep, RunLab, taskStep } from '../../test/support/run-lab.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation } from '../../test/support/world.ts';

jest.setTimeout(60_000);

const plain = aWorkflow('WF-T-PLAIN', 'work', [
  taskStep('work', 'over', { due: [{ due: { amount: 5, unit: 'business-days' } }] }),
  endStep('over'),
]);

describe('bulk operations', () => {
  let api: TestApi;
  let lab: RunLab;
  let mia: AtWork;
  let sam: AtWork;
  let managers = 0;

  beforeAll(async () => {
    api = await startTestApi();
    const ours = await anOrganisation(api);
    lab = new RunLab(api, ours);
    mia = await aManager();
    sam = new AtWork(await api.signIn(await aMember(api, ours, ['client.staff'], 'Sam')), ours);
    await lab.publish(plain);
  });
  afterAll(() => api.close());

  const aManager = async () => {
    managers += 1;
    const id = await aMember(api, lab.organisation, ['client.aims_manager'], `Mia ${managers}`);
    return new AtWork(await api.signIn(id), lab.organisation);
  };
  const started = (count: number) =>
    Promise.all(Array.from({ length: count }, () => lab.start('WF-T-PLAIN')));
  const choose = async (action: object, runs: readonly string[], who = mia): Promise<Bulk> => {
    const body = { action, filter: { workflow: 'WF-T-PLAIN', runs }, reason: 'The supplier left.' };
    const answer = await who.client.post(who.path('bulk-operations'), body).expect(201);
    return answerOf(bulkSchema, answer);
  };
  const start = (bulk: Bulk, who = mia) =>
    who.client.post(who.path(`bulk-operations/${bulk.id}/start`));
  const read = async (bulk: Bulk): Promise<Bulk> =>
    answerOf(bulkSchema, await mia.client.get(mia.path(`bulk-operations/${bulk.id}`)).expect(200));
  const items = async (bulk: Bulk, query = ''): Promise<BulkItem[]> => {
    const path = `bulk-operations/${bulk.id}/items?limit=200${query}`;
    return answerOf(page(bulkItemSchema), await mia.client.get(mia.path(path)).expect(200)).items;
  };

  it('do to exactly those that were chosen, and tell of each what became of it', async () => {
    const runs = await started(5);
    const bulk = await choose({ kind: 'suspend' }, runs);
    expect(bulk).toMatchObject({ status: 'chosen', total: 5, done: 0, refused: 0 });
    // Chosen is chosen: what fits later is not part of it, and what changed meanwhile says so.
    const later = await lab.start('WF-T-PLAIN');
    await sam.submit(await lab.taskOf(runs[0]!, 'work'), {}).expect(200);
    await start(bulk).expect(202);
    expect(problemOf(await start(bulk).expect(409)).code).toBe('bulk-not-startable');
    await Promise.all([lab.deliver(), lab.deliver()]);
    await lab.deliver();
    expect(await read(bulk)).toMatchObject({ status: 'done', total: 5, done: 4, refused: 1 });
    const refused = await items(bulk, '&status=refused');
    expect(refused).toMatchObject([
      { runId: runs[0], message: expect.stringContaining('has ended') },
    ]);
    for (const runId of runs.slice(1)) {
      const { state } = await lab.runOf(runId);
      expect(state.suspended).not.toBeNull();
      const last = (await lab.eventsOf(runId)).at(-1);
      expect(last).toMatchObject({ by: { personId: mia.personId }, reason: 'The supplier left.' });
      await lab.expectConsistent(runId);
    }
    expect((await lab.runOf(later)).state.suspended).toBeNull();
    const told = await api.admin('select 1 from app.notification where key = $1', [
      `bulk:${bulk.id}`,
    ]);
    expect(told).toHaveLength(1);
  });

  it('assign, move deadlines and remind, task by task', async () => {
    const runs = await started(3);
    const carryOut = async (action: object) => {
      const bulk = await choose(action, runs);
      await start(bulk).expect(202);
      await lab.deliver();
      return read(bulk);
    };
    expect(await carryOut({ kind: 'assign', assignee: sam.personId })).toMatchObject({ done: 3 });
    expect(await carryOut({ kind: 'assign', assignee: mia.personId })).toMatchObject({
      refused: 3,
    });
    expect(await carryOut({ kind: 'due', dueOn: '2027-03-01' })).toMatchObject({ done: 3 });
    // The end of the working time of that day, in the organisation's time zone.
    const dueAt = '2027-03-01T17:00:00.000Z';
    expect(await carryOut({ kind: 'remind' })).toMatchObject({ done: 3 });
    for (const runId of runs) {
      const [task] = (await lab.runOf(runId)).state.tasks;
      expect(task).toMatchObject({ assignee: sam.personId, dueAt });
      await lab.expectConsistent(runId);
    }
    const timers = await api.admin<{ due_at: Date }>(
      `select due_at from app.timer where subject = any ($1) and kind = 'late'`,
      [runs],
    );
    expect(timers.map((row) => row.due_at.toISOString())).toEqual([dueAt, dueAt, dueAt]);
  });

  it('refuse a day that is over before anything is chosen', async () => {
    const runs = await started(1);
    const filter = { workflow: 'WF-T-PLAIN', runs };
    for (const dueOn of ['2020-01-01', '2027-02-30']) {
      const body = { action: { kind: 'due', dueOn }, filter, reason: 'Later.' };
      const answer = await mia.client.post(mia.path('bulk-operations'), body).expect(400);
      expect(problemOf(answer).code).toBe('invalid');
    }
  });

  it('choose by being stuck, as the list of runs shows them', async () => {
    const [well, stuck] = (await started(2)) as [string, string];
    await api.admin(`update app.run set trouble = 'It failed.' where id = $1`, [stuck]);
    const body = {
      ...{ action: { kind: 'suspend' }, reason: 'To look at it.' },
      filter: { workflow: 'WF-T-PLAIN', runs: [well, stuck], stuck: true },
    };
    const answer = await mia.client.post(mia.path('bulk-operations'), body).expect(201);
    expect((await items(answerOf(bulkSchema, answer))).map(({ runId }) => runId)).toEqual([stuck]);
  });

  it('stop where they are, and do nothing that nobody may do any more', async () => {
    const runs = await started(2);
    const other = await aManager();
    const stopped = await choose({ kind: 'cancel' }, runs);
    await mia.client.post(mia.path(`bulk-operations/${stopped.id}/stop`)).expect(200);
    expect(problemOf(await start(stopped).expect(409)).code).toBe('bulk-not-startable');
    const bulk = await choose({ kind: 'cancel' }, runs, other);
    expect(problemOf(await start(bulk).expect(409)).code).toBe('bulk-not-startable');
    await start(bulk, other).expect(202);
    await api.admin(`update app.member set roles = '{client.staff}' where person_id = $1`, [
      other.personId,
    ]);
    await lab.deliver();
    expect(await read(bulk)).toMatchObject({ status: 'done', done: 0, refused: 2 });
    for (const runId of runs) expect((await lab.runOf(runId)).status).toBe('running');
  });

  it('are not there for other organisations, and need a right and a reason', async () => {
    const runs = await started(1);
    const bulk = await choose({ kind: 'remind' }, runs);
    const theirs = await anOrganisation(api, { name: 'Other Foods' });
    const otto = new AtWork(
      await api.signIn(await aMember(api, theirs, ['client.aims_manager'])),
      theirs,
    );
    for (const path of [`bulk-operations/${bulk.id}`, `bulk-operations/${bulk.id}/items`]) {
      await otto.client.get(otto.path(path)).expect(404);
    }
    await start(bulk, otto).expect(404);
    const body = { action: { kind: 'cancel' }, filter: { runs }, reason: 'x' };
    const foreign = await otto.client.post(otto.path('bulk-operations'), body).expect(201);
    expect(answerOf(bulkSchema, foreign).total).toBe(0);
    await sam.client.post(sam.path('bulk-operations'), body).expect(403);
    await mia.client.post(mia.path('bulk-operations'), { ...body, reason: ' ' }).expect(400);
  });
});
