import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { requirementGroupSchema } from '@plumbline/contracts';
import type { MemberRole } from '@plumbline/policies';
import type { ApprovalStep, Outcome } from '@plumbline/workflow-engine';
import { answerOf } from '../../test/support/answers.ts';
import { AtWork } from '../../test/support/at-work.ts';
import { aWorkflow, endStep, RunLab, taskStep } from '../../test/support/run-lab.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from '../../test/support/world.ts';
import { PackReader } from './pack-reader.ts';

jest.setTimeout(60_000);

const outcome = (key: string, effect: Outcome['effect'], to: string): Outcome => ({
  ...{ key, label: `Say ${key}`, effect, to, reasonRequired: true, consequence: 'So it goes.' },
});
const board: ApprovalStep = {
  ...{ type: 'approval', id: 'board', stage: 'main', name: 'Board', role: 'client.approver' },
  ...{ question: 'Shall it go live?', separation: [], shows: [] },
  quorum: { seats: [{ role: 'client.approver', count: 2 }], needs: 'all', blind: true },
  outcomes: [outcome('agree', 'approve', 'live'), outcome('refuse', 'reject', 'dropped')],
};
const workflow = aWorkflow('WF-T-SEALED', 'work', [
  taskStep('work', 'board', { requirements: ['A.5.2'] }),
  ...[board, endStep('live'), endStep('dropped')],
]);

const all = async <T>(rows: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
};

describe('while votes are secret', () => {
  let api: TestApi;
  let ours: TestOrganisation;
  let lab: RunLab;
  let aiSystemId: string;
  const people: Record<string, AtWork> = {};
  const someone = async (name: string, role: MemberRole) => {
    const id = await aMember(api, ours, [role], name);
    return new AtWork(await api.signIn(id, { steppedUp: true }), ours);
  };

  beforeAll(async () => {
    api = await startTestApi();
    ours = await anOrganisation(api);
    lab = new RunLab(api, ours);
    people['ben'] = await someone('Ben', 'client.approver');
    people['cleo'] = await someone('Cleo', 'client.approver');
    people['mia'] = await someone('Mia', 'client.aims_manager');
    people['tom'] = await someone('Tom', 'client.staff');
    await lab.publish(workflow);
    aiSystemId = await lab.aSystem();
  });
  afterAll(() => api.close());

  const who = (name: string): AtWork => {
    const person = people[name];
    if (!person) throw new Error(`Nobody is called ${name}.`);
    return person;
  };
  /** Everything that a pack tells of runs and decisions. */
  const packed = () =>
    lab.inside(async (tx, { organisationId }) => {
      const reader = new PackReader(tx, { organisationId, aiSystemId });
      const runs = await all(reader.runs());
      const decisions = await all(reader.decisions());
      return { runs, decisions, counted: await reader.count() };
    });
  const checked = async () => {
    const mia = who('mia');
    const answer = await mia.client.get(mia.path('requirements/A.5')).expect(200);
    return answerOf(requirementGroupSchema, answer).items.find(({ id }) => id === 'A.5.2');
  };
  const exported = async () => {
    const mia = who('mia');
    const query = 'workflow=WF-T-SEALED&from=2020-01-01&to=2100-01-01';
    const files = ['xes', 'ocel', 'csv'].map(async (format) => {
      const answer = mia.client.get(mia.path(`run-exports/${format}?${query}`)).expect(200);
      const { body, text } = await answer.buffer(true);
      return text || JSON.stringify(body);
    });
    return (await Promise.all(files)).join('\n');
  };

  it('neither packs, readiness nor histories to take away tell one, and all do afterwards', async () => {
    const runId = await lab.start('WF-T-SEALED', aiSystemId);
    const tom = who('tom');
    const work = await lab.taskOf(runId, 'work');
    await tom.client
      .post(tom.path('evidence'), {
        ...{ shows: 'Minutes', link: 'https://example.org/minutes', taskId: work },
      })
      .expect(201);
    await tom.submit(work, {}).expect(200);
    const vote = await lab.taskOf(runId, 'board');
    await who('ben').decide(vote, 'agree', { reason: 'Sound figures.' }).expect(200);

    const sealed = await packed();
    expect(sealed.decisions).toEqual([]);
    const [given] = sealed.runs[0]?.events.filter(({ type }) => type === 'decision-recorded') ?? [];
    expect(given).toMatchObject({ by: 'Ben', step: 'board', event: { type: 'decision-recorded' } });
    // The definition names its outcomes; what was said stands nowhere.
    expect(JSON.stringify(sealed.runs)).not.toMatch(/"outcome":"agree"|Sound/);
    expect(await checked()).toMatchObject({ shown: true, checked: false });
    expect(await exported()).not.toMatch(/agree|Sound/);

    await who('cleo').decide(vote, 'agree', { reason: 'Go.' }).expect(200);
    const open = await packed();
    expect(open.decisions.map(({ by, outcome: said }) => [by, said])).toEqual([
      ['Ben', 'agree'],
      ['Cleo', 'agree'],
    ]);
    expect(open.counted).toBe(sealed.counted + 2);
    expect(JSON.stringify(open.runs)).toMatch(/Sound[^]*"outcome":"agree"/);
    expect(await checked()).toMatchObject({ checked: true });
    expect(await exported()).toContain('agree');
  });
});
