import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  absencesSchema,
  type AbsencesAnswer,
  type DeclareAbsence,
  type NotificationsAnswer,
  type Proposal,
} from '@plumbline/contracts';
import { answerOf, problemOf } from '../../test/support/answers.ts';
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

const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('absences', () => {
  let api: TestApi;
  let here: TestOrganisation;
  let team: Team;
  let otto: AtWork;
  let sam: AtWork;
  let pia: AtWork;

  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    here = await anOrganisation(api, { name: 'Away Ltd' });
    team = new Team(api, here);
    otto = await team.join('Otto Owner', 'client.aims_manager');
    sam = await team.join('Sam Sub', 'client.staff');
    pia = await team.join('Pia Proposer', 'client.staff');
  });

  const declare = (who: AtWork, change: Partial<DeclareAbsence> = {}) =>
    who.client.post(who.path('absences'), {
      ...{ substitute: sam.personId, from: dayIn(0), until: dayIn(5) },
      ...{ workflows: null, roles: null, note: 'On leave', ...change },
    });
  const list = async (who: AtWork) =>
    answerOf(absencesSchema, await who.client.get(who.path('absences')).expect(200));
  const told = async (who: AtWork) =>
    (
      (await who.client.get(who.path('notifications')).expect(200)).body as NotificationsAnswer
    ).items.map(({ text }) => text);
  /** Somebody proposes an office copilot; what follows is one decision for an AIMS manager. */
  const proposed = async (by: AtWork, name: string) => {
    const { taskId } = (await by.client.post(by.path('proposals'), { name }).expect(201))
      .body as Proposal;
    const answers = by.answersTo(await by.task(taskId), {
      ...{ ...copilot, name, supplier: 'Acme Ltd', owner: by.personId },
    });
    await by.submit(taskId, answers).expect(200);
  };

  it('are declared, seen by both and told; the substitute sees the work and no one else does', async () => {
    await proposed(pia, 'Copilot');
    expect((await sam.tasks()).items).toEqual([]);
    const { items } = answerOf(absencesSchema, await declare(otto).expect(201));
    expect(items).toMatchObject([
      {
        person: { name: 'Otto Owner' },
        substitute: { name: 'Sam Sub' },
        state: 'now',
        gap: null,
        mayEnd: true,
      },
    ]);
    expect(await list(sam)).toMatchObject({
      items: [{ mayEnd: false }],
      standingInFor: [{ person: { id: otto.personId }, until: dayIn(5) }],
      away: null,
    });
    expect((await list(otto)).away).toMatchObject({ substitute: { name: 'Sam Sub' } });
    expect((await list(pia)).items).toEqual([]);
    await team.deliver();
    const news = await told(sam);
    expect(news).toContainEqual(expect.stringMatching(/^You stand in for Otto Owner from/));
    expect(news).toContainEqual(expect.stringMatching(/^From today until/));
    expect((await sam.tasks()).items).toMatchObject([
      { yourTurn: true, onBehalfOf: { id: otto.personId, name: 'Otto Owner' } },
    ]);
    expect((await pia.tasks()).items).toEqual([]);
    expect((await otto.tasks()).items).toMatchObject([{ onBehalfOf: null }]);
  });

  it('let the substitute decide on behalf; history, decision and record name both', async () => {
    await proposed(pia, 'Copilot');
    await declare(otto).expect(201);
    const receipt = await sam.decides(/Copilot/, 'approve');
    const page = await sam.task(receipt.taskId);
    expect(page.history).toContainEqual(
      expect.objectContaining({
        text: expect.stringMatching(/on behalf of Otto Owner – Sam Sub$/),
      }),
    );
    const { body } = await otto.client
      .get(otto.path(`decisions/${receipt.decisionId}`))
      .expect(200);
    expect(body).toMatchObject({
      by: { name: 'Sam Sub' },
      onBehalfOf: { name: 'Otto Owner' },
      capsule: { authority: { person: sam.personId, onBehalfOf: { person: otto.personId } } },
    });
    expect((await otto.tasks('done')).items).toMatchObject([{ id: receipt.taskId }]);
  });

  it.each([
    ['the substitute', () => ({ proposer: sam })],
    ['the absent person', () => ({ proposer: otto })],
  ])('never carry a decision past separation of duties of %s', async (_, who) => {
    const { proposer } = who();
    await proposed(proposer, 'Copilot');
    await declare(otto).expect(201);
    const [row] = await api.admin<{ id: string }>(
      `select id from app.task where organisation_id = $1 and type = 'approval'`,
      [here.id],
    );
    const refused = problemOf(await sam.decide(row!.id, 'approve').expect(403));
    expect(refused.code).toBe('separation-of-duties');
    const decisions = await api.admin('select 1 from app.decision where organisation_id = $1', [
      here.id,
    ]);
    expect(decisions).toEqual([]);
  });

  it('end at once, and with their last day', async () => {
    await proposed(pia, 'Copilot');
    const { items } = answerOf(absencesSchema, await declare(otto).expect(201));
    const end = (who: AtWork) => who.client.post(who.path(`absences/${items[0]!.id}/end`));
    expect(problemOf(await end(sam).expect(403)).code).toBe('forbidden');
    await end(pia).expect(404);
    await end(otto).expect(200);
    expect(problemOf(await end(otto).expect(409)).code).toBe('absence-over');
    expect((await sam.tasks()).items).toEqual([]);
    expect(await told(sam)).toContainEqual('You no longer stand in for Otto Owner.');

    await declare(otto).expect(201);
    expect((await sam.tasks()).items).toHaveLength(1);
    await api.admin(
      `update app.absence set from_on = current_date - 9, until_on = current_date - 1
       where organisation_id = $1`,
      [here.id],
    );
    expect((await sam.tasks()).items).toEqual([]);
    expect((await list(otto)).items.map(({ state }) => state)).toContain('over');
  });

  it('cover only the workflows and roles that were chosen', async () => {
    await proposed(pia, 'Copilot');
    const { items } = (await declare(otto, { workflows: ['WF-CONDITION'] }).expect(201))
      .body as AbsencesAnswer;
    expect((await sam.tasks()).items).toEqual([]);
    await otto.client.post(otto.path(`absences/${items[0]!.id}/end`)).expect(200);
    await declare(otto, { roles: ['client.aims_manager'] }).expect(201);
    expect((await sam.tasks()).items).toHaveLength(1);
  });

  it('are not chained: a substitute who is away is skipped, and that is said', async () => {
    await proposed(pia, 'Copilot');
    const quin = await team.join('Quin Next', 'client.staff');
    await declare(otto).expect(201);
    await declare(sam, { substitute: quin.personId }).expect(201);
    expect((await sam.tasks()).items).toEqual([]);
    expect((await quin.tasks()).items).toEqual([]);
    const gaps = (await list(otto)).items.map(({ gap }) => gap);
    expect(gaps).toContainEqual(expect.stringMatching(/^Sam Sub is away too/));
  });

  it.each([
    ['oneself', () => ({ substitute: otto.personId }), 400, 'invalid'],
    ['days turned round', () => ({ from: dayIn(5), until: dayIn(4) }), 400, 'invalid'],
    ['a time that is over', () => ({ from: dayIn(-9), until: dayIn(-3) }), 400, 'invalid'],
    ['more than a year', () => ({ until: dayIn(400) }), 400, 'invalid'],
    ['a role not held', () => ({ roles: ['client.legal'] }), 400, 'invalid'],
    ['an unknown workflow', () => ({ workflows: ['WF-NONE'] }), 400, 'invalid'],
  ])('refuse %s', async (_, change, status, code) => {
    expect(problemOf(await declare(otto, change()).expect(status)).code).toBe(code);
    expect((await list(otto)).items).toEqual([]);
  });

  it('refuse advisers, strangers and auditors as substitutes, and foreign people as unknown', async () => {
    const firm = await anOrganisation(api, { kind: 'firm', name: 'Quay' });
    await anEngagement(api, here, firm);
    const adviser = await aMember(api, firm, ['firm.consultant'], 'Ada Adviser');
    const auditor = await aMember(api, here, ['ext.cert_auditor'], 'Aud Itor');
    const other = await anOrganisation(api, { name: 'Elsewhere' });
    const stranger = await aMember(api, other, ['client.staff'], 'Stran Ger');
    const codeOf = async (substitute: string) =>
      problemOf(await declare(otto, { substitute })).code;
    expect(await codeOf(adviser)).toBe('adviser-never-stands-in');
    expect([await codeOf(auditor), await codeOf(stranger)]).toEqual(['invalid', 'invalid']);
    await declare(otto, { person: stranger }).expect(404);
    const theirs = await api.signIn(stranger);
    const { items } = answerOf(absencesSchema, await declare(otto).expect(201));
    await theirs.post(`/api/organisations/${other.slug}/absences/${items[0]!.id}/end`).expect(404);
    const asAdviser = await api.signIn(adviser);
    await asAdviser.get(otto.path('absences')).expect(403);
  });

  it('are declared for others only by who manages them', async () => {
    expect(problemOf(await declare(pia, { person: otto.personId }).expect(403)).code).toBe(
      'forbidden',
    );
    await declare(otto, { person: pia.personId }).expect(201);
    expect((await list(pia)).away).toMatchObject({ substitute: { name: 'Sam Sub' } });
  });

  it('never overlap for the same work, also when declared at once', async () => {
    const answers = await Promise.all([1, 2, 3].map(async () => (await declare(otto)).status));
    expect(answers.sort()).toEqual([201, 409, 409]);
    expect(problemOf(await declare(otto, { from: dayIn(5) }).expect(409)).code).toBe(
      'absence-overlaps',
    );
    await declare(otto, { from: dayIn(6), until: dayIn(9) }).expect(201);
  });
});
