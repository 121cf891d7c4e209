import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { problemOf } from '../../../test/support/answers.ts';
import { startTestApi, type Client, type TestApi } from '../../../test/support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from '../../../test/support/world.ts';
import { TenantDatabase } from '../database/tenant-database.ts';

describe('the edge of the API', () => {
  let api: TestApi;
  let here: TestOrganisation;
  let client: Client;

  beforeAll(async () => {
    api = await startTestApi();
    here = await anOrganisation(api);
    client = await api.signIn(await aMember(api, here, ['client.aims_manager']));
  });
  afterAll(() => api.close());

  const at = (path: string) => `/api/organisations/${here.slug}/${path}`;
  const recorded = () => api.admin(`select 1 from app.record_event where entity = 'ai-system'`);
  const propose = (key: string) =>
    client.post(at('proposals'), { name: 'Chat' }, { 'Idempotency-Key': key });

  it('tells nobody where the database is when it is away', async () => {
    const failure = new Error('connect ECONNREFUSED 10.0.0.7:5432 as plumbline_rt');
    const ping = jest.spyOn(api.app.get(TenantDatabase), 'ping').mockRejectedValue(failure);
    const answer = await client.get('/readyz').expect(503);
    ping.mockRestore();
    expect(problemOf(answer).code).toBe('not-ready');
    expect(answer.text).not.toMatch(/10\.0\.0\.7|plumbline_rt/);
  });

  it('answers a body that cannot be read with its reference and the usual headers', async () => {
    const answer = await client.post(at('proposals'), undefined, {}).type('json').send('{');
    expect(answer.status).toBe(400);
    expect(problemOf(answer)).toMatchObject({
      reference: answer.headers['x-request-id'],
      detail: expect.stringMatching(/^This request cannot be read\. Send valid JSON/),
    });
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  });

  it('asks the database once to let a request in', async () => {
    await client.get(at('notifications')).expect(200);
    const database = api.app.get(TenantDatabase);
    const [asked, begun] = [jest.spyOn(database, 'ask'), jest.spyOn(database, 'transaction')];
    await client.get('/api/organisations/nowhere/notifications').expect(404);
    expect([asked.mock.calls.length, begun.mock.calls.length]).toEqual([1, 0]);
    asked.mockRestore();
    begun.mockRestore();
  });

  it('writes down a visit at most once a minute', async () => {
    const visit = async (secondsAgo: number) => {
      await api.admin('update app.session set last_seen_at = now() - make_interval(secs => $1)', [
        secondsAgo,
      ]);
      await client.get(at('notifications')).expect(200);
      const [row] = await api.admin<{ old: boolean }>(
        `select last_seen_at < now() - interval '20 seconds' as old from app.session
         where person_id = $1`,
        [client.personId],
      );
      return row!.old;
    };
    expect([await visit(50), await visit(70)]).toEqual([true, false]);
  });

  it('gives the answer of a command also when it cannot be kept', async () => {
    await api.admin(`
      create function app.fail() returns trigger language plpgsql
        as $$ begin raise exception 'no space left'; end $$;
      create trigger fail before update of status on app.command_log for each row execute function app.fail()`);
    const before = (await recorded()).length;
    await propose('not-remembered').expect(201);
    expect(problemOf(await propose('not-remembered').expect(409)).code).toBe('already-carried-out');
    await api.admin('drop trigger fail on app.command_log; drop function app.fail()');
    expect(await recorded()).toHaveLength(before + 1);
  });
});
