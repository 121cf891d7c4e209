import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { MoveJobDetail, Proposal, WorkflowDraft } from '@plumbline/contracts';
import { replay, restored, type RunEvent, type StoredRunState } from '@plumbline/workflow-engine';
import type { AtWork } from '../../test/support/at-work.ts';
import { copilot } from '../../test/support/proposals.ts';
import { Team } from '../../test/support/team.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import {
  aMember,
  anEngagement,
  anOrganisation,
  type TestOrganisation,
} from '../../test/support/world.ts';
import { MoveWork } from './move-work.ts';

jest.setTimeout(60_000);

describe('runs under way that go on by another version', () => {
  let api: TestApi;
  let ours: TestOrganisation;
  let team: Team;
  let priya: AtWork;
  let ana: AtWork;

  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  beforeEach(async () => {
    ours = await anOrganisation(api);
    await api.admin('update app.organisation set headcount = 120 where id = $1', [ours.id]);
    team = new Team(api, ours);
    priya = await team.join('Priya Shah', 'client.aims_manager');
    ana = await team.join('Ana Ruiz', 'client.staff', 'client.system_owner');
  });

  const propose = async (name: string) => {
    const answer = await ana.client.post(ana.path('proposals'), { name }).expect(201);
    return answer.body as Proposal;
  };

  /** Publishes the intake anew, with the name of its first step changed. */
  const publish = async (name: string) => {
    const path = priya.path('workflows/WF-INTAKE');
    const { body } = await priya.client.post(`${path}/draft`).expect(201);
    const draft = body as WorkflowDraft;
    const steps = (draft.definition['steps'] as { id: string }[]).map((step) =>
      step.id === draft.definition['start'] ? { ...step, name } : step,
    );
    const saved = await priya.client
      .put(`${path}/draft`, {
        ...{ revision: draft.revision, layout: {} },
        definition: { ...draft.definition, steps },
      })
      .expect(200);
    const { revision, problems } = saved.body as WorkflowDraft;
    const acknowledged = problems.map(({ code, place }) => ({ code, place }));
    await priya.client
      .post(`${path}/publications`, { revision, note: 'Better words.', acknowledged })
      .expect(201);
  };

  const moves = (rest = '') => priya.path(`workflows/WF-INTAKE/migrations${rest}`);
  const start = async (input: object = {}) => {
    const wish = { from: 1, to: 2, runs: 'all', reason: 'Better words.', ...input };
    return (await priya.client.post(moves(), wish).expect(202)).body as { id: string };
  };
  const look = async (id: string) =>
    (await priya.client.get(moves(`/${id}`)).expect(200)).body as MoveJobDetail;
  const work = (id: string, signal = new AbortController().signal) =>
    api.app
      .get(MoveWork, { strict: false })
      .handle({ id, organisationId: ours.id, payload: { migrationId: id }, signal });
  const versionsOf = async () => {
    const rows = await api.admin<{ version: number }>(
      `select v.version from app.run r join app.workflow_version v on v.id = r.workflow_version_id
       where r.organisation_id = $1 order by r.id`,
      [ours.id],
    );
    return rows.map(({ version }) => version);
  };

  /** EI2 across versions: the events alone give the stored state. */
  const expectReplayable = async (runId: string) => {
    const events = await api.admin<{ event: RunEvent }>(
      'select event from app.run_event where run_id = $1 order by seq',
      [runId],
    );
    const [row] = await api.admin<{ state: StoredRunState }>(
      'select state from app.run where id = $1',
      [runId],
    );
    expect(replay(events.map(({ event }) => event))).toEqual(restored(row!.state));
    return events.map(({ event }) => event.type);
  };

  it('are tried without a change, moved one by one, and finished', async () => {
    const first = await propose('Office copilot');
    const second = await propose('Another tool');
    await publish('Tell us about the use');
    const preview = await priya.client.post(moves('/preview'), { from: 1, to: 2 }).expect(200);
    expect(preview.body).toMatchObject({ total: 2, runs: [{ ok: true }, { ok: true }] });
    expect(await versionsOf()).toEqual([1, 1]);

    const { id } = await start();
    await team.deliver();
    const job = await look(id);
    expect(job).toMatchObject({
      ...{ state: 'done', total: 2, moved: 2, refused: 0, createdBy: { name: 'Priya Shah' } },
      runs: [{ status: 'moved', reason: null }, { status: 'moved' }],
    });
    expect(await versionsOf()).toEqual([2, 2]);
    expect(await expectReplayable(first.runId)).toContain('run-migrated');
    const entries = await api.admin(
      `select 1 from app.record_event where organisation_id = $1 and action = 'run.migrated'`,
      [ours.id],
    );
    expect(entries).toHaveLength(2);

    // Whoever had the task still has it, and the run comes to its end.
    const task = await ana.task(first.taskId);
    const answers = ana.answersTo(task, { ...copilot, owner: ana.personId });
    await ana.submit(first.taskId, answers).expect(200);
    await priya.decides(/Office copilot/);
    await expectReplayable(first.runId);
    expect((await ana.task(second.taskId)).status).toBe('open');
  });

  it('stay as they are, with the reason, where they cannot go on', async () => {
    const { runId } = await propose('Stays');
    await publish('Other words');
    const { id } = await start({ mapping: { nowhere: 'nor-here' } });
    await team.deliver();
    expect(await look(id)).toMatchObject({
      ...{ state: 'done', moved: 0, refused: 1 },
      runs: [{ id: runId, status: 'refused', reason: expect.stringContaining('nowhere') }],
    });
    expect(await versionsOf()).toEqual([1]);
    expect(await expectReplayable(runId)).not.toContain('run-migrated');
    const again = await start({ from: 2, to: 1, runs: [runId] });
    await team.deliver();
    expect((await look(again.id)).runs).toMatchObject([
      { status: 'refused', reason: 'This run is pinned to version 1.' },
    ]);
  });

  it('are moved once, though workers stop in the middle or come twice', async () => {
    const proposals = [await propose('One'), await propose('Two'), await propose('Three')];
    await publish('Other words');
    const { id } = await start();
    // A worker that stops after the first of them: what it did is done, the rest is not.
    const { signal } = new AbortController();
    let looks = 0;
    Object.defineProperty(signal, 'aborted', { get: () => (looks += 1) > 1 });
    await expect(work(id, signal)).rejects.toThrow('elsewhere');
    expect(await look(id)).toMatchObject({ state: 'running', moved: 1 });
    await Promise.all([work(id), work(id), work(id)]);
    await work(id);
    expect(await look(id)).toMatchObject({ state: 'done', moved: 3 });
    for (const { runId } of proposals) {
      const types = await expectReplayable(runId);
      expect(types.filter((type) => type === 'run-migrated')).toHaveLength(1);
    }
    const told = await api.admin(
      `select text from app.notification where organisation_id = $1 and kind = 'job'`,
      [ours.id],
    );
    expect(told).toEqual([{ text: '3 of 3 runs go on by version 2.' }]);
  });

  it('stay when whoever asked may not publish any more', async () => {
    await propose('Stays');
    await publish('Other words');
    const { id } = await start();
    await api.admin(`update app.member set roles = '{client.staff}' where person_id = $1`, [
      priya.personId,
    ]);
    await team.deliver();
    await api.admin(`update app.member set roles = '{client.aims_manager}' where person_id = $1`, [
      priya.personId,
    ]);
    expect(await look(id)).toMatchObject({ state: 'failed', moved: 0 });
    expect(await versionsOf()).toEqual([1]);
  });

  it('are moved by the client’s own people, and unknown elsewhere', async () => {
    const { runId } = await propose('Ours');
    await publish('Other words');
    const { id } = await start();
    const wish = { from: 1, to: 2, runs: 'all', reason: 'Mine.' };
    const firm = await anOrganisation(api, { kind: 'firm', name: 'Quay' });
    await anEngagement(api, ours, firm);
    const adviser = await api.signIn(await aMember(api, firm, ['firm.lead']));
    await adviser.post(moves('/preview'), { from: 1, to: 2 }).expect(200);
    await adviser.post(moves(), wish).expect(403);
    const theirs = await anOrganisation(api, { name: 'Elsewhere' });
    const stranger = await api.signIn(await aMember(api, theirs, ['client.aims_manager']));
    const there = `/api/organisations/${theirs.slug}/workflows/WF-INTAKE/migrations`;
    await stranger.get(`${there}/${id}`).expect(404);
    await stranger.post(there, { ...wish, to: 1, runs: [runId] }).expect(404);
    await priya.client.post(moves(), { ...wish, to: 9 }).expect(404);
    await priya.client.post(moves(), { ...wish, runs: [id] }).expect(404);
    const none = await priya.client.post(moves(), { ...wish, from: 2, to: 1 }).expect(409);
    expect(none.body).toMatchObject({ code: 'nothing-to-move' });
  });
});
