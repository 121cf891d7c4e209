import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  deliveriesSchema,
  deliveryDetailSchema,
  deliverySchema,
  WEBHOOKS_AT_MOST,
  webhookSchema,
  webhooksSchema,
  webhookWithSecretSchema,
  type WebhookWithSecret,
} from '@plumbline/contracts';
import type { Test } from 'supertest';
import { answerOf, problemOf } from '../../test/support/answers.ts';
import { startTestApi, type Client, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from '../../test/support/world.ts';
import { newId } from '../platform/ids.ts';

const HOOK = 'https://hooks.example.org/in?team=secret-team';

describe('webhooks of an organisation', () => {
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

  const at = (path = '', organisation = here) =>
    `/api/organisations/${organisation.slug}/webhooks${path}`;
  const code = async (test: Test, status: number) => problemOf(await test.expect(status)).code;
  const create = (body: object = {}, who = manager, headers = {}) =>
    who.post(at(), { url: HOOK, types: ['run.ended'], ...body }, headers);
  const created = async (body: object = {}): Promise<WebhookWithSecret> =>
    answerOf(webhookWithSecretSchema, await create(body).expect(201));
  const list = async (who = manager) =>
    answerOf(webhooksSchema, await who.get(at()).expect(200)).webhooks;
  const read = async (id: string) =>
    answerOf(webhookSchema, await manager.get(at(`/${id}`)).expect(200));
  const actions = async () => {
    const rows = await api.admin<{ action: string; payload: string }>(
      `select e.action, p.payload from app.record_event e
       join app.record_payload p on p.organisation_id = e.organisation_id and p.event_id = e.id
       where e.organisation_id = $1 and e.entity = 'webhook' order by e.xid, e.ord`,
      [here.id],
    );
    return rows.map(({ action, payload }) => `${action} ${payload}`);
  };
  const sent = async (id: string) =>
    answerOf(deliverySchema, await manager.post(at(`/${id}/tests`)).expect(201));

  it('are added with a secret that is shown once and kept nowhere', async () => {
    const { secret, ...webhook } = await created({
      description: 'Our desk',
      types: ['task.opened', 'run.ended', 'task.opened'],
    });
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(webhook).toMatchObject({
      ...{ url: HOOK, description: 'Our desk', types: ['run.ended', 'task.opened'], off: null },
      ...{ failingSince: null, deliveries: { pending: 0, delivered: 0, failed: 0 } },
      createdBy: { id: managerId, name: 'Ada' },
    });
    expect(await list()).toEqual([webhook]);
    expect(await read(webhook.id)).toEqual(webhook);
    const dump = await api.admin<{ dump: string }>(
      `select w::text as dump from app.webhook w union all select p.payload from app.record_payload p
       union all select c::text from app.command_log c`,
    );
    expect(dump.some((row) => row.dump.includes(secret.slice(6)))).toBe(false);
    // The address may hold a secret of theirs: the record names its host alone.
    expect((await actions()).join()).toContain('webhook.added {"host":"hooks.example.org"');
    expect((await actions()).join()).not.toContain('secret-team');
  });

  it.each([
    ['no address', { url: ' ' }, 'url'],
    ['a private address', { url: 'https://10.0.0.1/in' }, 'url'],
    ['this machine', { url: 'https://localhost/in' }, 'url'],
    ['metadata of a cloud', { url: 'https://169.254.169.254/latest' }, 'url'],
    ['no TLS', { url: 'http://hooks.example.org/in' }, 'url'],
    ['a user in the address', { url: 'https://a:b@hooks.example.org/in' }, 'url'],
    ['no event', { types: [] }, 'types'],
    ['an unknown event', { types: ['everything'] }, 'types.0'],
    ['the type of a test', { types: ['webhook.test'] }, 'types.0'],
    ['a long description', { description: 'x'.repeat(201) }, 'description'],
  ])('are refused with %s', async (_, body, field) => {
    const problem = problemOf(await create(body).expect(400));
    expect(problem.problems?.map((one) => one.field)).toEqual([field]);
    expect(await list()).toEqual([]);
    const { id, version } = await created();
    const { url, types } = body as { url?: string; types?: string[] };
    if (url !== undefined || types !== undefined) {
      await manager.patch(at(`/${id}`), version, body).expect(400);
      expect(await read(id)).toMatchObject({ url: HOOK, types: ['run.ended'], version });
    }
  });

  it('need a password entered just now, where what is sent would go elsewhere', async () => {
    const { id, version } = await created();
    const idle = await api.signIn(managerId);
    expect(await code(create({}, idle), 401)).toBe('step-up-required');
    const other = idle.patch(at(`/${id}`), version, { url: 'https://other.example.org/' });
    expect(await code(other, 401)).toBe('step-up-required');
    expect(await code(idle.post(at(`/${id}/secret`)), 401)).toBe('step-up-required');
    await idle.patch(at(`/${id}`), version, { url: HOOK, description: 'Same place' }).expect(200);
    expect(await read(id)).toMatchObject({ url: HOOK, oldSecretUntil: null });
  });

  it('are changed by who read them last, switched off and on, and removed', async () => {
    const { id, version } = await created();
    const changed = answerOf(
      webhookSchema,
      await manager.patch(at(`/${id}`), version, { types: ['task.opened'], on: false }).expect(200),
    );
    expect(changed).toMatchObject({ types: ['task.opened'], off: { why: 'person' } });
    const stale = manager.patch(at(`/${id}`), version, { on: true });
    expect(await code(stale, 412)).toBe('stale-version');
    expect(await code(manager.post(at(`/${id}/tests`)), 409)).toBe('webhook-off');
    await manager.patch(at(`/${id}`), changed.version, { on: true }).expect(200);
    expect((await read(id)).off).toBeNull();
    await sent(id);
    await manager.delete(at(`/${id}`)).expect(204);
    expect(await code(manager.get(at(`/${id}`)), 404)).toBe('not-found');
    expect(await list()).toEqual([]);
    const left = await api.admin(
      'select 1 from app.webhook_event where organisation_id = $1 union all select 1 from app.webhook_delivery where organisation_id = $1',
      [here.id],
    );
    expect(left).toEqual([]);
    expect((await actions()).map((one) => one.split(' ')[0])).toEqual([
      ...['webhook.added', 'webhook.changed', 'webhook.switched-off', 'webhook.switched-on'],
      'webhook.removed',
    ]);
  });

  it('get another secret, while the old one signs for a day or not at all', async () => {
    const first = await created();
    const roll = async (body: object) =>
      answerOf(
        webhookWithSecretSchema,
        await manager.post(at(`/${first.id}/secret`), body).expect(200),
      );
    const second = await roll({});
    expect(second.secret).not.toBe(first.secret);
    const hours = (Date.parse(second.oldSecretUntil!) - Date.parse(second.secretSince)) / 3_600_000;
    expect(hours).toBe(24);
    const third = await roll({ endOldNow: true });
    expect([first.secret, second.secret]).not.toContain(third.secret);
    expect(third.oldSecretUntil).toBeNull();
  });

  it('show a secret to no repeated request', async () => {
    const key = { 'Idempotency-Key': newId() };
    await create({}, manager, key).expect(201);
    expect(await code(create({}, manager, key), 409)).toBe('shown-once');
    expect(await list()).toHaveLength(1);
  });

  it('are tried out with one event that says that it is a test', async () => {
    const { id } = await created();
    const delivery = await sent(id);
    expect(delivery).toMatchObject({ type: 'webhook.test', state: 'pending', attempts: 0 });
    expect(await code(manager.post(at(`/${id}/tests`)), 409)).toBe('test-under-way');
    const detail = answerOf(
      deliveryDetailSchema,
      await manager.get(at(`/${id}/deliveries/${delivery.id}`)).expect(200),
    );
    expect(JSON.parse(detail.body)).toMatchObject({
      ...{ type: 'webhook.test', version: 1, recordEntry: null },
      organisation: { id: here.id, slug: here.slug },
    });
    const page = async (query: string) =>
      answerOf(deliveriesSchema, await manager.get(at(`/${id}/deliveries${query}`)).expect(200));
    expect((await page('')).items).toEqual([delivery]);
    expect((await page('?state=pending&type=webhook.test')).items).toEqual([delivery]);
    expect((await page('?state=failed')).items).toEqual([]);
    expect((await page('?type=run.ended')).items).toEqual([]);
    await manager.get(at(`/${id}/deliveries?state=lost`)).expect(400);
    await manager.get(at(`/${id}/deliveries?cursor=x`)).expect(400);
  });

  it('are not more than a few', async () => {
    await api.admin(
      `insert into app.webhook (organisation_id, id, url, description, types, created_by)
       select $1, gen_random_uuid(), 'https://hooks.example.org/', '', '{run.ended}', $2
       from generate_series(1, $3)`,
      [here.id, managerId, WEBHOOKS_AT_MOST],
    );
    expect(await code(create(), 409)).toBe('too-many-webhooks');
  });

  it('are for those who answer for the organisation, and to look at for its technical lead', async () => {
    const { id } = await created();
    const lead = await api.signIn(await aMember(api, here, ['client.technical_lead'], 'Tim'));
    expect(await list(lead)).toHaveLength(1);
    expect(await code(create({}, lead), 403)).toBe('forbidden');
    expect(await code(lead.post(at(`/${id}/secret`)), 403)).toBe('forbidden');
    expect(await code(lead.delete(at(`/${id}`)), 403)).toBe('forbidden');
    const staff = await api.signIn(await aMember(api, here, ['client.staff'], 'Sam'));
    expect(await code(staff.get(at()), 403)).toBe('forbidden');
  });

  it('of another organisation are unknown, and so are its deliveries, also below one’s own', async () => {
    const theirs = await created();
    const delivery = await sent(theirs.id);
    const other = await anOrganisation(api);
    const strangerId = await aMember(api, other, ['client.aims_manager'], 'Sam');
    const stranger = await api.signIn(strangerId, { steppedUp: true });
    const own = answerOf(
      webhookWithSecretSchema,
      await stranger.post(at('', other), { url: HOOK, types: ['run.ended'] }).expect(201),
    );
    const refused = [
      stranger.get(at(`/${theirs.id}`, other)),
      stranger.patch(at(`/${theirs.id}`, other), theirs.version, { on: false }),
      stranger.delete(at(`/${theirs.id}`, other)),
      stranger.post(at(`/${theirs.id}/secret`, other)),
      stranger.post(at(`/${theirs.id}/tests`, other)),
      stranger.get(at(`/${theirs.id}/deliveries`, other)),
      stranger.get(at(`/${own.id}/deliveries/${delivery.id}`, other)),
      stranger.post(at(`/${own.id}/deliveries/${delivery.id}/resend`, other)),
    ];
    for (const test of refused) expect(await code(test, 404)).toBe('not-found');
    // Below another endpoint of the same organisation it is unknown, too.
    const second = await created();
    await manager.post(at(`/${second.id}/deliveries/${delivery.id}/resend`)).expect(404);
    expect((await read(theirs.id)).off).toBeNull();
  });
});
