import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page, Workflow, WorkflowDraft } from '@plumbline/contracts';
import { definitionOf } from '@plumbline/frameworks';
import { startTestApi, type Client, type TestApi } from '../../test/support/test-api.ts';
import {
  aMember,
  anEngagement,
  anOrganisation,
  type TestOrganisation,
} from '../../test/support/world.ts';

jest.setTimeout(30_000);

describe('workflow drafts', () => {
  let api: TestApi;
  let ours: TestOrganisation;
  let priya: Client;
  let tom: Client;

  beforeAll(async () => {
    api = await startTestApi();
    ours = await anOrganisation(api);
    priya = await api.signIn(await aMember(api, ours, ['client.aims_manager'], 'Priya Shah'));
    tom = await api.signIn(await aMember(api, ours, ['client.top_management'], 'Tom Reed'));
  });
  afterAll(() => api.close());

  const at = (rest = '', organisation = ours) =>
    `/api/organisations/${organisation.slug}/workflows${rest}`;
  const create = async (name: string, from: unknown = 'blank', by = priya) =>
    (await by.post(at(), { name, from }).expect(201)).body as WorkflowDraft;
  const saving = ({ revision, definition, layout }: WorkflowDraft) => ({
    ...{ revision, definition, layout },
  });
  const found = async (key: string) => {
    const { items } = (await priya.get(at()).expect(200)).body as Page<Workflow>;
    return items.find((workflow) => workflow.key === key);
  };

  describe('a new workflow', () => {
    it('starts blank, under a key of its own, and can be published as it is', async () => {
      const draft = await create('Supplier check!');
      expect(draft).toMatchObject({
        ...{ key: 'supplier-check', revision: 1, basedOn: null, editor: null, problems: [] },
        definition: { key: 'supplier-check', name: 'Supplier check!', start: 'done' },
      });
      expect((await create('Supplier check')).key).toBe('supplier-check-2');
      // Addresses below `workflows/` that mean something else.
      for (const name of ['New', 'Offers']) {
        expect((await create(name)).key).toBe(`${name.toLowerCase()}-2`);
      }
      expect(await found('supplier-check')).toMatchObject({
        ...{ published: null, runsLive: 0, origin: { kind: 'own' }, retiredAt: null },
        draft: { savedBy: { name: 'Priya Shah' }, problems: { errors: 0, warnings: 0 } },
      });
      const [entry] = await api.admin(
        `select entity from app.record_event where organisation_id = $1 and action = $2 limit 1`,
        [ours.id, 'workflow-draft.created'],
      );
      expect(entry).toEqual({ entity: 'workflow-draft' });
    });

    it('copies the standard library, one of ours or a document', async () => {
      const template = await create('Our intake', { template: 'WF-INTAKE' });
      expect(template.definition['steps']).toEqual(
        JSON.parse(JSON.stringify(definitionOf('WF-INTAKE')?.steps)),
      );
      const copy = await create('Copy of it', { workflow: template.key });
      expect(copy.definition['steps']).toEqual(template.definition['steps']);
      const given = { ...copy.definition, key: 'brought-along' };
      expect((await create('Brought along', { definition: given })).key).toBe('brought-along');
      expect((await create('Brought again', { definition: given })).key).toBe('brought-again');
    });

    it.each([
      ['an unknown template', { template: 'WF-NONE' }, 404, 'not-found'],
      ['an unknown workflow', { workflow: 'none' }, 404, 'not-found'],
      ['a document without steps', { definition: { name: 'x' } }, 400, 'invalid'],
      ['steps that are none', { definition: { steps: [1, null] } }, 422, 'bad-definition'],
    ])('refuses %s', async (_, from, status, code) => {
      const { body } = await priya.post(at(), { name: 'Refused', from }).expect(status);
      expect(body).toMatchObject({ code });
      expect(await found('refused')).toBeUndefined();
    });

    it('gives each of many who begin at once a key of their own', async () => {
      const drafts = await Promise.all([1, 2, 3, 4].map(() => create('At once')));
      expect(new Set(drafts.map(({ key }) => key)).size).toBe(4);
    });
  });

  it('begins the draft of a published workflow once, whoever asks', async () => {
    const [one, two] = await Promise.all(
      [priya, tom].map((each) => each.post(at('/WF-REVIEW/draft')).expect(201)),
    );
    expect(one?.body).toMatchObject({ key: 'WF-REVIEW', basedOn: 1, revision: 1 });
    expect(two?.body).toMatchObject({ savedAt: one?.body.savedAt, revision: 1 });
    const { body } = await tom.post(at('/WF-REVIEW/draft'), { version: 1 }).expect(409);
    expect(body).toMatchObject({ code: 'draft-exists' });
    await priya.post(at('/WF-RISK/draft'), { version: 7 }).expect(404);
    await priya.post(at('/no-such/draft')).expect(404);
  });

  describe('saving', () => {
    it('keeps the change with its problems and counts up', async () => {
      const draft = await create('To be saved');
      const definition = { ...draft.definition, name: 'Saved', start: 'nowhere' };
      const layout = { done: { x: 1, y: 2 } };
      const { body } = await priya
        .put(at('/to-be-saved/draft'), { revision: 1, definition, layout })
        .expect(200);
      expect(body).toMatchObject({
        ...{ revision: 2, definition, layout, editor: { isYou: true } },
        problems: expect.arrayContaining([
          expect.objectContaining({ code: 'unknown-step', severity: 'error', place: 'start' }),
        ]),
      });
      expect(await found('to-be-saved')).toMatchObject({
        ...{ name: 'Saved', draft: { revision: 2, problems: { errors: 3 } } },
      });
    });

    it('refuses an older revision, and lets one of two at once win', async () => {
      const draft = await create('Raced for');
      const answers = await Promise.all(
        ['One', 'Two'].map((name) => {
          const definition = { ...draft.definition, name };
          return priya.put(at('/raced-for/draft'), { ...saving(draft), definition });
        }),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const lost = answers.find(({ status }) => status === 409);
      expect(lost?.body).toMatchObject({ code: 'draft-changed', revision: 2 });
    });

    it('refuses another key, and what is too large, within the second and in words', async () => {
      const draft = await create('Large');
      const put = (definition: object) =>
        priya.put(at('/large/draft'), { ...saving(draft), definition });
      const other = await put({ ...draft.definition, key: 'WF-INTAKE' }).expect(400);
      expect(other.body.problems).toEqual([
        { field: 'definition.key', message: 'The key of this workflow is “large” and stays so.' },
      ]);
      const step = { type: 'check', stage: 'work', name: 'A step of many', next: [{ to: 'done' }] };
      const steps = Array.from({ length: 5000 }, (_, at) => ({ id: `s${at}`, ...step }));
      const many = await put({ ...draft.definition, steps }).expect(422);
      expect(many.body).toMatchObject({
        code: 'definition-too-large',
        problems: [{ field: 'definition.steps', message: expect.stringContaining('Split it') }],
      });
      const long = await put({ ...draft.definition, purpose: 'x'.repeat(1_000_001) }).expect(422);
      expect(long.body).toMatchObject({ problems: [{ field: 'definition' }] });
      expect((await priya.get(at('/large/draft')).expect(200)).body.revision).toBe(1);
    });
  });

  describe('the editor’s place', () => {
    const silent = (key: string) =>
      api.admin(
        `update app.workflow_draft set editor_seen_at = now() - interval '91 seconds'
         where organisation_id = $1 and key = $2`,
        [ours.id, key],
      );

    it('is one person’s until they give it back or it is taken over', async () => {
      const draft = await create('One at a time');
      const place = at('/one-at-a-time/draft/editor');
      const { body: mine } = await priya.post(place).expect(200);
      expect(mine).toMatchObject({ person: { name: 'Priya Shah' }, isYou: true });
      expect((await priya.post(place).expect(200)).body.since).toBe(mine.since);

      const refused = await tom.post(place).expect(409);
      expect(refused.body).toMatchObject({
        ...{ code: 'draft-being-edited', editor: { person: { name: 'Priya Shah' } } },
      });
      await tom.put(at('/one-at-a-time/draft'), saving(draft)).expect(409);
      await tom.delete(at('/one-at-a-time/draft')).expect(409);
      await tom.delete(place).expect(204);

      await tom.post(place, { takeOver: true }).expect(200);
      const lost = await priya.put(at('/one-at-a-time/draft'), saving(draft)).expect(409);
      expect(lost.body).toMatchObject({ code: 'draft-being-edited' });
      await tom.delete(place).expect(204);
      await priya.put(at('/one-at-a-time/draft'), saving(draft)).expect(200);
    });

    it('lapses when nothing was heard for 90 seconds', async () => {
      await create('Gone for lunch');
      await priya.post(at('/gone-for-lunch/draft/editor')).expect(200);
      await silent('gone-for-lunch');
      const { body } = await tom.get(at('/gone-for-lunch/draft')).expect(200);
      expect(body.editor).toBeNull();
      await tom.post(at('/gone-for-lunch/draft/editor')).expect(200);
    });

    it('goes to one of two who come at once', async () => {
      await create('Contested');
      const answers = await Promise.all(
        [priya, tom].map((each) => each.post(at('/contested/draft/editor'))),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    });
  });

  it('forgets a draft that is deleted, and keeps what is published', async () => {
    await create('Short-lived');
    await priya.delete(at('/short-lived/draft')).expect(204);
    await priya.get(at('/short-lived/draft')).expect(404);
    await priya.get(at('/short-lived')).expect(404);
    await priya.post(at('/WF-RETIRE/draft')).expect(201);
    await priya.delete(at('/WF-RETIRE/draft')).expect(204);
    expect((await priya.get(at('/WF-RETIRE')).expect(200)).body).toMatchObject({
      ...{ draft: null, origin: { kind: 'standard' }, versions: [{ version: 1, retired: null }] },
    });
    const { body } = await priya.get(at('/WF-RETIRE/versions/1')).expect(200);
    expect(body.definition).toMatchObject({ key: 'WF-RETIRE' });
    await priya.get(at('/WF-RETIRE/versions/2')).expect(404);
    await priya.get(at('/WF-RETIRE/versions/0')).expect(404);
  });

  it('checks a definition without keeping it', async () => {
    const definition = { ...definitionOf('WF-REVIEW'), start: 'nowhere' };
    const { body } = await priya.post(at('/check'), { definition }).expect(200);
    expect(body.problems[0]).toMatchObject({ code: 'unknown-step', severity: 'error' });
    const odd = await priya.post(at('/check'), { definition: { steps: 'none' } }).expect(200);
    expect(odd.body.problems[0]).toMatchObject({ code: 'bad-shape', severity: 'error' });
  });

  describe('elsewhere', () => {
    it('is unknown to another organisation, and open to an adviser who drafts', async () => {
      const firm = await anOrganisation(api, { kind: 'firm', name: 'Quay' });
      await anEngagement(api, ours, firm);
      const adviser = await api.signIn(await aMember(api, firm, ['firm.consultant'], 'Jo Park'));
      const theirs = await anOrganisation(api, { name: 'Elsewhere' });
      const stranger = await api.signIn(await aMember(api, theirs, ['client.aims_manager']));
      const draft = await create('Only ours', 'blank', adviser);
      expect(draft.savedBy.name).toBe('Jo Park');
      await stranger.get(at('/only-ours/draft', theirs)).expect(404);
      await stranger.get(at('/only-ours', theirs)).expect(404);
      await stranger.put(at('/only-ours/draft', theirs), saving(draft)).expect(404);
      await stranger.get(at('/only-ours/draft')).expect(404);
      // The same name is free there.
      const { body } = await stranger
        .post(at('', theirs), { name: 'Only ours', from: 'blank' })
        .expect(201);
      expect(body.key).toBe('only-ours');
    });

    it('is not for those who only read', async () => {
      const reader = await api.signIn(await aMember(api, ours, ['client.internal_auditor']));
      await reader.get(at()).expect(200);
      await reader.post(at(), { name: 'Mine', from: 'blank' }).expect(403);
      await reader.get(at('/supplier-check/draft')).expect(403);
    });
  });
});
