import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Decision, Page, Run } from '@plumbline/contracts';
import type { ApprovalStep, Outcome } from '@plumbline/workflow-engine';
import { AtWork } from '../../test/support/at-work.ts';
import { aWorkflow, endStep, RunLab } from '../../test/support/run-lab.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation } from '../../test/support/world.ts';

jest.setTimeout(60_000);

const outcome = (key: string, effect: Outcome['effect'], to: string): Outcome => ({
  ...{ key, label: `Say ${key}`, effect, to, reasonRequired: true, consequence: 'So it goes.' },
});
const board: ApprovalStep = {
  ...{ type: 'approval', id: 'board', stage: 'main', name: 'Board', role: 'client.approver' },
  ...{ question: 'Shall it go live?', separation: [], shows: [], outcomeFact: 'outcome' },
  quorum: { seats: [{ role: 'client.approver', count: 3 }], needs: 2, blind: true },
  outcomes: [outcome('yes', 'approve', 'live'), outcome('no', 'reject', 'dropped')],
};
const blind = aWorkflow('WF-T-BLIND', 'board', [board, endStep('live'), endStep('dropped')], {
  facts: [{ name: 'outcome', type: { kind: 'text' }, source: 'run' }],
});

describe('votes in a blind matter', () => {
  let api: TestApi;
  let lab: RunLab;
  let [ben, cleo, dan, mia]: readonly AtWork[] = [];

  beforeAll(async () => {
    api = await startTestApi();
    const ours = await anOrganisation(api);
    lab = new RunLab(api, ours);
    const someone = async (name: string, role: Parameters<typeof aMember>[2][number]) =>
      new AtWork(
        await api.signIn(await aMember(api, ours, [role], name), { steppedUp: true }),
        ours,
      );
    ben = await someone('Ben', 'client.approver');
    cleo = await someone('Cleo', 'client.approver');
    dan = await someone('Dan', 'client.approver');
    mia = await someone('Mia', 'client.aims_manager');
    await lab.publish(blind);
  });
  afterAll(() => api.close());

  const seen = async (who: AtWork | undefined, taskId: string) => {
    const task = await who!.task(taskId);
    const decisions = await who!.client.get(who!.path('decisions')).expect(200);
    return {
      votes: task.decision?.recorded.map((vote) => `${vote.person.name}: ${vote.outcome}`),
      history: task.history.map(({ text, detail }) => `${text} ${detail}`).join('; '),
      decisions: (decisions.body as Page<Decision>).items.map(({ by, outcome: said }) => [
        ...[by.name, said],
      ]),
    };
  };

  it('are kept from everybody else until all have voted, then open to all', async () => {
    const runId = await lab.start('WF-T-BLIND');
    const taskId = await lab.taskOf(runId, 'board');
    const first = await ben!.decide(taskId, 'no', { reason: 'Far too early.' }).expect(200);
    const { decisionId } = first.body as { decisionId: string };
    await cleo!.decide(taskId, 'yes', { reason: 'Fine by me.' }).expect(200);

    const own = await seen(ben, taskId);
    expect(own.votes).toEqual(['Ben: Say no', 'Cleo: null']);
    expect(own.history).toContain('Far too early.');
    expect(own.history).not.toContain('Fine by me.');
    expect(own.decisions).toEqual([['Ben', 'no']]);

    for (const reader of [dan, mia]) {
      const other = await seen(reader, taskId);
      expect(other.votes).toEqual(['Ben: null', 'Cleo: null']);
      expect(other.history).not.toMatch(/Say|early|Fine/);
      expect(other.decisions).toEqual([]);
      await reader!.client.get(reader!.path(`decisions/${decisionId}`)).expect(404);
    }
    const run = (await mia!.client.get(mia!.path(`runs/${runId}`)).expect(200)).body as Run;
    expect(JSON.stringify(run.entries)).not.toMatch(/Say|early|Fine/);

    const capsules = await api.admin<{ capsule: string; name: string }>(
      `select d.capsule, p.name from app.decision d join app.person p on p.id = d.person_id
       where d.task_id = $1 order by d.at`,
      [taskId],
    );
    const earlier = capsules.map(
      ({ capsule }) =>
        (JSON.parse(capsule) as { authority: { earlier: { outcome: unknown }[] } }).authority
          .earlier,
    );
    expect(earlier).toEqual([[], [{ person: ben!.personId, outcome: null }]]);
    const recorded = await api.admin<{ payload: string }>(
      `select p.payload from app.record_event e join app.record_payload p on p.event_id = e.id
       where e.action in ('decision.recorded', 'task.decided')`,
    );
    expect(recorded).toHaveLength(4);
    for (const { payload } of recorded) expect(payload).not.toMatch(/"(yes|no)"|early|Fine/);

    await dan!.decide(taskId, 'yes', { reason: 'Go.' }).expect(200);
    expect(await lab.runOf(runId)).toMatchObject({ status: 'ended', outcome: 'live' });
    const after = await seen(mia, taskId);
    expect(after.votes).toEqual(['Ben: Say no', 'Cleo: Say yes', 'Dan: Say yes']);
    expect(after.history).toContain('Far too early.');
    expect(after.decisions).toHaveLength(3);
    await mia!.client.get(mia!.path(`decisions/${decisionId}`)).expect(200);
    await lab.expectConsistent(runId);
  });
});
