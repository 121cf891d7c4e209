import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createdTokenSchema, tokensSchema, type CreatedToken } from '@plumbline/contracts';
import type { Test } from 'supertest';
import { answerOf, problemOf } from '../../test/support/answers.ts';
import { startTestApi, type Client, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from '../../test/support/world.ts';
import { newId } from '../platform/ids.ts';

describe('service tokens', () => {
  let api: TestApi;
  let here: TestOrganisation;
  let managerId: string;
  let manager: Client;

  beforeAll(async () => {
    api = await startTestApi();
  });
  beforeEach(async () => {
    here = await anOrganisation(api);
    managerId = await aMember(api, here, ['client.aims_manager'], 'Ada');
    manager = await api.signIn(managerId, { steppedUp: true });
  });
  afterAll(() => api.close());

  const at = (path: string, organisation = here) =>
    `/api/organisations/${organisation.slug}/${path}`;
  const code = async (test: Test, status: number) => problemOf(await test.expect(status)).code;
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const create = (body: object = {}, who = manager, headers = {}) =>
    who.post(
      at('tokens'),
      { name: 'CI', scopes: ['ai-systems:read'], expiresAt: inDays(30), ...body },
      headers,
    );
  const created = async (body: object = {}): Promise<CreatedToken> =>
    answerOf(createdTokenSchema, await create(body).expect(201));
  const list = async () =>
    answerOf(tokensSchema, await manager.get(at('tokens')).expect(200)).tokens;
  const using = (secret: string, test: Test) =>
    // As a machine sends it: no cookie, and nothing that only our own clients send.
    test.unset('X-Plumbline-Client').set('Authorization', `Bearer ${secret}`);
  const read = (secret: string, path = 'ai-systems', organisation = here) =>
    using(secret, api.anonymous.get(at(path, organisation)));

  it('is shown once, kept as a hash, and works within its scopes', async () => {
    const { secret, ...token } = await created();
    expect(secret).toMatch(/^plt_[\w-]{43}$/);
    expect(await list()).toEqual([token]);
    expect(token.createdBy).toEqual({ id: managerId, name: 'Ada' });
    const rows = await api.admin<{ dump: string }>(
      `select t::text as dump from app.service_token t
       union all select p::text from app.person p
       union all select p.payload from app.record_payload p
       union all select c::text from app.command_log c`,
    );
    expect(rows.some(({ dump }) => dump.includes(secret.slice(4)))).toBe(false);

    await read(secret).expect(200);
    await read(secret, 'record').expect(403);
    expect((await list())[0]!.lastUsedAt).not.toBeNull();
  });

  it('never decides, submits or manages, whatever its scopes', async () => {
    const scopes = ['ai-systems:read', 'ai-systems:write', 'gate:read', 'record:read'];
    const { secret } = await created({ scopes });
    const id = newId();
    const refused: [Test, string][] = [
      [api.anonymous.get(at('members')), 'reading members'],
      [api.anonymous.get(at('tokens')), 'reading tokens'],
      [api.anonymous.post(at('tokens'), {}), 'making tokens'],
      [api.anonymous.post(at('invitations'), {}), 'inviting'],
      [api.anonymous.post(at('engagements'), {}), 'granting'],
      [api.anonymous.post(at(`tasks/${id}/decision`), {}), 'deciding'],
      [api.anonymous.get(at('notifications')), 'reading notifications'],
    ];
    const answers = await Promise.all(
      refused.map(async ([test, what]) => [what, (await using(secret, test)).status]),
    );
    expect(answers.filter(([, status]) => status !== 403 && status !== 404)).toEqual([]);
  });

  it('ends by revocation and on its day', async () => {
    const [first, second] = [await created(), await created({ name: 'Metrics' })];
    await read(first.secret).expect(200);
    await manager.delete(at(`tokens/${first.id}`)).expect(200);
    expect(await code(read(first.secret), 401)).toBe('token-refused');
    await manager.delete(at(`tokens/${first.id}`)).expect(404);
    await read(second.secret).expect(200);
    await api.admin('update app.service_token set expires_at = now() where id = $1', [second.id]);
    expect(await code(read(second.secret), 401)).toBe('token-refused');
  });

  it('finds nothing in another organisation, as if it were unknown', async () => {
    const { secret } = await created();
    const other = await anOrganisation(api);
    const foreign = problemOf(await read(secret, 'ai-systems', other).expect(404));
    const unknown = await read(secret, 'ai-systems', { id: newId(), slug: 'nowhere' }).expect(404);
    expect({ ...foreign, reference: '' }).toEqual({ ...problemOf(unknown), reference: '' });
  });

  it.each([
    ['no token of ours', 'Bearer something-else'],
    ['a token that was never made', `Bearer plt_${'A'.repeat(43)}`],
    ['another scheme', 'Basic YTpi'],
  ])('refuses %s', async (_, header) => {
    const answer = await api.anonymous.get(at('ai-systems')).set('Authorization', header);
    expect(answer.status).toBe(401);
  });

  it('is no cookie, and no way around a session', async () => {
    const { secret } = await created();
    const asCookie = api.anonymous.get(at('ai-systems')).set('Cookie', `plumbline=${secret}`);
    await asCookie.expect(401);
    await using(secret, api.anonymous.get('/api/sessions/current')).expect(403);
    // A session beside a token counts for nothing.
    await using(secret, manager.get(at('members'))).expect(403);
  });

  it('is made by a person who has just entered their password', async () => {
    const idle = await api.signIn(managerId);
    expect(await code(create({}, idle), 401)).toBe('step-up-required');
    await api.admin(
      `update app.session set stepped_up_at = now() - interval '6 minutes' where person_id = $1`,
      [managerId],
    );
    expect(await code(create(), 401)).toBe('step-up-required');
    expect(await list()).toEqual([]);
  });

  it.each([
    ['no scope', { scopes: [] }],
    ['an unknown scope', { scopes: ['everything'] }],
    ['an end in the past', { expiresAt: inDays(-1) }],
    ['an end in two years', { expiresAt: inDays(730) }],
    ['no end', { expiresAt: null }],
    ['no name', { name: ' ' }],
  ])('is refused with %s', async (_, body) => {
    expect(await code(create(body), 400)).toBe('invalid');
    expect(await list()).toEqual([]);
  });

  it('is not shown again to a repeated request', async () => {
    const key = { 'Idempotency-Key': newId() };
    const body = { expiresAt: inDays(7) };
    await create(body, manager, key).expect(201);
    expect(await code(create(body, manager, key), 409)).toBe('shown-once');
    expect(await list()).toHaveLength(1);
    const rows = await api.admin(`select 1 from app.command_log where answer::text like '%plt_%'`);
    expect(rows).toEqual([]);
  });

  it('is not for others to make, and a foreign one not theirs to revoke', async () => {
    const lead = await api.signIn(await aMember(api, here, ['client.technical_lead'], 'Tim'));
    await lead.get(at('tokens')).expect(200);
    expect(await code(create({}, lead), 403)).toBe('forbidden');
    const { id, secret } = await created();
    const other = await anOrganisation(api);
    const stranger = await api.signIn(await aMember(api, other, ['client.aims_manager'], 'Sam'));
    await stranger.delete(at(`tokens/${id}`, other)).expect(404);
    await read(secret).expect(200);
  });
});
