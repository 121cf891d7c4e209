import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { meSchema } from '@plumbline/contracts';
import { CLIENT_ROLES, EXTERNAL_ROLES, FIRM_ROLES } from '@plumbline/policies';
import { answerOf } from '../../test/support/answers.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { Founding } from '../organisations/index.ts';
import { Demo, DEMO_CLIENTS, DEMO_FIRM, DEMO_PASSWORD } from './index.ts';

describe('the demo', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startTestApi();
    await api.app.get(Demo).seed();
  }, 120_000);
  afterAll(() => api.close());

  const signIn = async (email: string) =>
    answerOf(
      meSchema,
      await api.anonymous.post('/api/sessions', { email, password: DEMO_PASSWORD }).expect(200),
    );
  const counts = () =>
    api.admin(
      `select (select count(*) from app.organisation)::int as organisations,
              (select count(*) from app.person)::int as people,
              (select count(*) from app.engagement)::int as engagements,
              (select count(*) from app.ai_system)::int as systems`,
    );

  it('lets its adviser into the firm and its three clients', async () => {
    const me = await signIn('ana.ruiz@harbour.example');
    expect(me.organisations.map(({ slug, relation }) => `${slug} ${relation}`)).toEqual([
      'harbour member',
      'bluelight adviser',
      'fernhill adviser',
      'northgate adviser',
    ]);
  });

  it('lets its approver in', async () => {
    const me = await signIn('priya.shah@northgate.example');
    expect(me.organisations).toMatchObject([{ slug: 'northgate', roles: ['client.approver'] }]);
  });

  it('keeps the firm’s administrator out of every client', async () => {
    const me = await signIn('joan.byrne@harbour.example');
    expect(me.organisations.map(({ slug }) => slug)).toEqual(['harbour']);
  });

  it('has somebody in every role', () => {
    const held = DEMO_CLIENTS[0]!.people.flatMap(({ roles }) => roles);
    expect([...new Set(held)].sort()).toEqual([...CLIENT_ROLES, ...EXTERNAL_ROLES].sort());
    expect(DEMO_FIRM.people.flatMap(({ roles }) => roles).sort()).toEqual([...FIRM_ROLES].sort());
  });

  it('is seeded once, however often it starts, and invites nobody by mail', async () => {
    const before = await counts();
    await api.app.get(Demo).seed();
    expect(await counts()).toEqual(before);
    const invitations = `select 1 from app.outbox where topic = 'invitation-mail'`;
    expect(await api.admin(invitations)).toEqual([]);
  });
});

describe('a firm that the operator lets in', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  it('gets its first person by a link, who then can do everything there', async () => {
    const { slug, link } = await api.app.get(Founding).found({
      kind: 'firm',
      name: 'Harbour & Co',
      personName: 'Ana Ruiz',
      email: 'ana@harbour.example',
    });
    expect(slug).toBe('harbour-and-co');
    const token = link.split('/').at(-1);
    const body = { token, name: 'Ana Ruiz', password: 'marble kettle orbit fern' };
    const accepted = await api.anonymous.post('/api/invitations/accept', body).expect(200);
    const cookie = accepted.get('Set-Cookie')![0]!.split(';', 1)[0]!;
    const client = api.anonymous.post(`/api/organisations/${slug}/clients`, { name: 'Alder' });
    await client.set('Cookie', cookie).expect(201);
  });

  it('stands alone as a client, whose first person grants access and invites the others', async () => {
    const { slug, link } = await api.app.get(Founding).found({
      kind: 'client',
      name: 'Lone Bakery',
      personName: 'Rosa Meyer',
      email: 'rosa@bakery.example',
    });
    const token = link.split('/').at(-1);
    const body = { token, name: 'Rosa Meyer', password: 'marble kettle orbit fern' };
    const accepted = await api.anonymous.post('/api/invitations/accept', body).expect(200);
    const cookie = accepted.get('Set-Cookie')![0]!.split(';', 1)[0]!;
    const invitation = { email: 'jo@bakery.example', name: 'Jo', roles: ['client.approver'] };
    const invited = api.anonymous.post(`/api/organisations/${slug}/invitations`, invitation);
    await invited.set('Cookie', cookie).expect(201);
  });

  it.each([
    { name: '', personName: 'Ana', email: 'ana@harbour.example' },
    { name: 'Harbour', personName: 'Ana', email: 'nobody' },
  ])('is refused as %j', async (firm) => {
    await expect(api.app.get(Founding).found({ kind: 'firm', ...firm })).rejects.toThrow(
      /Give a name/,
    );
  });
});
