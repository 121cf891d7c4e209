import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Publication, WorkflowDraft, WorkflowProblem } from '@plumbline/contracts';
import type { Step, WorkflowDefinition } from '@plumbline/workflow-engine';
import { startTestApi, type Client, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from '../../test/support/world.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { Workflows } from './workflows.ts';

jest.setTimeout(30_000);

describe('publishing workflows', () => {
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

  const at = (rest: string) => `/api/organisations/${ours.slug}/workflows${rest}`;
  const begin = async (key: string) =>
    (await priya.post(at(`/${key}/draft`)).expect(201)).body as WorkflowDraft;
  const create = async (name: string) =>
    (await priya.post(at(''), { name, from: 'blank' }).expect(201)).body as WorkflowDraft;
  const definitionOf = ({ definition }: WorkflowDraft) =>
    definition as object as WorkflowDefinition;
  const save = async (draft: WorkflowDraft, definition: object) =>
    (
      await priya
        .put(at(`/${draft.key}/draft`), { revision: draft.revision, layout: { a: 1 }, definition })
        .expect(200)
    ).body as WorkflowDraft;
  const warningsOf = (problems: readonly WorkflowProblem[]) =>
    problems
      .filter(({ severity }) => severity === 'warning')
      .map(({ code, place }) => ({ code, place }));
  const publish = (by: Client, { key, revision, problems }: WorkflowDraft) =>
    by.post(at(`/${key}/publications`), {
      ...{ revision, note: 'As agreed.', acknowledged: warningsOf(problems) },
    });
  const changed = ({ steps, ...rest }: WorkflowDefinition, change: (step: Step) => object) => ({
    ...rest,
    steps: steps.map((step) => change(step)),
  });
  const codes = (problems: readonly WorkflowProblem[]) => problems.map(({ code }) => code);
  const latest = (key: string) =>
    api.app
      .get(TenantDatabase, { strict: false })
      .transaction({ organisationId: ours.id, personId: null }, (tx) =>
        api.app
          .get(Workflows, { strict: false })
          .latest(tx, { organisationId: ours.id, personId: null }, key),
      );

  it('makes the draft a version with its hash, layout and note, and says so in the record', async () => {
    const draft = await save(await create('Supplier check'), {
      ...(await create('Blank')).definition,
      ...{ key: 'supplier-check', name: 'Supplier check', purpose: 'Looks at a supplier.' },
    });
    const { body } = await publish(priya, draft).expect(201);
    expect(body.version).toMatchObject({
      ...{ version: 1, note: 'As agreed.', origin: { kind: 'own' }, retired: null },
      publishedBy: { name: 'Priya Shah' },
    });
    const shown = await priya.get(at('/supplier-check/versions/1')).expect(200);
    expect(shown.body).toMatchObject({ layout: { a: 1 }, definition: draft.definition });
    await priya.get(at('/supplier-check/draft')).expect(404);
    const [entry] = await api.admin<{ payload: string }>(
      `select p.payload from app.record_event e join app.record_payload p on p.event_id = e.id
       where e.entity_id = $1`,
      [body.id],
    );
    expect(JSON.parse(entry!.payload)).toMatchObject({
      hash: body.version.hash,
      note: 'As agreed.',
    });
    // Layout is no part of what is hashed.
    const again = await save(await begin('supplier-check'), draft.definition);
    const same = await publish(priya, again).expect(409);
    expect(same.body).toMatchObject({ code: 'nothing-to-publish' });
  });

  it('shows what publishing would mean', async () => {
    const draft = await begin('WF-REVIEW');
    const saved = await save(
      draft,
      changed(definitionOf(draft), (step) =>
        step.type === 'approval' ? { ...step, name: 'Decide with care' } : step,
      ),
    );
    const { body } = await tom.get(at('/WF-REVIEW/draft/publication')).expect(200);
    const preview = body as Publication;
    expect(preview).toMatchObject({
      ...{ revision: saved.revision, version: 2, published: 1, mayPublish: true, whyNot: null },
    });
    expect(preview.difference?.changes.map(({ text }) => text).join()).toContain(
      'Decide with care',
    );
    expect(preview.difference?.noticeable).not.toEqual([]);
    expect(preview.decides.length).toBeGreaterThan(0);
    expect(preview.acts.map(({ does }) => does).join()).toContain('Writes to the register');
    const compared = await priya.get(at('/WF-REVIEW/difference?from=1&to=draft')).expect(200);
    expect(compared.body).toEqual(preview.difference);
    const none = await priya.get(at('/WF-REVIEW/difference?from=1&to=1')).expect(200);
    expect(none.body.changes).toEqual([]);
    await priya.get(at('/WF-REVIEW/difference?from=1&to=9')).expect(404);
    await priya.delete(at('/WF-REVIEW/draft')).expect(204);
  });

  it('refuses errors, unread warnings and an older revision, and changes nothing', async () => {
    const draft = await begin('WF-IMPACT');
    const broken = await save(draft, { ...draft.definition, start: 'nowhere' });
    const errors = await publish(priya, broken).expect(422);
    expect(errors.body).toMatchObject({ code: 'definition-has-errors' });
    expect(codes(errors.body.found)).toContain('unknown-step');
    const mended = await save(broken, { ...draft.definition, purpose: 'Ours.' });
    expect(codes(mended.problems)).toContain('nobody-holds-role');
    const unread = await publish(priya, { ...mended, problems: [] }).expect(422);
    expect(unread.body).toMatchObject({ code: 'warnings-not-acknowledged' });
    expect(unread.body.found).toEqual(mended.problems);
    const stale = await publish(priya, { ...mended, revision: 1 }).expect(409);
    expect(stale.body).toMatchObject({ code: 'draft-changed' });
    expect((await priya.get(at('/WF-IMPACT')).expect(200)).body.versions).toHaveLength(1);
    await publish(priya, mended).expect(201);
    const gone = await publish(priya, mended).expect(409);
    expect(gone.body).toMatchObject({ code: 'no-draft' });
    await priya.post(at('/none/publications'), { revision: 1, note: 'x' }).expect(404);
  });

  it('lets one of two who publish at once win, and gives each number once', async () => {
    const draft = await create('Raced for');
    const answers = await Promise.all([priya, tom].map((each) => publish(each, draft)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const { versions } = (await priya.get(at('/raced-for')).expect(200)).body;
    expect(versions).toHaveLength(1);
  });

  describe('a version of our own of a standard workflow', () => {
    const problemsOf = async (key: string, change: (step: Step) => object) => {
      const draft = await begin(key);
      const { body } = await priya
        .post(at('/check'), { definition: changed(definitionOf(draft), change) })
        .expect(200);
      await priya.delete(at(`/${key}/draft`)).expect(204);
      return (body.problems as WorkflowProblem[]).filter(({ severity }) => severity === 'error');
    };

    it('keeps the endings that the life of AI systems waits for', async () => {
      const found = await problemsOf('WF-DEPLOY', (step) =>
        step.type === 'end' && step.outcome === 'approved' ? { ...step, outcome: 'fine' } : step,
      );
      expect(found).toEqual([
        expect.objectContaining({
          code: 'lifecycle-ending',
          message: expect.stringContaining('“approved”'),
        }),
      ]);
    });

    it('keeps what those endings write', async () => {
      const found = await problemsOf('WF-RISK', (step) =>
        step.type === 'end' ? { ...step, writes: [] } : step,
      );
      expect(codes(found)).toContain('lifecycle-write');
      expect(found.map(({ message }) => message).join()).toContain('“riskStatus”');
    });

    it('takes what is handed in', async () => {
      const draft = await begin('WF-TREATMENT');
      const definition = definitionOf(draft);
      const facts = definition.facts.map((fact) =>
        fact.name === 'riskTitle' ? { ...fact, source: 'form' } : fact,
      );
      const { body } = await priya
        .post(at('/check'), { definition: { ...definition, facts } })
        .expect(200);
      expect(codes(body.problems)).toContain('lifecycle-fact');
    });

    it('breaks none that call it', async () => {
      const found = await problemsOf('WF-IMPACT', (step) =>
        step.type === 'end' && step.outcome === 'approved' ? { ...step, outcome: 'fine' } : step,
      );
      const broken = found.find(({ code }) => code === 'caller-breaks');
      expect(broken?.message).toMatch(
        /^“.+” calls this workflow .*looks for the ending “approved”/,
      );
      const draft = await begin('WF-CLASSIFY');
      const definition = definitionOf(draft);
      const facts = definition.facts.filter(({ name }) => name !== 'owesTransparency');
      const { body } = await priya
        .post(at('/check'), { definition: { ...definition, facts } })
        .expect(200);
      const texts = (body.problems as WorkflowProblem[])
        .filter(({ code }) => code === 'caller-breaks')
        .map(({ message }) => message);
      expect(texts).toEqual([expect.stringContaining('has no fact “owesTransparency”')]);
    });

    it('is what the lifecycle uses, until it is retired', async () => {
      const draft = await begin('WF-STOP-CHECK');
      const saved = await save(draft, { ...draft.definition, purpose: 'Ours.' });
      await publish(priya, saved).expect(201);
      expect((await latest('WF-STOP-CHECK')).version).toBe(2);
      const retirement = at('/WF-STOP-CHECK/versions/2/retirement');
      const { body } = await tom.post(retirement, { reason: 'It was wrong.' }).expect(201);
      expect(body.retired).toMatchObject({ by: { name: 'Tom Reed' }, reason: 'It was wrong.' });
      expect((await latest('WF-STOP-CHECK')).version).toBe(1);
      const twice = await tom.post(retirement, { reason: 'Again.' }).expect(409);
      expect(twice.body).toMatchObject({ code: 'already-retired' });
      const last = await tom
        .post(at('/WF-STOP-CHECK/versions/1/retirement'), { reason: 'Both.' })
        .expect(409);
      expect(last.body).toMatchObject({ code: 'workflow-in-use' });
      // The next version takes the next number all the same.
      const next = await begin('WF-STOP-CHECK');
      await publish(priya, await save(next, { ...next.definition, purpose: 'Mended.' })).expect(
        201,
      );
      expect((await latest('WF-STOP-CHECK')).version).toBe(3);
    });
  });

  it('lets a workflow of our own run about an AI system, by hand', async () => {
    await publish(priya, await create('A look of ours')).expect(201);
    const proposed = await priya
      .post(`/api/organisations/${ours.slug}/proposals`, { name: 'Office copilot' })
      .expect(201);
    const start = (workflow: string) =>
      priya.post(`/api/organisations/${ours.slug}/runs`, {
        ...{ workflow, aiSystemId: proposed.body.aiSystemId },
      });
    const { body } = await start('a-look-of-ours').expect(201);
    expect(body).toMatchObject({ status: 'ended', outcome: 'done', workflow: { version: 1 } });
    await start('no-such-workflow').expect(404);
    await start('WF-GO-LIVE').expect(409);
  });

  it('retires a workflow that nothing needs, but never both of the last two of one that is', async () => {
    await publish(priya, await create('For a while')).expect(201);
    const reason = { reason: 'Not used.' };
    await priya.post(at('/for-a-while/versions/1/retirement'), reason).expect(201);
    const { body } = await priya.get(at('/for-a-while')).expect(200);
    expect(body).toMatchObject({ published: null, retiredAt: expect.any(String) });
    await expect(latest('for-a-while')).rejects.toMatchObject({ status: 404 });
    await priya.post(at('/for-a-while/versions/2/retirement'), reason).expect(404);

    const draft = await begin('WF-GO-LIVE');
    const saved = await save(draft, { ...draft.definition, purpose: 'Ours.' });
    await publish(priya, saved).expect(201);
    const answers = await Promise.all(
      [1, 2].map((version) => priya.post(at(`/WF-GO-LIVE/versions/${version}/retirement`), reason)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});
