import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { taskBulkSchema, type StartTaskBulk, type Task } from '@plumbline/contracts';
import type { Step } from '@plumbline/workflow-engine';
import { aRunOf, aWorkflow } from '../../test/support/a-workflow.ts';
import { answerOf, problemOf } from '../../test/support/answers.ts';
import type { AtWork } from '../../test/support/at-work.ts';
import { Team } from '../../test/support/team.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from '../../test/support/world.ts';
import { newId } from '../platform/ids.ts';

// Several runs and many moves in each.
jest.setTimeout(30_000);

const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const outcome = (key: string, effect: 'approve' | 'reject') => ({
  ...{ key, label: key, effect, to: 'end', reasonRequired: false, consequence: '' },
});
const decide = (change: object): Step => ({
  ...({
    type: 'approval',
    id: 'go',
    stage: 'main',
    name: 'Go live',
    question: 'Go live?',
  } as const),
  ...{ role: 'client.approver', outcomes: [outcome('yes', 'approve'), outcome('no', 'reject')] },
  ...{ separation: [], shows: [], ...change },
});
const work = (id: string, to: string): Step => ({
  ...({ type: 'task', stage: 'main', role: 'client.legal', form: { sections: [] } } as const),
  ...{ id, name: `Do ${id}`, next: [{ to }], due: [{ due: { amount: 5, unit: 'business-days' } }] },
});

describe('what can be done with tasks besides finishing them', () => {
  let api: TestApi;
  let here: TestOrganisation;
  let team: Team;
  let mia: AtWork;
  let lee: AtWork;
  let lou: AtWork;
  let task: string;

  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    here = await anOrganisation(api, { name: 'Desk Ltd' });
    team = new Team(api, here);
    mia = await team.join('Mia Manager', 'client.aims_manager');
    lee = await team.join('Lee Legal', 'client.legal');
    lou = await team.join('Lou Legal', 'client.legal');
    task = await aTask('WF-WORK');
  });

  const aTask = async (key: string) =>
    (await aRunOf(api, here, aWorkflow(key, [work('draft', 'end')]))).taskIds[0]!;
  const act = (who: AtWork, command: string, body: object = {}, id = task) =>
    who.client.post(who.path(`tasks/${id}/${command}`), body);
  const taskAfter = async (request: ReturnType<typeof act>) =>
    (await request.expect(200)).body as Task;

  describe('hold and go on', () => {
    it('asks nobody meanwhile, says why, and keeps the time that was left', async () => {
      const held = await taskAfter(act(lee, 'hold', { reason: 'The supplier is on leave.' }));
      expect(held).toMatchObject({
        ...{ onHold: true, yourTurn: false, held: { reason: 'The supplier is on leave.' } },
        can: { submit: false, continue: true, hold: false, remind: false },
      });
      expect((await lee.tasks()).items).toEqual([]);
      expect((await lee.tasks('waiting')).items).toMatchObject([{ id: task, onHold: true }]);
      expect(problemOf(await lee.submit(task, {}).expect(409)).code).toBe('task-on-hold');
      expect(problemOf(await act(mia, 'remind').expect(409)).code).toBe('nobody-to-remind');
      expect(await taskAfter(act(lou, 'continue'))).toMatchObject({ onHold: false, held: null });
      expect(problemOf(await act(lou, 'continue').expect(409)).code).toBe('task-not-on-hold');
    });

    it('is for those whose work it is, in their organisation', async () => {
      expect(problemOf(await act(mia, 'hold', { reason: 'x' }).expect(403)).code).toBe(
        'not-your-role',
      );
      await act(lee, 'hold', { reason: ' ' }).expect(400);
      const other = await anOrganisation(api, { name: 'Elsewhere' });
      const stranger = await api.signIn(await aMember(api, other, ['client.legal']));
      const there = `/api/organisations/${other.slug}/tasks/${task}`;
      for (const command of ['continue', 'take-back']) {
        await stranger.post(`${there}/${command}`).expect(404);
      }
      await stranger.post(`${there}/hold`, { reason: 'x' }).expect(404);
    });
  });

  describe('giving on', () => {
    const give = (until: string | null = null, to = lou.personId) =>
      act(lee, 'delegate', { to, reason: 'Lou knows it.', until });

    it('is until it is done, and can be taken back by the giver alone', async () => {
      expect(await taskAfter(give())).toMatchObject({
        assignee: { name: 'Lou Legal' },
        delegation: { from: { name: 'Lee Legal' }, reason: 'Lou knows it.', until: null },
        can: { takeBack: true },
      });
      await act(lou, 'take-back').expect(404);
      expect(await taskAfter(act(lee, 'take-back'))).toMatchObject({
        ...{ assignee: { name: 'Lee Legal' }, delegation: null },
      });
      await act(lee, 'take-back').expect(404);
    });

    it('comes back by itself after its last day, unless somebody else got it meanwhile', async () => {
      await give(dayIn(1)).expect(200);
      await team.deliver();
      expect(await lee.task(task)).toMatchObject({
        assignee: { name: 'Lee Legal' },
        delegation: null,
      });
      await give(dayIn(1)).expect(200);
      await act(mia, 'assign', { assignee: lou.personId }).expect(200);
      await team.deliver();
      expect(await lee.task(task)).toMatchObject({
        assignee: { name: 'Lou Legal' },
        delegation: null,
      });
    });

    it.each([
      ['a day that is over', () => give(dayIn(-1)), 400, 'invalid'],
      ['a stranger', () => give(null, newId()), 400, 'invalid'],
      ['somebody without the role', () => give(null, mia.personId), 422, 'cannot-delegate'],
      ['oneself', () => give(null, lee.personId), 422, 'cannot-delegate'],
    ])('refuses %s', async (_, attempt, status, code) => {
      expect(problemOf(await attempt().expect(status)).code).toBe(code);
      expect((await lee.task(task)).assignee).toBeNull();
    });
  });

  describe('another deadline', () => {
    it('is moved with a reason by who may, and those who watch are told', async () => {
      await lou.client.put(lou.path(`tasks/${task}/watch`), { watching: true }).expect(200);
      const dueOn = dayIn(40);
      const moved = await taskAfter(act(mia, 'due', { dueOn, reason: 'The law changes.' }));
      expect(moved.dueAt?.slice(0, 10)).toBe(dueOn);
      expect(moved.history[0]).toMatchObject({ detail: 'The law changes.' });
      const { body } = await lou.client.get(lou.path('notifications')).expect(200);
      expect(JSON.stringify(body)).toContain('moved the due date');
      await act(lee, 'due', { dueOn, reason: 'x' }).expect(403);
      await act(mia, 'due', { dueOn: dayIn(-2), reason: 'x' }).expect(400);
    });
  });

  describe('many at once', () => {
    const start = (input: StartTaskBulk, who = mia) =>
      who.client.post(who.path('task-bulks'), input);
    const carriedOut = async (input: StartTaskBulk, who = mia) => {
      const { id } = answerOf(taskBulkSchema, await start(input, who).expect(202));
      await team.deliver();
      return read(id);
    };
    const read = async (id: string) =>
      answerOf(taskBulkSchema, await mia.client.get(mia.path(`task-bulks/${id}`)).expect(200));
    const whoHas = async (id: string) => (await mia.task(id)).assignee?.id ?? null;

    it('are chosen once, judged one by one, and an assignment is undone', async () => {
      const second = await aTask('WF-TWO');
      const third = await aTask('WF-THREE');
      await act(mia, 'assign', { assignee: lou.personId }, second).expect(200);
      const started = answerOf(
        taskBulkSchema,
        await start({
          action: { kind: 'assign', assignee: lee.personId },
          tasks: { matching: { view: 'waiting' } },
        }).expect(202),
      );
      // What comes afterwards is not among them; what is done meanwhile is refused by itself.
      const late = await aTask('WF-LATE');
      await lou.submit(third, {}).expect(200);
      await team.deliver();
      const bulk = await read(started.id);
      expect(bulk).toMatchObject({ total: 3, done: 2, refused: 1, status: 'done', mayUndo: true });
      expect(bulk.problems).toMatchObject([{ taskId: third }]);
      expect([await whoHas(task), await whoHas(second), await whoHas(late)]).toEqual([
        ...[lee.personId, lee.personId, null],
      ]);

      await act(mia, 'assign', { assignee: lou.personId }, task).expect(200);
      const undo = await mia.client.post(mia.path(`task-bulks/${bulk.id}/undo`)).expect(202);
      await team.deliver();
      const undone = await read((undo.body as { id: string }).id);
      expect(undone).toMatchObject({ kind: 'undo', done: 1, refused: 1 });
      expect(await whoHas(second)).toBe(lou.personId);
      const again = await mia.client.post(mia.path(`task-bulks/${bulk.id}/undo`)).expect(409);
      expect(problemOf(again).code).toBe('cannot-undo');
    });

    it('remind and move deadlines, each with a result of its own', async () => {
      const reminded = await carriedOut({ action: { kind: 'remind' }, tasks: { ids: [task] } });
      expect(reminded).toMatchObject({ done: 1, refused: 0, mayUndo: false });
      const dueOn = dayIn(30);
      const action = { kind: 'due', dueOn, reason: 'Holidays' } as const;
      expect(await carriedOut({ action, tasks: { ids: [task] } })).toMatchObject({ done: 1 });
      expect((await mia.task(task)).dueAt?.slice(0, 10)).toBe(dueOn);
    });

    it('go by the rights of the moment, and know no tasks of others', async () => {
      await start({ action: { kind: 'remind' }, tasks: { ids: [task] } }, lee).expect(403);
      const { id } = answerOf(
        taskBulkSchema,
        await start({ action: { kind: 'remind' }, tasks: { ids: [task] } }).expect(202),
      );
      await api.admin(`update app.member set roles = '{client.staff}' where person_id = $1`, [
        mia.personId,
      ]);
      await team.deliver();
      const items = await api.admin<{ status: string }>(
        'select status from app.bulk_item where bulk_id = $1',
        [id],
      );
      expect(items).toEqual([{ status: 'refused' }]);
      const other = await anOrganisation(api, { name: 'Elsewhere' });
      const theirs = await api.signIn(await aMember(api, other, ['client.aims_manager']));
      const there = `/api/organisations/${other.slug}/task-bulks`;
      await theirs.get(`${there}/${id}`).expect(404);
      const none = await theirs.post(there, {
        action: { kind: 'remind' },
        tasks: { ids: [task] },
      });
      expect(answerOf(taskBulkSchema, none)).toMatchObject({ total: 0, status: 'done' });
    });
  });

  it('keep blind votes from everybody else until the matter is settled', async () => {
    const [ann, bob] = [
      await team.join('Ann Approver', 'client.approver'),
      await team.join('Bob Approver', 'client.approver'),
    ];
    const quorum = {
      ...{ seats: [{ role: 'client.approver', count: 2 }], needs: 'any', blind: true },
    };
    const { taskIds } = await aRunOf(api, here, aWorkflow('WF-BLIND', [decide({ quorum })]));
    const id = taskIds[0]!;
    await ann.decide(id, 'no', { reason: 'Too risky.' }).expect(200);
    expect((await ann.task(id)).decision?.recorded).toMatchObject([{ outcome: 'no' }]);
    const seen = await bob.task(id);
    expect(seen.decision).toMatchObject({
      ...{
        blind: true,
        recorded: [{ person: { name: 'Ann Approver' }, outcome: null }],
      },
      seats: [{ role: 'Approver', people: 2, taken: 1 }],
    });
    expect(JSON.stringify(seen)).not.toContain('Too risky');
    await bob.decide(id, 'no').expect(200);
    expect((await bob.task(id)).decision?.recorded).toMatchObject([
      { outcome: 'no' },
      { outcome: 'no' },
    ]);
  });
});
