import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { proposalSchema } from '@plumbline/contracts';
import { answerOf, problemOf } from '../../../test/support/answers.ts';
import { startTestApi, type Client, type TestApi } from '../../../test/support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from '../../../test/support/world.ts';
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

  it('may be taken over when the process died before it changed anything', async () => {
    const key = newId();
    await propose('', key).expect(400);
    await propose('Taken over', key).expect(201);
    await api.admin(
      `update app.command_log
       set status = null, answer = null, carried_out_at = null, created_at = now() - interval '1 hour'
       where key = $1`,
      [key],
    );
    await propose('Taken over', key).expect(201);
  });
});
