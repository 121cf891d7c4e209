import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AtWork } from '../../test/support/at-work.ts';
import { aWorkflow, endStep, RunLab } from '../../test/support/run-lab.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation } from '../../test/support/world.ts';

jest.setTimeout(120_000);

/** As many as one seat may be for. */
const SEATS = 100;
const VOTERS = 300;

const board = aWorkflow('WF-T-BOARD', 'decide', [
  {
    ...{ type: 'approval', id: 'decide', stage: 'main', name: 'Decide', role: 'client.approver' },
    ...{ question: 'Can it go?', separation: [], shows: [] },
    quorum: { seats: [{ role: 'client.approver', count: SEATS }], needs: 'all' },
    outcomes: [
      {
        ...{ key: 'approve', label: 'Approve', effect: 'approve', to: 'over' },
        ...{ reasonRequired: false, consequence: 'It can go.' },
      },
      {
        ...{ key: 'reject', label: 'Reject', effect: 'reject', to: 'over' },
        ...{ reasonRequired: true, consequence: 'It cannot go.' },
      },
    ],
  },
  endStep('over'),
]);

describe('a quorum that everybody decides at once', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  it('counts each vote once, refuses those that come too late, and fails for nobody', async () => {
    const ours = await anOrganisation(api);
    const lab = new RunLab(api, ours);
    await lab.publish(board);
    const voters: AtWork[] = [];
    for (let at = 0; at < VOTERS; at += 1) {
      const id = await aMember(api, ours, ['client.approver'], `Voter ${at}`);
      voters.push(new AtWork(await api.signIn(id, { steppedUp: true }), ours));
    }
    const runId = await lab.start('WF-T-BOARD');
    const taskId = await lab.taskOf(runId, 'decide');
    const answers = await Promise.all(voters.map((who) => who.decide(taskId, 'approve')));
    const counted = answers.filter(({ status }) => status === 200);
    expect(counted).toHaveLength(SEATS);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    expect(await lab.runOf(runId)).toMatchObject({ status: 'ended', outcome: 'over' });
    const votes = (await lab.eventsOf(runId)).filter(({ type }) => type === 'decision-recorded');
    expect(votes).toHaveLength(SEATS);
    await lab.expectConsistent(runId);
  });
});
