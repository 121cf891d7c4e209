import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startTestApi, type Client, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from '../../test/support/world.ts';

jest.setTimeout(30_000);

describe('comments on a draft', () => {
  let api: TestApi;
  let ours: TestOrganisation;
  let priya: Client;
  let tom: Client;

  beforeAll(async () => {
    api = await startTestApi();
    ours = await anOrganisation(api);
    priya = await api.signIn(await aMember(api, ours, ['client.aims_manager'], 'Priya Shah'));
    tom = await api.signIn(await aMember(api, ours, ['client.top_management'], 'Tom Reed'));
    await priya.post(at(''), { name: 'Talked about', from: 'blank' }).expect(201);
  });
  afterAll(() => api.close());

  const at = (rest: string) => `/api/organisations/${ours.slug}/workflows${rest}`;
  const comments = at.bind(null, '/talked-about/draft/comments');

  it('are added, told to those whom they mention, and settled', async () => {
    const input = {
      step: 'done',
      text: 'Why here, Tom?',
      mentions: [tom.personId, priya.personId],
    };
    const { body } = await priya.post(comments(), input).expect(201);
    expect(body).toMatchObject({
      ...{ step: 'done', text: 'Why here, Tom?', by: { name: 'Priya Shah' }, resolved: null },
      mentions: [{ name: 'Priya Shah' }, { name: 'Tom Reed' }],
    });
    const told = await api.admin<{ person_id: string; path: string }>(
      `select person_id, path from app.notification where organisation_id = $1`,
      [ours.id],
    );
    expect(told).toEqual([
      { person_id: tom.personId, path: `/c/${ours.slug}/workflows/talked-about?step=done` },
    ]);
    const settled = await tom.patch(`${comments()}/${body.id}`, 1, { resolved: true }).expect(200);
    expect(settled.body.resolved).toMatchObject({ by: { name: 'Tom Reed' } });
    const again = await priya.patch(`${comments()}/${body.id}`, 1, { resolved: true }).expect(200);
    expect(again.body.resolved).toEqual(settled.body.resolved);
    const list = await tom.get(comments()).expect(200);
    expect(list.body.comments).toEqual([settled.body]);
  });

  it('mention only people who may enter', async () => {
    const theirs = await anOrganisation(api, { name: 'Elsewhere' });
    const stranger = await aMember(api, theirs, ['client.aims_manager']);
    const input = { text: 'Look', mentions: [stranger] };
    const { body } = await priya.post(comments(), input).expect(400);
    expect(body.problems).toMatchObject([{ field: 'mentions' }]);
  });

  it('are found only with their workflow, in their organisation', async () => {
    const { body } = await priya.post(comments(), { text: 'Here' }).expect(201);
    await priya.post(at(''), { name: 'Another', from: 'blank' }).expect(201);
    const elsewhere = at(`/another/draft/comments/${body.id}`);
    await priya.patch(elsewhere, 1, { resolved: true }).expect(404);
    await priya.post(at('/WF-RISK/draft/comments'), { text: 'No draft' }).expect(404);
    const theirs = await anOrganisation(api, { name: 'Elsewhere' });
    const stranger = await api.signIn(await aMember(api, theirs, ['client.aims_manager']));
    const path = `/api/organisations/${theirs.slug}/workflows/talked-about/draft/comments`;
    await stranger.post(path, { text: 'Mine' }).expect(404);
    await stranger.patch(`${path}/${body.id}`, 1, { resolved: true }).expect(404);
  });
});
