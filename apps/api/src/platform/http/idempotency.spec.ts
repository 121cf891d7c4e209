import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { proposalSchema } from '@plumbline/contracts';
import { answerOf, problemOf } from '../../../test/support/answers.ts';
import { startTestApi, type Client, type TestApi } from '../../../test/support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from '../../../test/support/world.ts';
import sql from 'sql-template-tag';
import { TenantDatabase } from '../database/tenant-database.ts';
import { newId } from '../ids.ts';

describe('a command with an Idempotency-Key', () => {
  let api: TestApi;
  let ours: TestOrganisation;
  let ben: Client;

  beforeAll(async () => {
    api = await startTestApi();
    ours = await anOrganisation(api);
    ben = await api.signIn(await aMember(api, ours, ['client.staff']));
  });
  afterAll(() => api.close());

  const propose = (name: string, key: string) =>
    ben.post(`/api/organisations/${ours.slug}/proposals`, { name }, { 'Idempotency-Key': key });
  const proposed = async (name: string) =>
    (await api.admin('select 1 from app.ai_system where name = $1', [name])).length;

  it('is carried out once, and the same request gets the first answer again', async () => {
    const key = newId();
    const first = answerOf(proposalSchema, await propose('Once', key).expect(201));
    const again = answerOf(proposalSchema, await propose('Once', key).expect(201));
    expect(again).toEqual(first);
    expect(await proposed('Once')).toBe(1);
  });

  it('is refused when the key was used for another request', async () => {
    const key = newId();
    await propose('One thing', key).expect(201);
    expect(problemOf(await propose('Another thing', key).expect(409)).code).toBe('key-reused');
    expect(await proposed('Another thing')).toBe(0);
  });

  it('may be repeated with its key after a refusal', async () => {
    const key = newId();
    await propose('', key).expect(400);
    await propose('Mended', key).expect(201);
  });

  it('wins once against itself', async () => {
    const key = newId();
    const answers = await Promise.all([propose('Raced', key), propose('Raced', key)]);
    const statuses = answers.map(({ status }) => status).sort();
    expect([
      [201, 201],
      [201, 409],
    ]).toContainEqual(statuses);
    expect(await proposed('Raced')).toBe(1);
  });

  it('is never carried out again when its answer was lost with the process', async () => {
    const key = newId();
    await propose('Answer lost', key).expect(201);
    await api.admin(
      `update app.command_log set status = null, answer = null, created_at = now() - interval '1 hour'
       where key = $1`,
      [key],
    );
    const problem = problemOf(await propose('Answer lost', key).expect(409));
    expect(problem.code).toBe('already-carried-out');
    expect(await proposed('Answer lost')).toBe(1);
  });

  /** A command as it stands while a process carries it out, or since that process died. */
  const underWay = async (key: string, secondsAgo: number) =>
    api.admin<{ organisation_id: string; person_id: string }>(
      `update app.command_log set status = null, answer = null, carried_out_at = null,
         seen_at = now() - make_interval(secs => $2)
       where key = $1 returning organisation_id, person_id`,
      [key, secondsAgo],
    );

  it('waits for a process that shows signs of life', async () => {
    const key = newId();
    await propose('Under way', key).expect(201);
    await underWay(key, 4);
    const problem = problemOf(await propose('Under way', key).expect(409));
    expect(problem.code).toBe('still-running');
    expect(await proposed('Under way')).toBe(1);
  });

  it('may be taken over within seconds when the process died before it changed anything', async () => {
    const key = newId();
    await propose('Taken over', key).expect(201);
    await underWay(key, 7);
    await propose('Taken over', key).expect(201);
  });

  it('is not committed by a process that lost it to another', async () => {
    const key = newId();
    await propose('Fought over', key).expect(201);
    const [row] = await underWay(key, 7);
    await propose('Fought over', key).expect(201);
    const scope = { organisationId: row!.organisation_id, personId: row!.person_id };
    const change = (claim: number) =>
      api.app
        .get(TenantDatabase, { strict: false })
        .transaction({ ...scope, command: { key, claim } }, (tx) =>
          tx.execute(sql`update app.ai_system set purpose = ${`claim ${claim}`}
                         where name = 'Fought over'`),
        );
    await expect(change(1)).rejects.toMatchObject({ code: 'still-running' });
    await change(2);
    const rows = await api.admin(
      `select distinct purpose from app.ai_system where name = 'Fought over'`,
    );
    expect(rows).toEqual([{ purpose: 'claim 2' }]);
  });

  it('is noted as carried out from whichever organisation its transaction ends in', async () => {
    const key = newId();
    await propose('Far away', key).expect(201);
    const [row] = await underWay(key, 0);
    const other = await anOrganisation(api);
    const scope = { organisationId: row!.organisation_id, personId: row!.person_id };
    const database = api.app.get(TenantDatabase, { strict: false });
    await database.transaction({ ...scope, command: { key, claim: 1 } }, async (tx) => {
      await tx.enter({ organisationId: other.id, personId: null });
      await tx.execute(sql`update app.organisation set headcount = 7 where id = ${other.id}`);
    });
    const problem = problemOf(await propose('Far away', key).expect(409));
    expect(problem.code).toBe('already-carried-out');
  });
});
