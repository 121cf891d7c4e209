import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { AiSystem, Import, NotificationsAnswer, RunRow } from '@plumbline/contracts';
import type { AtWork } from '../../test/support/at-work.ts';
import { copilot } from '../../test/support/proposals.ts';
import { Team } from '../../test/support/team.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { anOrganisation, type TestOrganisation } from '../../test/support/world.ts';
import { newId } from '../platform/ids.ts';
import { ImportedEntriesHandler } from './entry-handlers.ts';

// Whole imports and what follows from them.
jest.setTimeout(30_000);

describe('entries that an import leaves incomplete', () => {
  let api: TestApi;
  let ours: TestOrganisation;
  let team: Team;
  let mia: AtWork;
  let tom: AtWork;

  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    ours = await anOrganisation(api, { name: 'Cedar Clinics' });
    team = new Team(api, ours);
    mia = await team.join('Mia Manager', 'client.aims_manager', 'client.staff');
    tom = await team.join('Tom Owner', 'client.staff');
  });

  /** Brings a file in and carries out everything that was promised with it. */
  const bringIn = async (text: string): Promise<Import> => {
    const file = { bytes: Buffer.from(text), name: 'inventory.csv' };
    const { body } = await mia.client.upload(mia.path('imports'), file).expect(202);
    const look = async () =>
      (await mia.client.get(mia.path(`imports/${body.id}`)).expect(200)).body as Import;
    await team.deliver();
    const read = await look();
    await mia.client
      .put(mia.path(`imports/${body.id}/mapping`), read.mapping!, {
        'If-Match': `"${read.version}"`,
      })
      .expect(202);
    await team.deliver();
    const { version } = await look();
    await mia.client
      .post(mia.path(`imports/${body.id}/commit`), {}, { 'If-Match': `"${version}"` })
      .expect(202);
    await team.deliver();
    await team.deliver();
    const done = await look();
    expect(done).toMatchObject({ state: 'done', outcome: { errors: 0 } });
    return done;
  };
  const runsOf = async (aiSystemId: string) =>
    (await mia.client.get(mia.path(`runs?aiSystem=${aiSystemId}`)).expect(200)).body
      .items as RunRow[];
  const system = async (name: string) => {
    const [row] = await api.admin<{ id: string }>(
      'select id from app.ai_system where organisation_id = $1 and name = $2',
      [ours.id, name],
    );
    return (await mia.client.get(mia.path(`ai-systems/${row!.id}`)).expect(200)).body as AiSystem;
  };
  const told = async ({ client }: AtWork) =>
    (
      (await client.get(mia.path('notifications')).expect(200)).body as NotificationsAnswer
    ).items.filter(({ text }) => text.includes('came by import'));
  const complete = {
    ...{ purpose: 'Answers patients.', kind: 'generative', orgRole: ['user'] },
    ...{ euRole: ['deployer'], affectedGroups: ['patients'], volume: 'under-100' },
    ...{ dataKinds: ['no-personal-data'], jurisdictions: ['uk'] },
  };

  it('ask their owner, or the AIMS manager, by one task each and one message in all', async () => {
    await bringIn(
      'Id,Name,Purpose,Stage,Owner\n1,Chat,Answers,live,Tom Owner\n2,Scan,Reads,proposed,\n',
    );
    const { items } = await tom.tasks();
    expect(items).toMatchObject([
      { title: 'Complete the entry', assignee: { id: tom.personId }, dueAt: null },
    ]);
    const open = (await mia.tasks()).items.filter(({ title }) => title === 'Complete the entry');
    expect(open).toMatchObject([{ aiSystem: { name: 'Scan' }, assignee: null }]);
    expect(await told(mia)).toMatchObject([
      { kind: 'your-turn', text: expect.stringMatching(/^2 entries .* lack/) },
    ]);
    expect(await told(tom)).toMatchObject([{ text: expect.stringMatching(/^1 entry .* lacks/) }]);
    const { body } = await mia.client.get(mia.path('notifications')).expect(200);
    const [job] = (body as NotificationsAnswer).items.filter(({ kind }) => kind === 'job');
    expect(job).toMatchObject({ text: 'Your import is done: 2 new, 0 changed, 0 as they were.' });
    expect(job?.path).toMatch(/^\/c\/[^/]+\/imports\/[0-9a-f-]+$/);
    const mails = await api.admin<{ topic: string; count: number }>(
      `select topic, count(*)::int as count from app.outbox
       where organisation_id = $1 and topic in ('task-notice', 'notification-mail') group by topic`,
      [ours.id],
    );
    expect(mails.find(({ topic }) => topic === 'task-notice')).toBeUndefined();
  });

  it('are complete once the task is done, and then go into the intake with what is known', async () => {
    await bringIn('Id,Name,Purpose,Stage,Tier,Owner\n1,Chat,Answers,live,limited,Tom Owner\n');
    const before = await system('Chat');
    expect(before).toMatchObject({ stage: 'live', missing: expect.arrayContaining(['kind']) });
    const page = await tom.find('Complete the entry');
    expect(page.values).toMatchObject({ name: 'Chat', purpose: 'Answers', owner: tom.personId });
    const answers = { ...complete, name: 'Chat', owner: tom.personId };
    await tom.submit(page.id, tom.answersTo(page, answers)).expect(200);
    await team.deliver();
    const after = await system('Chat');
    expect(after).toMatchObject({ stage: 'live', missing: [], fields: complete });
    const gate = await mia.client.get(mia.path(`ai-systems/${after.id}/gate`)).expect(200);
    expect(gate.body.mayBeLive).toBe(false);

    const start = { workflow: 'WF-INTAKE', aiSystemId: after.id };
    await mia.client.post(mia.path('runs'), start).expect(201);
    const intake = await mia.find('Describe the use');
    expect(intake.values).toMatchObject({ ...complete, name: 'Chat', owner: tom.personId });
    const given = { ...copilot, name: 'Chat', owner: tom.personId };
    await mia.submit(intake.id, mia.answersTo(intake, given)).expect(200);
    expect((await runsOf(after.id)).map(({ workflow }) => workflow.key).sort()).toEqual([
      'WF-INTAKE',
      'WF-REGISTER',
    ]);
  });

  it('are asked about no longer once they are completed elsewhere, and again when emptied', async () => {
    await bringIn('Id,Name,Purpose,Stage\n1,Chat,Answers,live\n');
    const { id, version } = await system('Chat');
    const patch = (at: number, body: object) =>
      mia.client.patch(mia.path(`ai-systems/${id}`), at, body).expect(200);
    const changed = await patch(version, { ...complete, owner: tom.personId });
    await team.deliver();
    const [run, ...others] = await runsOf(id);
    expect(others).toEqual([]);
    expect(run).toMatchObject({ workflow: { key: 'WF-REGISTER' }, status: 'cancelled' });
    await patch(changed.body.version, { kind: null });
    await team.deliver();
    expect((await tom.find('Complete the entry')).aiSystem.id).toBe(id);
  });

  it('get no second task from the same import or from the next, and none beside an intake', async () => {
    const rows = Array.from({ length: 30 }, (_, at) => `${at},System ${at},Reads,live`);
    const text = ['Id,Name,Purpose,Stage', ...rows].join('\n');
    const { id: importId } = await bringIn(text);
    const count = async () => {
      const [row] = await api.admin<{ runs: number; open: number }>(
        `select count(*)::int as runs, count(*) filter (where status = 'running')::int as open
         from app.run where organisation_id = $1 and workflow_key = 'WF-REGISTER'`,
        [ours.id],
      );
      return row;
    };
    expect(await count()).toEqual({ runs: 30, open: 30 });
    const message = { id: newId(), organisationId: ours.id, payload: { import: importId } };
    const { signal } = new AbortController();
    await api.app.get(ImportedEntriesHandler, { strict: false }).handle({ ...message, signal });
    await bringIn(text.replaceAll('Reads', 'Writes'));
    expect(await count()).toEqual({ runs: 30, open: 30 });
    expect(await told(mia)).toHaveLength(1);
  });
});
