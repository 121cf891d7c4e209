import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { CasesAnswer, Simulation, WorkflowDraft } from '@plumbline/contracts';
import { Team } from '../../test/support/team.ts';
import { startTestApi, type Client, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from '../../test/support/world.ts';

jest.setTimeout(60_000);

describe('workflows that are tried out', () => {
  let api: TestApi;
  let ours: TestOrganisation;
  let priya: Client;

  beforeAll(async () => {
    api = await startTestApi();
    ours = await anOrganisation(api);
    priya = await api.signIn(await aMember(api, ours, ['client.aims_manager'], 'Priya Shah'));
    await priya.post(at(''), { name: 'Tried', from: 'blank' }).expect(201);
  });
  afterAll(() => api.close());

  const at = (rest: string) => `/api/organisations/${ours.slug}/workflows${rest}`;
  const keep = async (name: string, more: object = {}, key = 'tried') => {
    const content = { name, facts: {}, steps: [], ...more };
    const { body } = await priya.put(at(`/${key}/cases`), { case: content }).expect(200);
    return body as CasesAnswer;
  };
  const simulate = (input: object, key = 'tried') =>
    priya.post(at(`/${key}/simulations`), { of: 'draft', ...input });
  const forecast = {
    ...{ seed: 7, start: '2026-11-25T09:00:00.000Z', runs: 20 },
    arrivals: { pattern: 'even', perDay: 4 },
  };

  it('keeps cases by name, and forgets those that are deleted', async () => {
    await keep('Straight through');
    await keep('Never mind', { expects: { ending: 'other' } });
    const { cases } = await keep('Straight through', { expects: { ending: 'done' } });
    expect(cases).toMatchObject([
      { case: { name: 'Never mind' }, savedBy: { name: 'Priya Shah' } },
      { case: { name: 'Straight through', expects: { ending: 'done' } } },
    ]);
    const gone = await priya.delete(at(`/tried/cases/${cases[0]!.id}`)).expect(200);
    expect(gone.body.cases).toHaveLength(1);
    await priya.delete(at(`/tried/cases/${cases[0]!.id}`)).expect(404);
    const large = { name: 'Large', facts: { text: 'x'.repeat(200_001) }, steps: [] };
    const refused = await priya.put(at('/tried/cases'), { case: large }).expect(422);
    expect(refused.body).toMatchObject({ code: 'case-too-large' });
    await priya.put(at('/tried/cases'), { case: { ...large, steps: [{ fly: 1 }] } }).expect(400);
    await priya.put(at('/none/cases'), { case: { ...large, facts: {} } }).expect(404);
  });

  it('plays them, and keeps what came of it with the version of that content', async () => {
    await keep('Straight through', { expects: { ending: 'done' } });
    await keep('As it is not', { expects: { ending: 'other' } });
    const { body } = await simulate({ try: { cases: 'all' } }).expect(201);
    expect(body).toMatchObject({
      ...{ kind: 'cases', state: 'done', versions: [], failure: null },
      result: {
        passed: false,
        cases: [
          { name: 'As it is not', passed: false, failures: [expect.stringContaining('“other”')] },
          { name: 'Straight through', passed: true, ending: 'done' },
        ],
      },
    });
    const { revision } = (await priya.get(at('/tried/draft')).expect(200)).body as WorkflowDraft;
    const published = await priya
      .post(at('/tried/publications'), { revision, note: 'Tried.' })
      .expect(201);
    const kept = await priya.get(at(`/tried/simulations/${body.id}`)).expect(200);
    expect(kept.body).toEqual({ ...body, versions: [1] });
    expect(kept.body.hash).toBe(published.body.version.hash);
    const [one] = (await priya.get(at('/tried/cases')).expect(200)).body.cases;
    const version = await simulate({ of: 1, try: { cases: [one.id] } }).expect(201);
    expect(version.body.result.cases).toHaveLength(1);
    const list = await priya.get(at('/tried/simulations')).expect(200);
    expect(list.body.simulations.map(({ id }: Simulation) => id)).toEqual([
      version.body.id,
      body.id,
    ]);
  });

  it('plays a case of the standard library to its end', async () => {
    const steps = [{ step: 'propose' }, { step: 'nowhere' }];
    await keep('Begins', { steps }, 'WF-INTAKE');
    const { body } = await simulate({ of: 1, try: { cases: 'all' } }, 'WF-INTAKE').expect(201);
    expect(body.result.cases).toMatchObject([
      { passed: false, stopped: { at: expect.any(Number) } },
    ]);
  });

  it('forecasts at once what is quick, and by the worker what is not', async () => {
    const quick = await simulate({ of: 1, try: { forecast } }, 'WF-REVIEW').expect(201);
    expect(quick.body).toMatchObject({ state: 'done', result: { runs: 20 } });
    const again = await simulate({ of: 1, try: { forecast } }, 'WF-REVIEW').expect(201);
    expect(again.body.result).toEqual(quick.body.result);

    const slow = { ...forecast, runs: 4000 };
    const asked = await simulate({ of: 1, try: { forecast: slow } }, 'WF-REVIEW').expect(201);
    expect(asked.body).toMatchObject({ state: 'waiting', result: null });
    const team = new Team(api, ours);
    await team.deliver();
    await team.deliver();
    const done = await priya.get(at(`/WF-REVIEW/simulations/${asked.body.id}`)).expect(200);
    expect(done.body).toMatchObject({ state: 'done', result: { runs: 4000 } });
    const told = await api.admin(
      `select 1 from app.notification where organisation_id = $1 and kind = 'job'`,
      [ours.id],
    );
    expect(told).toHaveLength(1);
  });

  it('refuses what makes no sense, in words', async () => {
    const none = await simulate({ of: 1, try: { cases: 'all' } }, 'WF-RISK').expect(422);
    expect(none.body).toMatchObject({ code: 'no-cases' });
    const odd = { ...forecast, steps: { nowhere: { minutes: { min: 5, likely: 1, max: 2 } } } };
    const { body } = await simulate({ of: 1, try: { forecast: odd } }, 'WF-RISK').expect(422);
    expect(body).toMatchObject({ code: 'cannot-simulate' });
    await simulate({ of: 9, try: { forecast } }, 'WF-RISK').expect(404);
    await simulate({ of: 'draft', try: { forecast } }, 'WF-RISK').expect(404);
    const id = '019b0000-0000-7000-8000-000000000000';
    await simulate({ of: 1, try: { cases: [id] } }, 'WF-RISK').expect(404);
  });

  it('is unknown elsewhere, and not for those who only read', async () => {
    const [one] = (await keep('Ours')).cases;
    const { body } = await simulate({ of: 1, try: { cases: 'all' } }).expect(201);
    const theirs = await anOrganisation(api, { name: 'Elsewhere' });
    const stranger = await api.signIn(await aMember(api, theirs, ['client.aims_manager']));
    const there = `/api/organisations/${theirs.slug}/workflows/tried`;
    await stranger.get(`${there}/cases`).expect(404);
    await stranger.delete(`${there}/cases/${one!.id}`).expect(404);
    await stranger.get(`${there}/simulations/${body.id}`).expect(404);
    const reader = await api.signIn(await aMember(api, ours, ['client.internal_auditor']));
    await reader.get(at('/tried/cases')).expect(403);
  });
});
