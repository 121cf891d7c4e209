import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Adoption, WorkflowDraft, WorkflowOffer, WorkflowProblem } from '@plumbline/contracts';
import { startTestApi, type Client, type TestApi } from '../../test/support/test-api.ts';
import {
  aMember,
  anEngagement,
  anOrganisation,
  type TestOrganisation,
} from '../../test/support/world.ts';

jest.setTimeout(30_000);

const KEY = 'WF-STOP-CHECK';

describe('a firm’s workflows at its clients', () => {
  let api: TestApi;
  let firm: TestOrganisation;
  let lead: Client;
  let consultant: Client;
  let client: TestOrganisation;
  let priya: Client;

  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  beforeEach(async () => {
    firm = await anOrganisation(api, { kind: 'firm', name: 'Quay' });
    lead = await api.signIn(await aMember(api, firm, ['firm.lead'], 'Lee Lead'));
    consultant = await api.signIn(await aMember(api, firm, ['firm.consultant'], 'Jo Park'));
    [client, priya] = await aClient('Alder Foods');
  });

  const aClient = async (name: string): Promise<[TestOrganisation, Client]> => {
    const organisation = await anOrganisation(api, { name });
    await anEngagement(api, organisation, firm);
    const manager = await aMember(api, organisation, ['client.aims_manager'], 'Priya Shah');
    return [organisation, await api.signIn(manager)];
  };
  const at = (organisation: TestOrganisation, rest: string) =>
    `/api/organisations/${organisation.slug}/${rest}`;
  const acknowledged = (problems: readonly WorkflowProblem[]) =>
    problems.map(({ code, place }) => ({ code, place }));

  /** Drafts the workflow with another purpose and publishes it. */
  const publish = async (
    by: Client,
    where: TestOrganisation,
    purpose: string,
    clients: readonly TestOrganisation[] = [],
  ) => {
    const draft = (await by.post(at(where, `workflows/${KEY}/draft`)).expect(201))
      .body as WorkflowDraft;
    const { revision, layout } = draft;
    const definition = { ...draft.definition, purpose };
    const saved = await by
      .put(at(where, `workflows/${KEY}/draft`), { revision, layout, definition })
      .expect(200);
    return by.post(at(where, `workflows/${KEY}/publications`), {
      ...{ revision: saved.body.revision, note: purpose, clients: clients.map(({ id }) => id) },
      acknowledged: acknowledged(saved.body.problems),
    });
  };
  const offersAt = async (by: Client, where: TestOrganisation) =>
    (await by.get(at(where, 'workflow-offers')).expect(200)).body.items as WorkflowOffer[];
  const accept = async (offer: WorkflowOffer, input: object = {}) => {
    const path = at(client, `workflow-offers/${offer.id}`);
    const { body } = await priya.get(path).expect(200);
    return priya.post(`${path}/acceptance`, {
      acknowledged: acknowledged(body.problems),
      ...input,
    });
  };
  const adoption = async () =>
    (await lead.get(at(firm, `workflows/${KEY}/adoption`)).expect(200)).body as Adoption;

  it('goes from the library to a client that takes it over, and back again', async () => {
    const { body } = await publish(lead, firm, 'Version two.', [client]);
    expect(body.version.version).toBe(2);
    const [told] = await api.admin<{ path: string }>(
      'select path from app.notification where organisation_id = $1 and person_id = $2',
      [client.id, priya.personId],
    );
    const [offer] = await offersAt(priya, client);
    expect(told?.path).toBe(`/c/${client.slug}/workflows/offers/${offer!.id}`);
    expect(offer).toMatchObject({
      ...{ key: KEY, version: 2, status: 'open', note: 'Version two.', hash: body.version.hash },
      ...{ firm: { id: firm.id }, offeredBy: { name: 'Lee Lead' } },
    });
    const detail = await priya.get(at(client, `workflow-offers/${offer!.id}`)).expect(200);
    expect(detail.body).toMatchObject({
      ...{ current: { version: 1, origin: { kind: 'standard' } }, replacesOwn: false },
      difference: { changes: [{ part: 'workflow', place: 'purpose' }] },
    });
    const accepted = await accept(offer!);
    expect(accepted.body).toMatchObject({ status: 'accepted', publishedVersion: 2 });
    const shown = await priya.get(at(client, `workflows/${KEY}`)).expect(200);
    expect(shown.body).toMatchObject({
      published: { version: 2, hash: body.version.hash },
      origin: { kind: 'firm', version: 2 },
    });
    expect(await adoption()).toMatchObject({
      newest: 2,
      clients: [{ runs: 'newest', version: 2, offer: { status: 'accepted' }, mayOffer: true }],
    });
    const list = await lead.get(at(firm, 'workflows')).expect(200);
    expect(list.body.items.find(({ key }: { key: string }) => key === KEY).clients).toBe(1);
    const news = await api.admin<{ subject: string }>(
      'select subject from app.notification where organisation_id = $1',
      [firm.id],
    );
    expect(news.map(({ subject }) => subject).join()).toContain('taken over version 2');

    // Roll-back: an earlier version offered, and published again under a new number.
    await lead
      .post(at(firm, `workflows/${KEY}/offers`), { version: 1, clients: [client.id] })
      .expect(200);
    const [back] = await offersAt(priya, client);
    expect((await accept(back!)).body).toMatchObject({ version: 1, publishedVersion: 3 });
    expect((await adoption()).clients).toMatchObject([{ runs: 'earlier', version: 1 }]);
  });

  it('is declined with a reason that the firm reads', async () => {
    await publish(lead, firm, 'Not wanted.', [client]);
    const [offer] = await offersAt(priya, client);
    const path = at(client, `workflow-offers/${offer!.id}/refusal`);
    await priya.post(path, {}).expect(400);
    await priya.post(path, { reason: 'Too long for us.' }).expect(200);
    const twice = await accept(offer!);
    expect(twice.body).toMatchObject({ status: 409, code: 'offer-not-open' });
    expect((await adoption()).clients).toMatchObject([
      { runs: 'standard', version: 1, offer: { status: 'declined', reason: 'Too long for us.' } },
    ]);
  });

  it('never replaces what the client edited itself without being told so', async () => {
    await publish(priya, client, 'Edited by us.').then(({ status }) => expect(status).toBe(201));
    await publish(lead, firm, 'The firm’s.', [client]);
    expect((await adoption()).clients).toMatchObject([{ runs: 'own', clientVersion: 2 }]);
    const difference = await lead
      .get(at(firm, `workflows/${KEY}/adoption/${client.id}/difference?version=2`))
      .expect(200);
    expect(difference.body.changes).toHaveLength(1);
    const [offer] = await offersAt(priya, client);
    expect((await accept(offer!)).body).toMatchObject({ code: 'own-version' });
    const answers = await Promise.all([1, 2].map(() => accept(offer!, { replaceOwn: true })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const versions = await priya.get(at(client, `workflows/${KEY}`)).expect(200);
    expect(versions.body.versions.map(({ version }: { version: number }) => version)).toEqual([
      3, 2, 1,
    ]);
  });

  it('shows before publishing who has what, and what the draft would change there', async () => {
    const made = await lead.post(at(firm, 'workflows'), { name: 'Ours alone', from: 'blank' });
    const fresh = await lead.get(at(firm, `workflows/${made.body.key}/adoption`)).expect(200);
    expect(fresh.body).toMatchObject({
      newest: null,
      clients: [{ client: { id: client.id }, runs: 'none', version: null, offer: null }],
    });
    await lead.get(at(firm, 'workflows/nowhere/adoption')).expect(404);
    const before = at(firm, `workflows/${KEY}/adoption/${client.id}/difference?version=draft`);
    await lead.get(before).expect(404);
    const { body: draft } = await lead.post(at(firm, `workflows/${KEY}/draft`)).expect(201);
    await lead
      .put(at(firm, `workflows/${KEY}/draft`), {
        ...{ revision: draft.revision, layout: draft.layout },
        definition: { ...draft.definition, purpose: 'Another purpose.' },
      })
      .expect(200);
    const difference = await lead.get(before).expect(200);
    expect(difference.body.changes).toMatchObject([{ part: 'workflow', place: 'purpose' }]);
    const [, stranger] = await aClient('Birch Ltd');
    await stranger.get(before).expect(404);
  });

  it('replaces an older offer, and can be withdrawn while it is open', async () => {
    await publish(lead, firm, 'Two.', [client]);
    await publish(lead, firm, 'Three.', [client]);
    const offers = await offersAt(priya, client);
    expect(offers.map(({ version, status }) => `${version} ${status}`)).toEqual([
      '3 open',
      '2 replaced',
    ]);
    await consultant
      .post(at(firm, `workflows/${KEY}/offers/withdrawal`), { clients: [client.id] })
      .expect(200);
    expect((await offersAt(priya, client))[0]?.status).toBe('withdrawn');
  });

  it('is offered by those who prepare, at clients that let them in, or to none of them', async () => {
    await publish(lead, firm, 'Two.');
    const [shut] = await aClient('Shut Ltd');
    await api.admin('update app.engagement set revoked_at = now() where organisation_id = $1', [
      shut.id,
    ]);
    const offers = at(firm, `workflows/${KEY}/offers`);
    const both = { version: 2, clients: [client.id, shut.id] };
    const refused = await lead.post(offers, both).expect(422);
    expect(refused.body).toMatchObject({ code: 'client-not-open', clients: [shut.id] });
    expect(await offersAt(priya, client)).toEqual([]);
    await lead.post(offers, { version: 9, clients: [client.id] }).expect(404);
    await consultant.post(offers, { version: 2, clients: [client.id] }).expect(200);
    const same = await consultant.post(offers, { version: 1, clients: [client.id] });
    expect(same.status).toBe(200);
    const partner = await api.signIn(await aMember(api, firm, ['firm.partner']));
    const reader = await partner.post(offers, { version: 2, clients: [client.id] }).expect(422);
    expect(reader.body).toMatchObject({ code: 'client-not-open' });
    expect((await adoption()).clients).toHaveLength(1);
  });

  it('is answered by the client’s own people only, and found nowhere else', async () => {
    await publish(lead, firm, 'Two.', [client]);
    const [offer] = await offersAt(consultant, client);
    const path = at(client, `workflow-offers/${offer!.id}`);
    await consultant.post(`${path}/acceptance`, {}).expect(403);
    await lead.post(`${path}/refusal`, { reason: 'No.' }).expect(403);
    await consultant
      .post(at(client, `workflows/${KEY}/publications`), { revision: 1, note: 'Mine' })
      .expect(403);
    const [other, stranger] = await aClient('Birch Ltd');
    const elsewhere = at(other, `workflow-offers/${offer!.id}`);
    await stranger.get(elsewhere).expect(404);
    await stranger.post(`${elsewhere}/acceptance`, {}).expect(404);
    await stranger.get(path).expect(404);
    await priya.get(at(client, `workflows/${KEY}/adoption`)).expect(403);
    await priya
      .post(at(client, `workflows/${KEY}/offers`), { version: 1, clients: [other.id] })
      .expect(404);
  });

  it('warns of roles that nobody holds, here or at so many clients', async () => {
    await aClient('Birch Ltd');
    const draft = await lead.post(at(firm, 'workflows/WF-IMPACT/draft')).expect(201);
    const texts = (draft.body.problems as WorkflowProblem[])
      .filter(({ code }) => code === 'nobody-holds-role')
      .map(({ message }) => message);
    expect(texts.join()).toContain('at 2 clients');
  });
});
