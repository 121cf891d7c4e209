import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { AiSystem, EvidenceItem, Monitor, Page, Proposal, Run } from '@plumbline/contracts';
import { replay, type Facts, type RunEvent } from '@plumbline/workflow-engine';
import type { AtWork } from '../../test/support/at-work.ts';
import { agent } from '../../test/support/proposals.ts';
import { Team } from '../../test/support/team.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { anOrganisation, type TestOrganisation } from '../../test/support/world.ts';

jest.setTimeout(120_000);

/** Eleven people take a custom AI agent through its life, in the order that the lifecycle gives. */
describe('an AI agent on the full path', () => {
  let api: TestApi;
  let ours: TestOrganisation;
  let team: Team;
  let tom: AtWork;
  let mia: AtWork;
  let ann: AtWork;
  let aiSystemId: string;
  let answers: Record<string, Facts>;

  beforeAll(async () => {
    api = await startTestApi();
    ours = await anOrganisation(api);
    await api.admin('update app.organisation set headcount = 120 where id = $1', [ours.id]);
    team = new Team(api, ours);
    tom = await team.join('Tom Reid', 'client.system_owner', 'client.staff');
    mia = await team.join('Mia Frank', 'client.aims_manager');
    await team.join('Lea Legal', 'client.legal', 'client.supplier_manager');
    await team.join('Dan Data', 'client.data_lead');
    await team.join('Rob Risk', 'client.risk_owner');
    const tess = await team.join('Tess Tech', 'client.technical_lead');
    await team.join('Sue Secure', 'client.security_lead');
    await team.join('Val Idator', 'client.validator');
    const olga = await team.join('Olga Oversees', 'client.overseer');
    ann = await team.join('Ann Approver', 'client.approver');
    await team.join('Ben Approver', 'client.approver');
    await team.join('Top Person', 'client.top_management');
    const proof = await mia.client
      .post(mia.path('evidence'), { shows: 'Test report', link: 'https://example.org/report' })
      .expect(201);
    team.shareProof((proof.body as EvidenceItem).id);
    answers = {
      'check-screening': { prohibitedUse: 'no' },
      accept: { acceptsOwnership: true, overseer: olga.personId, builders: [tess.personId] },
      questions: { iq21: 'By mail, answered within five days.', iq28: 'Two in a hundred.' },
      test: { testException: 'The pilot is limited to ten people.' },
      pick: { sourcesLeftOut: 'The others do not apply.' },
      security: { securitySignedOff: true, privacySignedOff: true },
      plan: { trainingDone: true, logRetentionDays: 180 },
      documents: { documentsCurrent: true, trainingDone: true, logRetentionDays: 180 },
      duties: { dutiesDone: true },
      supplier: { supplierCleared: true },
      oversight: { overseerAccepts: true, overseerTrained: false, stopDrillDone: true },
      'pilot-report': { pilotComplete: true },
      'confirm-live': { logsOn: true },
      note: { decision: 'start-review' },
    };
  });
  afterAll(() => api.close());

  const system = async (): Promise<AiSystem> => {
    const answer = await mia.client.get(mia.path(`ai-systems/${aiSystemId}`)).expect(200);
    return answer.body as AiSystem;
  };
  const runs = async (): Promise<Page<Run>['items']> => {
    const path = mia.path(`runs?aiSystem=${aiSystemId}`);
    return ((await mia.client.get(path).expect(200)).body as Page<Run>).items;
  };
  const running = async (): Promise<string[]> =>
    (await runs())
      .filter(({ status }) => status === 'running')
      .map(({ workflow }) => workflow.key)
      .sort();

  it('goes through intake and classification to two assessments side by side', async () => {
    const proposed = await tom.client.post(tom.path('proposals'), { name: 'Refund agent' });
    expect(proposed.status).toBe(201);
    const { taskId, ...ids } = proposed.body as Proposal;
    aiSystemId = ids.aiSystemId;
    const task = await tom.task(taskId);
    await tom.submit(taskId, tom.answersTo(task, { ...agent, owner: tom.personId })).expect(200);
    await team.work(aiSystemId, answers, async () => (await running()).includes('WF-RISK'));
    expect(await running()).toEqual(['WF-IMPACT', 'WF-RISK']);
    expect(await system()).toMatchObject({ stage: 'assessing', tier: 'high', gateState: 'open' });
  });

  it('refuses to go live while the gate is not met, and says what is missing', async () => {
    await team.work(aiSystemId, answers, async () => (await system()).gateState === 'deciding');
    const task = await ann.find('Decide: Can Refund agent go live?');
    const unmet = task.decision!.gate.filter(({ met }) => !met);
    expect(unmet).toMatchObject([{ key: 'overseer-accepted', cure: expect.any(String) }]);
    const approving = task.decision!.outcomes.find(({ effect }) => effect === 'approve')!;
    const refused = await ann.decide(task.id, approving.key).expect(422);
    expect(refused.body).toMatchObject({
      code: 'gate-not-met',
      unmet: [{ key: 'overseer-accepted', label: expect.any(String), cure: expect.any(String) }],
    });
    expect((await ann.task(task.id)).status).toBe('open');
  });

  it('goes back for what is missing, then is decided by two approvers', async () => {
    const task = await ann.find('Decide: Can Refund agent go live?');
    await ann.decide(task.id, 'ask-for-changes').expect(200);
    expect(await system()).toMatchObject({ gateState: 'open' });
    answers['oversight'] = { ...answers['oversight'], overseerTrained: true };
    await team.work(aiSystemId, answers, async () => (await system()).gateState === 'passed');
    expect(await system()).toMatchObject({ gateState: 'passed', stage: 'pilot' });
    const deciders = team.done.filter(({ step }) => step === 'decide').map(({ by }) => by);
    expect(new Set(deciders.slice(-2)).size).toBe(2);
  });

  it('goes live, and its monitoring plan becomes monitors', async () => {
    await team.work(aiSystemId, answers, async () => (await system()).stage === 'live');
    await team.deliver();
    const answer = await mia.client.get(mia.path(`monitors?aiSystem=${aiSystemId}`)).expect(200);
    expect((answer.body as Page<Monitor>).items).toMatchObject([{ state: 'no-data' }]);
  });

  it('opens the monitoring once for two breaches at once, and a review after it', async () => {
    const answer = await mia.client.get(mia.path(`monitors?aiSystem=${aiSystemId}`)).expect(200);
    const [monitor] = (answer.body as Page<Monitor>).items;
    const beyond = monitor!.direction === 'at-most' ? monitor!.breach + 1 : monitor!.breach - 1;
    const window = (windowFrom: string, windowTo: string) =>
      tom.client.post(tom.path(`monitors/${monitor!.id}/measurements`), {
        ...{ windowFrom, windowTo, value: beyond, sample: 500 },
      });
    const both = await Promise.all([
      window('2026-09-01', '2026-09-30'),
      window('2026-10-01', '2026-10-31'),
    ]);
    expect(both.map(({ status, body }) => [status, body.state])).toEqual([
      [201, 'breach'],
      [201, 'breach'],
    ]);
    expect((await running()).filter((key) => key === 'WF-MONITOR')).toHaveLength(1);
    await team.work(aiSystemId, answers, async () => (await running()).includes('WF-REVIEW'));
    expect(await running()).toContain('WF-REVIEW');
  });

  it('is reviewed: assessed again side by side, its new actions followed up, and kept in use', async () => {
    const treatments = async () => {
      const [row] = await api.admin<{ count: number }>(
        `select count(*)::int as count from app.run
         where ai_system_id = $1 and workflow_key = 'WF-TREATMENT'`,
        [aiSystemId],
      );
      return row!.count;
    };
    const before = await treatments();
    expect(before).toBeGreaterThan(0);
    answers['answer'] = { keep: 'keep', stillIntended: true };
    await team.work(aiSystemId, answers, async () => !(await running()).includes('WF-REVIEW'));
    const reviews = (await runs()).filter(({ workflow }) => workflow.key === 'WF-REVIEW');
    expect(reviews).toMatchObject([{ status: 'ended', outcome: 'kept' }]);
    expect(await treatments()).toBe(2 * before);
    expect(await system()).toMatchObject({ stage: 'live' });
  });

  it('can be replayed from its events, run by run', async () => {
    const stored = await api.admin<{ id: string; state: unknown; version: number }>(
      'select id, state, version from app.run where ai_system_id = $1',
      [aiSystemId],
    );
    expect(stored.length).toBeGreaterThan(8);
    for (const { id, state, version } of stored) {
      const events = await api.admin<{ event: RunEvent }>(
        'select event from app.run_event where run_id = $1 order by seq',
        [id],
      );
      expect(replay(events.map(({ event }) => event))).toEqual(state);
      expect(events).toHaveLength(version);
    }
  });

  it('never let one person do what must be apart', async () => {
    const decisions = await api.admin<{ person_id: string; step: string; workflow_key: string }>(
      `select d.person_id, d.step, r.workflow_key from app.decision d
       join app.run r on r.id = d.run_id where d.ai_system_id = $1`,
      [aiSystemId],
    );
    expect(decisions.length).toBeGreaterThan(6);
    expect(decisions.filter(({ person_id }) => person_id === tom.personId)).toEqual([]);
  });
});
