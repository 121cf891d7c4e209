import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { guestLinksSchema, guestTaskSchema, type SendToGuest } from '@plumbline/contracts';
import type { FactDeclaration, FormDefinition, Step } from '@plumbline/workflow-engine';
import { aRunOf, aWorkflow } from '../../test/support/a-workflow.ts';
import { answerOf, problemOf } from '../../test/support/answers.ts';
import type { AtWork } from '../../test/support/at-work.ts';
import { Team } from '../../test/support/team.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from '../../test/support/world.ts';
import { Attempts } from '../sessions/index.ts';

const FACTS: readonly FactDeclaration[] = [
  { name: 'purpose', type: { kind: 'text' }, source: 'subject' },
  { name: 'volume', type: { kind: 'text' }, source: 'subject' },
  { name: 'headcount', type: { kind: 'number' }, source: 'organisation' },
  { name: 'trains', type: { kind: 'boolean' }, source: 'form' },
  { name: 'where', type: { kind: 'text' }, source: 'form' },
  { name: 'contact', type: { kind: 'person' }, source: 'form' },
];
const question = { hint: '', why: '' };
const survey: FormDefinition = {
  shows: ['purpose'],
  sections: [
    {
      ...{ key: 'data', title: 'Data' },
      fields: [
        { ...question, key: 'trains', type: 'yes-no', label: 'Trained on it?', required: true },
        {
          ...{ ...question, key: 'where', type: 'text', label: 'Where is it?', required: false },
          when: { fact: 'headcount', is: 'at-least', value: 1 },
        },
      ],
    },
  ],
};
const ask = (id: string, form: FormDefinition, to: string): Step => ({
  ...({ type: 'form', stage: 'main', role: 'client.supplier_manager' } as const),
  ...{ id, name: `Answer ${id}`, form, next: [{ to }] },
});

describe('a form sent to somebody outside', () => {
  let api: TestApi;
  let here: TestOrganisation;
  let sue: AtWork;
  let task: string;

  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    here = await anOrganisation(api, { name: 'Buyer Ltd' });
    await api.admin('update app.organisation set headcount = 30 where id = $1', [here.id]);
    sue = await new Team(api, here).join('Sue Supply', 'client.supplier_manager');
    const definition = aWorkflow('WF-SURVEY', [ask('survey', survey, 'end')], FACTS);
    task = (await aRunOf(api, here, definition)).taskIds[0]!;
    await api.admin('delete from app.sign_in_attempt');
  });

  const send = (who: AtWork, change: Partial<SendToGuest> = {}, id = task) =>
    who.client.post(who.path(`tasks/${id}/guest-links`), {
      ...{ name: 'Gil Guest', email: 'gil@supplier.example', days: 7, ...change },
    });
  const links = async (who = sue) =>
    answerOf(
      guestLinksSchema,
      await who.client.get(who.path(`tasks/${task}/guest-links`)).expect(200),
    );
  const deliver = () => new Team(api, here).deliver();
  /** The secret in the mail that went out. */
  async function secret(): Promise<string> {
    await deliver();
    const folder = join(api.database.dataDir, 'outbox');
    const files = await readdir(folder);
    const mails = await Promise.all(
      files.map(
        async (file) => JSON.parse(await readFile(join(folder, file), 'utf8')) as { text: string },
      ),
    );
    const texts = mails.map(({ text }) => text).filter((text) => text.includes('/guest/'));
    const found = /\/guest\/([\w-]+)/.exec(texts.filter((text) => text.includes('Buyer')).at(-1)!);
    return found![1]!;
  }
  const answer = (token: string, change: object = {}) =>
    api.anonymous.post('/api/guest-tasks/answer', {
      ...{ token, name: 'Gil Guest', email: 'gil@supplier.example' },
      ...{ answers: { trains: false, where: 'In Leeds' }, ...change },
    });

  it('shows its questions and shown facts, nothing else, and is handed in once as the member’s', async () => {
    const sent = answerOf(guestLinksSchema, await send(sue, { message: 'Thanks' }).expect(201));
    expect(sent).toMatchObject({ maySend: false, items: [{ state: 'open', mayRevoke: true }] });
    expect((await sue.task(task)).assignee).toMatchObject({ id: sue.personId });
    const token = await secret();
    const page = answerOf(
      guestTaskSchema,
      await api.anonymous.get(`/api/guest-tasks/${token}`).expect(200),
    );
    expect(page).toMatchObject({
      ...{ organisationName: 'Buyer Ltd', invitedBy: 'Sue Supply', message: 'Thanks' },
      shows: [{ label: 'What will it be used for?', value: 'Drafts letters', path: null }],
      values: { headcount: 30 },
    });
    expect(Object.keys(page.values)).toEqual(['headcount']);
    expect(page.facts.map(({ name }) => name)).toEqual(['headcount', 'trains', 'where']);
    expect(await links()).toMatchObject({ items: [{ openedAt: expect.any(String) }] });

    await answer(token).expect(200);
    expect(problemOf(await answer(token).expect(404)).code).toBe('guest-link-gone');
    const done = await sue.task(task);
    expect(done).toMatchObject({
      status: 'done',
      submission: { by: { name: 'Sue Supply' }, answers: { trains: false, where: 'In Leeds' } },
    });
    expect(await links()).toMatchObject({
      items: [{ state: 'used', guest: { name: 'Gil Guest', email: 'gil@supplier.example' } }],
    });
    const recorded = await api.admin<{ action: string }>(
      `select action from app.record_event where organisation_id = $1 and action like 'guest-%'
       order by id`,
      [here.id],
    );
    expect(recorded.map(({ action }) => action)).toEqual([
      'guest-link.sent',
      'guest-link.answered',
    ]);
  });

  it('is used once, also when it is answered twice at once', async () => {
    await send(sue).expect(201);
    const token = await secret();
    const all = await Promise.all([1, 2, 3].map(async () => (await answer(token)).status));
    expect(all.sort()).toEqual([200, 404, 404]);
  });

  it('keeps the link when answers are refused', async () => {
    await send(sue).expect(201);
    const token = await secret();
    const refused = problemOf(await answer(token, { answers: {} }).expect(422));
    expect(refused.problems).toMatchObject([{ field: 'trains' }]);
    await answer(token).expect(200);
  });

  it.each([
    [
      'taken back',
      async (id: string) =>
        sue.client.post(sue.path(`tasks/${task}/guest-links/${id}/revoke`)).expect(200),
    ],
    [
      'expired',
      async () =>
        api.admin(`update app.guest_link set expires_at = now() where organisation_id = $1`, [
          here.id,
        ]),
    ],
    ['done by the member', async () => sue.submit(task, { trains: true }).expect(200)],
    [
      'by a member who has left',
      async () =>
        api.admin(`update app.member set status = 'removed' where person_id = $1`, [sue.personId]),
    ],
  ])('leads nowhere once it is %s', async (_, end) => {
    const { items } = answerOf(guestLinksSchema, await send(sue).expect(201));
    const token = await secret();
    await end(items[0]!.id);
    for (const one of [await api.anonymous.get(`/api/guest-tasks/${token}`), await answer(token)]) {
      expect([one.status, problemOf(one).code]).toEqual([404, 'guest-link-gone']);
    }
  });

  it('is one at a time, only for who has the task, never for what is chosen from inside', async () => {
    await send(sue).expect(201);
    expect(problemOf(await send(sue).expect(409)).code).toBe('guest-link-open');
    const team = new Team(api, here);
    const lee = await team.join('Lee Legal', 'client.legal');
    expect(problemOf(await send(lee).expect(422)).code).toBe('not-for-guests');
    const stranger = await team.join('Stan Staff', 'client.staff');
    await send(stranger).expect(404);
    const inside: FormDefinition = {
      sections: [
        {
          ...{ key: 'a', title: 'A' },
          fields: [{ ...question, key: 'contact', type: 'person', label: 'Who?', required: true }],
        },
      ],
    };
    const run = await aRunOf(
      api,
      here,
      aWorkflow('WF-INSIDE', [ask('inside', inside, 'end')], FACTS),
    );
    const refused = problemOf(await send(sue, {}, run.taskIds[0]).expect(422));
    expect(refused).toMatchObject({ code: 'not-for-guests' });
    expect(refused.detail).toContain('people of this organisation');
  });

  it('is of its organisation alone, and guessing is slowed down', async () => {
    await send(sue).expect(201);
    const other = await anOrganisation(api, { name: 'Elsewhere' });
    const theirs = await api.signIn(await aMember(api, other, ['client.aims_manager']));
    const { items } = await links();
    const there = `/api/organisations/${other.slug}/tasks/${task}/guest-links`;
    await theirs.get(there).expect(404);
    await theirs.post(`${there}/${items[0]!.id}/revoke`).expect(404);
    await api.anonymous.get('/api/guest-tasks/guessed').expect(404);
    const attempts = api.app.get(Attempts, { strict: false });
    for (let n = 0; n < 40; n += 1) await attempts.beginAt('127.0.0.1').catch(() => undefined);
    await api.anonymous.get('/api/guest-tasks/guessed').expect(429);
  });
});
