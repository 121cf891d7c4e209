import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Proposal } from '@plumbline/contracts';
import type { MemberRole } from '@plumbline/policies';
import { replay, type RunEvent } from '@plumbline/workflow-engine';
import { AtWork } from '../../test/support/at-work.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from '../../test/support/world.ts';

/** Answers that lead to the light path: an office copilot for internal text. */
const copilot = {
  name: 'Office copilot',
  kind: 'off-the-shelf-tool',
  affectedGroups: ['none-outside-team'],
  dataKinds: ['confidential-business'],
  volume: '100-to-1000',
  sensitiveAreas: ['none'],
  safetyComponent: 'no',
  meetsPeople: 'no',
  ...{ t1: 0, t2: 0, t3: 1, t4: 2, t5: 0, t6: 1, t7: 0, t8: 1 },
  ...{ iq05: 'no', iq07: 'no', iq12: 'yes', iq13: 'no', iq16: 'suggests-human-decides' },
  ...{ iq18: 'instantly', iq25: 'no', iq31: ['sent-to-supplier'], iq32: 'no', iq42: 'no' },
  ...{ iq44: 'no', iq48: 'A new version.' },
  supplierChecked: true,
};

describe('runs and tasks', () => {
  let api: TestApi;
  let ours: TestOrganisation;

  beforeAll(async () => {
    api = await startTestApi();
    ours = await anOrganisation(api);
  });
  afterAll(() => api.close());

  const person = async (name: string, ...roles: MemberRole[]): Promise<AtWork> => {
    const id = await aMember(api, ours, roles, name);
    return new AtWork(await api.signIn(id, { steppedUp: true }), ours);
  };

  const propose = async (who: AtWork, name = 'Office copilot'): Promise<Proposal> => {
    const { body } = await who.client.post(who.path('proposals'), { name }).expect(201);
    return body as Proposal;
  };

  /** EI2: the events alone give the stored state. */
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

    const decision = await priya.find('Decide: Can Office copilot be used?');
    expect(decision.can).toMatchObject({ decide: true, whyNot: null });
    const { body: decided } = await priya.decide(decision.id, 'approve').expect(200);
    expect(decided).toMatchObject({ runStatus: 'ended', aiSystemId });
    await expectReplayable(runId);
    const { body: system } = await priya.client
      .get(priya.path(`ai-systems/${aiSystemId}`))
      .expect(200);
    expect(system).toMatchObject({ stage: 'live', tier: 'minimal', name: 'Office copilot' });
  });
});
