import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  taskConversationSchema,
  type AddTaskComment,
  type NotificationsAnswer,
  type Proposal,
} from '@plumbline/contracts';
import { answerOf, problemOf } from '../../test/support/answers.ts';
import type { AtWork } from '../../test/support/at-work.ts';
import { copilot } from '../../test/support/proposals.ts';
import { Team } from '../../test/support/team.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anEngagement, anOrganisation } from '../../test/support/world.ts';
import type { TestOrganisation } from '../../test/support/world.ts';
import { newId } from '../platform/ids.ts';

describe('the conversation at a task', () => {
  let api: TestApi;
  let here: TestOrganisation;
  let team: Team;
  let otto: AtWork;
  let lena: AtWork;
  let pia: AtWork;
  let task: string;

  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    here = await anOrganisation(api, { name: 'Talk Ltd' });
    team = new Team(api, here);
    otto = await team.join('Otto Manager', 'client.aims_manager');
    lena = await team.join('Lena Legal', 'client.legal');
    pia = await team.join('Pia Proposer', 'client.staff');
    const made = await pia.client.post(pia.path('proposals'), { name: 'Tool' }).expect(201);
    task = (made.body as Proposal).taskId;
  });

  const say = (who: AtWork, input: Partial<AddTaskComment> = {}) =>
    who.client.post(who.path(`tasks/${task}/comments`), { text: 'Which tool?', ...input });
  const read = async (who: AtWork) =>
    answerOf(
      taskConversationSchema,
      await who.client.get(who.path(`tasks/${task}/conversation`)).expect(200),
    );
  const watch = (who: AtWork, watching: boolean) =>
    who.client.put(who.path(`tasks/${task}/watch`), { watching });
  const told = async (who: AtWork) =>
    ((await who.client.get(who.path('notifications')).expect(200)).body as NotificationsAnswer)
      .items;

  it('is read by everyone who may see the task, and tells whoever is mentioned', async () => {
    await say(lena, { mentions: [pia.personId] }).expect(201);
    expect((await read(pia)).comments).toMatchObject([
      {
        text: 'Which tool?',
        by: { name: 'Lena Legal' },
        mentions: [{ name: 'Pia Proposer' }],
        mayWithdraw: false,
      },
    ]);
    expect(await told(pia)).toContainEqual(
      expect.objectContaining({
        kind: 'your-turn',
        text: 'Lena Legal mentioned you in a comment at a task.',
        path: expect.stringContaining(`/tasks/${task}`),
      }),
    );
  });

  it('tells those who watch, and nobody of what they did themselves', async () => {
    await watch(otto, true).expect(200);
    await say(lena).expect(201);
    expect(await told(otto)).toMatchObject([{ kind: 'for-information' }]);
    expect(await told(lena)).toEqual([]);
    await pia.submit(task, pia.answersTo(await pia.task(task), { ...copilot, name: 'Tool' }));
    const texts = (await told(lena)).map(({ text }) => text);
    expect(texts).toContain('Pia Proposer finished a task that you watch.');
    await watch(otto, false).expect(200);
    expect((await read(otto)).watching).toBe(false);
    await say(lena).expect(201);
    const later = (await told(otto)).filter(({ text }) => text.startsWith('Lena'));
    expect(later).toHaveLength(1);
  });

  it('mentions only people who may see the task', async () => {
    const hidden = await aMember(api, here, ['client.staff'], 'Hid Den');
    for (const id of [hidden, newId()]) {
      const refused = problemOf(await say(otto, { mentions: [id] }).expect(400));
      expect(refused.problems).toMatchObject([{ field: 'mentions' }]);
    }
    expect((await read(otto)).comments).toEqual([]);
    expect((await read(otto)).mentionable.map(({ name }) => name)).toEqual([
      'Lena Legal',
      'Pia Proposer',
    ]);
  });

  it('is taken back by its author only: the text goes, that it was said stays', async () => {
    const { comments } = (await say(lena).expect(201)).body as { comments: { id: string }[] };
    const withdraw = (who: AtWork) =>
      who.client.post(who.path(`tasks/${task}/comments/${comments[0]!.id}/withdraw`));
    await withdraw(otto).expect(404);
    await withdraw(lena).expect(200);
    await withdraw(lena).expect(404);
    expect((await read(otto)).comments).toMatchObject([
      { text: '', withdrawnAt: expect.any(String), by: { name: 'Lena Legal' } },
    ]);
  });

  it('carries evidence of this organisation, and none of another', async () => {
    const upload = await lena.client.upload(
      lena.path('evidence'),
      { bytes: Buffer.from('proof'), name: 'proof.txt' },
      { shows: 'The licence' },
    );
    const { id } = upload.body as { id: string };
    await say(lena, { evidence: [id] }).expect(201);
    expect((await read(pia)).comments).toMatchObject([{ evidence: [{ shows: 'The licence' }] }]);
    await say(lena, { evidence: [newId()] }).expect(404);
    expect((await read(pia)).comments).toHaveLength(1);
  });

  it('is closed to those who may not see the task, and names an adviser with their firm', async () => {
    const firm = await anOrganisation(api, { kind: 'firm', name: 'Quay Partners' });
    await anEngagement(api, here, firm);
    const ada = await api.signIn(await aMember(api, firm, ['firm.consultant'], 'Ada Adviser'));
    await ada
      .post(otto.path(`tasks/${task}/comments`), { text: 'Try the light path.' })
      .expect(201);
    expect((await read(otto)).comments).toMatchObject([{ firm: 'Quay Partners' }]);
    const hidden = await team.join('Hid Den', 'client.staff');
    await say(hidden).expect(404);
    await hidden.client.get(hidden.path(`tasks/${task}/conversation`)).expect(404);
    const other = await anOrganisation(api, { name: 'Elsewhere' });
    const stranger = await api.signIn(await aMember(api, other, ['client.aims_manager']));
    const there = `/api/organisations/${other.slug}/tasks/${task}/comments`;
    await stranger.post(there, { text: 'Hello' }).expect(404);
  });

  it('refuses an empty comment', async () => {
    expect(problemOf(await say(lena, { text: '  ' }).expect(400)).problems).toMatchObject([
      { field: 'text', message: 'Write something first.' },
    ]);
  });
});
