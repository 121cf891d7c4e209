import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  separationExceptionsSchema,
  type DeclareException,
  type Proposal,
  type RunRow,
} from '@plumbline/contracts';
import type { AtWork } from '../../test/support/at-work.ts';
import { answerOf, problemOf } from '../../test/support/answers.ts';
import { copilot } from '../../test/support/proposals.ts';
import { Team } from '../../test/support/team.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { anEngagement, anOrganisation, type TestOrganisation } from '../../test/support/world.ts';
import { Runs } from '../runs/index.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { Exceptions } from './exceptions.ts';

const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('exceptions from separation of duties', () => {
  let api: TestApi;
  let here: TestOrganisation;
  let team: Team;
  let top: AtWork;
  let manager: AtWork;

  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    here = await anOrganisation(api, { name: 'Two People' });
    await headcount(4);
    team = new Team(api, here);
    top = await team.join('Tess Top', 'client.top_management');
    manager = await team.join('Mia Manager', 'client.aims_manager', 'client.staff');
  });

  const headcount = (people: number) =>
    api.admin('update app.organisation set headcount = $1 where id = $2', [people, here.id]);
  const declare = (change: Partial<DeclareException> = {}, who = top) =>
    who.client.post(who.path('exceptions'), {
      ...{ rule: 'SOD-06', reason: 'We are four.', compensatingControl: 'Tess looks again.' },
      ...{ expiresOn: dayIn(300), ...change },
    });
  const list = async (who = top) =>
    answerOf(separationExceptionsSchema, await who.client.get(who.path('exceptions')).expect(200));
  const propose = async (name: string) =>
    (await manager.client.post(manager.path('proposals'), { name }).expect(201)).body as Proposal;
  /** What runs are told about the organisation now. */
  const factsNow = async () => {
    const { runId } = await propose('Something');
    const scope = { organisationId: here.id, personId: null };
    const { surroundings } = await api.app
      .get(TenantDatabase)
      .transaction(scope, (tx) => api.app.get(Runs, { strict: false }).look(tx, scope, runId));
    return surroundings.facts;
  };

  it('are declared by top management, told to every run, and revoked', async () => {
    expect(await list()).toMatchObject({ exceptions: [], mayDeclare: true });
    await declare().expect(201);
    const { exceptions } = await list(manager);
    expect(exceptions).toMatchObject([
      {
        ...{ rule: 'SOD-06', state: 'in-force', revokedAt: null },
        declaredBy: { id: top.personId, name: 'Tess Top' },
      },
    ]);
    expect(await factsNow()).toMatchObject({ exceptions: ['SOD-06'], hasAdviser: false });
    expect(problemOf(await declare().expect(409)).code).toBe('exception-in-force');

    const revoke = () => top.client.post(top.path(`exceptions/${exceptions[0]!.id}/revoke`));
    await revoke().expect(200);
    await revoke().expect(404);
    expect(await factsNow()).toMatchObject({ exceptions: [] });
    expect((await list()).exceptions).toMatchObject([{ state: 'revoked' }]);
    await declare().expect(201);
    const recorded = await api.admin<{ action: string }>(
      `select action from app.record_event where organisation_id = $1
         and action like 'separation-exception.%' order by id`,
      [here.id],
    );
    expect(recorded.map(({ action }) => action.split('.')[1])).toEqual([
      'declared',
      'revoked',
      'declared',
    ]);
  });

  it('end with their last day', async () => {
    await declare().expect(201);
    await api.admin(
      `update app.separation_exception set expires_on = current_date - 1
       where organisation_id = $1`,
      [here.id],
    );
    expect(await factsNow()).toMatchObject({ exceptions: [] });
    expect((await list()).exceptions).toMatchObject([{ state: 'expired' }]);
  });

  it.each([
    ['SOD-01', 'nobody approves their own system'],
    ['SOD-03', 'whoever built it never validates it'],
    ['SOD-08', 'not a rule of any workflow that may be lifted'],
  ])('are never declared for %s: %s', async (rule) => {
    expect(problemOf(await declare({ rule }).expect(422)).code).toBe('never-lifted');
  });

  it.each([
    ['yesterday', -2],
    ['in more than a year', 400],
  ])('do not end %s', async (_, days) => {
    const { problems } = problemOf(await declare({ expiresOn: dayIn(days) }).expect(400));
    expect(problems).toMatchObject([{ field: 'expiresOn' }]);
  });

  it('are for organisations of fewer than ten people, by top management with its password', async () => {
    expect(problemOf(await declare({}, manager).expect(403)).code).toBe('forbidden');
    const again = await api.signIn(top.personId);
    const answer = await again.post(top.path('exceptions'), {
      ...{ rule: 'SOD-06', reason: 'x', compensatingControl: 'y', expiresOn: dayIn(3) },
    });
    expect([answer.status, problemOf(answer).code]).toEqual([401, 'step-up-required']);
    await headcount(10);
    expect(problemOf(await declare().expect(422)).code).toBe('not-a-micro-organisation');
    expect((await list()).mayDeclare).toBe(false);
  });

  it('are shown with every export that asks for them', async () => {
    await declare().expect(201);
    const scope = { organisationId: here.id, personId: null };
    const all = await api.app
      .get(TenantDatabase)
      .transaction(scope, (tx) => api.app.get(Exceptions, { strict: false }).all(tx, scope));
    expect(all).toMatchObject([{ rule: 'SOD-06', compensatingControl: 'Tess looks again.' }]);
  });

  it('stand beside the other facts of the organisation: its adviser and its criteria', async () => {
    const firm = await anOrganisation(api, { kind: 'firm', name: 'Quay' });
    await anEngagement(api, here, firm);
    expect(await factsNow()).toMatchObject({
      ...{ hasAdviser: true, orgSize: 'micro', criteriaVersion: 'Standard criteria, version 1' },
    });
    await api.admin('update app.engagement set revoked_at = now() where organisation_id = $1', [
      here.id,
    ]);
    expect(await factsNow()).toMatchObject({ hasAdviser: false });
  });

  it('lets a use of a tool that is approved for this data begin without a second decision', async () => {
    const tool = { ...copilot, supplier: 'Acme Ltd', owner: manager.personId };
    const submit = async (name: string, change: object = {}) => {
      const { aiSystemId, taskId } = await propose(name);
      const page = await manager.task(taskId);
      const answers = manager.answersTo(page, { ...tool, name, ...change });
      await manager.submit(taskId, answers).expect(200);
      const path = manager.path(`runs?aiSystem=${aiSystemId}`);
      const [run] = (await manager.client.get(path).expect(200)).body.items as RunRow[];
      return run!;
    };
    expect(await submit('First')).toMatchObject({ status: 'running' });
    expect(await submit('Before the decision')).toMatchObject({ status: 'running' });
    const other = await team.join('Otto Other', 'client.aims_manager');
    await other.decides(/First/, 'approve');
    expect(await submit('Same tool', { supplier: ' ACME ltd' })).toMatchObject({
      ...{ status: 'ended', outcome: 'covered-by-approved-tool' },
    });
    expect(await submit('Other supplier', { supplier: 'Other' })).toMatchObject({
      status: 'running',
    });
    expect(await submit('More data', { dataKinds: ['public'] })).toMatchObject({
      status: 'running',
    });
  });
});
