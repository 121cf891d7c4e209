import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startTestApi, type Client, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from '../../test/support/world.ts';

jest.setTimeout(30_000);

describe('workflows as files', () => {
  let api: TestApi;
  let ours: TestOrganisation;
  let priya: Client;

  beforeAll(async () => {
    api = await startTestApi();
    ours = await anOrganisation(api);
    priya = await api.signIn(await aMember(api, ours, ['client.aims_manager']));
  });
  afterAll(() => api.close());

  const at = (rest: string) => `/api/organisations/${ours.slug}/workflows${rest}`;
  const upload = (content: string) =>
    priya.upload(at('/import'), { bytes: Buffer.from(content), name: 'ours.json' });

  it('come back as they went, with their layout, under a key of their own', async () => {
    await priya.get(at('')).expect(200);
    const file = await priya.get(at('/WF-REVIEW/versions/1/export?format=json')).expect(200);
    expect(file.headers['content-disposition']).toBe('attachment; filename="WF-REVIEW-v1.json"');
    const definition = JSON.parse(file.text);
    const layout = { steps: { decide: { x: 1, y: 2 } } };
    const { body } = await upload(JSON.stringify({ ...definition, layout })).expect(201);
    expect(body).toMatchObject({ notTaken: [], draft: { basedOn: null, layout } });
    expect(body.draft.key).not.toBe('WF-REVIEW');
    expect({ ...body.draft.definition, key: 'WF-REVIEW' }).toEqual(definition);
    const again = await priya.get(at(`/${body.draft.key}/draft/export`)).expect(200);
    expect(JSON.parse(again.text)).toEqual({ ...body.draft.definition, layout });
  });

  it.each([
    ['text', 'not JSON', 422, 'cannot-import'],
    ['a list', '[]', 422, 'cannot-import'],
    ['another document', '{"name":"x"}', 400, 'invalid'],
    ['a layout that is none', '{"name":"x","layout":1}', 422, 'cannot-import'],
    ['unknown kinds of steps', '{"name":"x","steps":[{"type":"magic"}]}', 422, 'bad-definition'],
    ['too many steps', `{"name":"x","steps":[${'1,'.repeat(5000)}1]}`, 422, 'definition-too-large'],
    ['what is no text', '{"name":"a\\u0000b","steps":[]}', 400, 'invalid'],
  ])('are refused when they hold %s', async (_, content, status, code) => {
    const { body } = await upload(content).expect(status);
    expect(body).toMatchObject({ code });
  });

  it('are refused in formats that nobody knows, and without a file', async () => {
    await priya.get(at('/WF-REVIEW/versions/1/export?format=docx')).expect(400);
    await priya.get(at('/WF-REVIEW/versions/9/export')).expect(404);
    await priya.get(at('/WF-REVIEW/draft/export')).expect(404);
    await priya.post(at('/import'), {}).expect(400);
  });
});
