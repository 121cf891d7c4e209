import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { notificationsSchema } from '@plumbline/contracts';
import { answerOf, problemOf } from '../../test/support/answers.ts';
import { startTestApi, type Client, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from '../../test/support/world.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { Deliveries } from '../platform/outbox/deliveries.ts';
import { systemScope } from '../platform/request-context.ts';
import { Notifications, type News } from './index.ts';

describe('notifications', () => {
  let api: TestApi;
  let here: TestOrganisation;
  let person: string;

  beforeAll(async () => {
    api = await startTestApi();
  });
  beforeEach(async () => {
    here = await anOrganisation(api, { name: 'Alder & Sons' });
    person = await aMember(api, here, ['client.approver']);
  });
  afterAll(() => api.close());

  const tell = (news: Partial<News> = {}) =>
    api.app.get(TenantDatabase).transaction(systemScope(here.id), (tx) =>
      api.app.get(Notifications).notify(tx, {
        organisationId: here.id,
        personId: person,
        kind: 'your-turn',
        subject: 'Decide on\r\nBcc: x@example.org',
        text: 'A decision waits for you.',
        path: '/c/alder/tasks/1',
        key: 'task-1',
        ...news,
      }),
    );
  const address = () => `/api/organisations/${here.slug}/notifications`;
  const read = async (client: Client, query = '') =>
    answerOf(notificationsSchema, await client.get(`${address()}${query}`).expect(200));
  const texts = ({ items }: { items: { text: string }[] }) => items.map(({ text }) => text);

  async function deliver(): Promise<number> {
    const rows = await api.admin<{ id: string }>(
      'select id from app.outbox where organisation_id = $1 and done_at is null',
      [here.id],
    );
    for (const { id } of rows) {
      await api.app.get(Deliveries).deliver({ id, organisationId: here.id });
    }
    return rows.length;
  }

  async function mails(): Promise<{ to: string; subject: string; text: string }[]> {
    const folder = join(api.database.dataDir, 'outbox');
    const files = await readdir(folder).catch(() => []);
    const all = await Promise.all(
      files.map(async (file) => JSON.parse(await readFile(join(folder, file), 'utf8')) as never),
    );
    return all.filter(({ to }) => to === `${person}@example.org`);
  }

  it('tells a thing once, on the screen and by one mail with one link', async () => {
    await tell();
    await tell({ text: 'Told again.' });
    const told = await read(await api.signIn(person));
    expect(told).toMatchObject({ unread: 1, nextCursor: null });
    expect(told.items).toMatchObject([{ text: 'A decision waits for you.', readAt: null }]);
    expect(await deliver()).toBe(1);
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    expect(mail!.subject).toBe('Alder & Sons: Decide on Bcc: x@example.org');
    expect(mail!.text.match(/https?:\/\/\S+/g)).toEqual(['http://localhost:3000/c/alder/tasks/1']);
  });

  it('sends nothing twice when the same message is delivered again', async () => {
    await tell();
    await deliver();
    await api.admin('update app.outbox set done_at = null where organisation_id = $1', [here.id]);
    const before = await mails();
    await deliver();
    expect(await mails()).toEqual(before);
  });

  it('sends nothing to someone who has left', async () => {
    await tell();
    await api.admin(`update app.member set status = 'removed' where person_id = $1`, [person]);
    expect(await deliver()).toBe(1);
    expect(await mails()).toEqual([]);
  });

  it('pages from new to old, counts what is unread and marks it read', async () => {
    for (const key of ['a', 'b', 'c']) await tell({ key, text: key });
    const client = await api.signIn(person);
    const first = await read(client, '?limit=2');
    expect(texts(first)).toEqual(['c', 'b']);
    const second = await read(client, `?limit=2&cursor=${first.nextCursor}`);
    expect(second).toMatchObject({ items: [{ text: 'a' }], nextCursor: null, unread: 3 });

    await client.post(`${address()}/read`, { ids: [first.items[0]!.id] }).expect(204);
    expect(texts(await read(client, '?unread=true'))).toEqual(['b', 'a']);
    await client.post(`${address()}/read`, { ids: null }).expect(204);
    expect((await read(client)).unread).toBe(0);
  });

  it('refuses a cursor of its own making', async () => {
    const client = await api.signIn(person);
    const answer = await client.get(`${address()}?cursor=abc`).expect(400);
    expect(problemOf(answer).problems).toMatchObject([{ field: 'cursor' }]);
  });

  it('keeps what others were told to themselves', async () => {
    await tell();
    const other = await api.signIn(await aMember(api, here, ['client.top_management'], 'Tom'));
    expect(await read(other)).toMatchObject({ items: [], unread: 0 });
    await other.post(`${address()}/read`, { ids: null }).expect(204);
    expect((await read(await api.signIn(person))).unread).toBe(1);
  });
});
