import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AiSystem, Proposal } from '@plumbline/contracts';
import type { MemberRole } from '@plumbline/policies';
import { replay, type RunEvent } from '@plumbline/workflow-engine';
import { createHash } from 'node:crypto';
import { AtWork } from '../../test/support/at-work.ts';
import { copilot } from '../../test/support/proposals.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from '../../test/support/world.ts';

describe('runs and tasks', () => {
  let api: TestApi;
  let ours: TestOrganisation;

  beforeAll(async () => {
    api = await startTestApi();
    ours = await anOrganisation(api);
    await api.admin('update app.organisation set headcount = 120 where id = $1', [ours.id]);
  });
  afterAll(() => api.close());

  const person = async (name: string, ...roles: MemberRole[]): Promise<AtWork> => {
    const id = await aMember(api, ours, roles, name);
    return new AtWork(await api.signIn(id, { steppedUp: true }), ours);
  };

  const propose = async (who: AtWork, name = 'Office copilot'): Promise<Proposal> => {
    const answer = await who.client.post(who.path('proposals'), { name }).expect(201);
    return answer.body as Proposal;
  };

  const systemOf = async (who: AtWork, id: string): Promise<AiSystem> => {
    const answer = await who.client.get(who.path(`ai-systems/${id}`)).expect(200);
    return answer.body as AiSystem;
  };

  /** EI2: the events alone give the stored state, without gaps. */
  const expectReplayable = async (runId: string) => {
    const events = await api.admin<{ event: RunEvent }>(
      'select event from app.run_event where run_id = $1 order by seq',
      [runId],
    );
    const [row] = await api.admin<{ state: unknown; version: number }>(
      'select state, version from app.run where id = $1',
      [runId],
    );
    expect(replay(events.map(({ event }) => event))).toEqual(row!.state);
    expect(events.map(({ event }) => event.seq)).toEqual(events.map((_, at) => at + 1));
    expect(row!.version).toBe(events.length);
  };

  describe('the light path', () => {
    it('takes an office copilot from proposal to live in two tasks', async () => {
      const ana = await person('Ana Ruiz', 'client.staff', 'client.system_owner');
      const priya = await person('Priya Shah', 'client.aims_manager');
      const { aiSystemId, runId, taskId } = await propose(ana);
      const task = await ana.task(taskId);
      expect(task).toMatchObject({ title: 'Describe the use', yourTurn: true, type: 'form' });
      await expectReplayable(runId);
      const answers = ana.answersTo(task, { ...copilot, owner: ana.personId, ownerAccepts: true });
      const { body: receipt } = await ana.submit(taskId, answers).expect(200);
      expect(receipt).toMatchObject({ taskId, runStatus: 'running', nextTaskId: null });
      await expectReplayable(runId);
      expect(await systemOf(priya, aiSystemId)).toMatchObject({ gateState: 'deciding' });

      const decision = await priya.find('Decide: Can Office copilot be used?');
      expect(decision.can).toMatchObject({ decide: true, whyNot: null });
      const { body: decided } = await priya.decide(decision.id, 'approve').expect(200);
      expect(decided).toMatchObject({ runStatus: 'ended', aiSystemId });
      await expectReplayable(runId);
      expect(await systemOf(priya, aiSystemId)).toMatchObject({
        ...{ stage: 'live', tier: 'minimal', name: 'Office copilot', gateState: 'passed' },
        nextReviewOn: expect.any(String),
      });

      // What the receipt, the decision and the record say is one hash over the same bytes.
      const { body: kept } = await priya.client
        .get(priya.path(`decisions/${decided.decisionId}`))
        .expect(200);
      expect(kept).toMatchObject({ capsuleHash: decided.capsuleHash, outcome: 'approve' });
      const [stored] = await api.admin<{ capsule: string; payload: string }>(
        `select d.capsule, p.payload from app.decision d
         join app.record_payload p on p.event_id = d.record_event_id where d.id = $1`,
        [decided.decisionId],
      );
      const hash = createHash('sha256').update(stored!.capsule).digest('hex');
      expect(hash).toBe(decided.capsuleHash);
      expect(JSON.parse(stored!.payload)).toMatchObject({ capsule: hash });
      expect(kept.capsule).toEqual(JSON.parse(stored!.capsule));

      // The lifecycle has set when it looks again.
      const timers = await api.admin<{ key: string }>(
        `select key from app.timer where subject = $1 and status = 'armed' order by key`,
        [aiSystemId],
      );
      expect(timers.map(({ key }) => key)).toEqual(['monitorCadence', 'reviewInterval']);
    });
  });
});
