import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { AiSystem, Proposal, RunRow } from '@plumbline/contracts';
import type { MemberRole } from '@plumbline/policies';
import { replay, type RunEvent } from '@plumbline/workflow-engine';
import { createHash } from 'node:crypto';
import { AtWork } from '../../test/support/at-work.ts';
import { copilot } from '../../test/support/proposals.ts';
import { Team } from '../../test/support/team.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { newId } from '../platform/ids.ts';
import {
  aMember,
  anEngagement,
  anOrganisation,
  type TestOrganisation,
} from '../../test/support/world.ts';

jest.setTimeout(60_000);

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

  it('turns conditions into tasks with their owner and date, and reviews what is changed later', async () => {
    const team = new Team(api, ours);
    const ana = await team.join('Ana Conditions', 'client.staff', 'client.system_owner');
    const priya = await team.join('Priya Conditions', 'client.aims_manager');
    const { aiSystemId, taskId } = await propose(ana, 'With conditions');
    const owner = ana.personId;
    const given = { ...copilot, name: 'With conditions', owner };
    await ana.submit(taskId, ana.answersTo(await ana.task(taskId), given)).expect(200);
    const conditions = [{ text: 'Train everyone.', owner, due: '2027-01-31' }];
    await priya.decides(/With conditions/, 'approve-with-conditions', { conditions });
    const { items } = await ana.tasks();
    const action = items.find(({ title }) => title === 'Meet the condition and attach proof');
    expect(action).toMatchObject({
      ...{ assignee: { id: owner }, yourTurn: true },
      dueAt: '2027-01-31T17:00:00.000Z',
    });
    const page = await ana.task(action!.id);
    expect(page.shows.map(({ value }) => value)).toEqual([
      expect.stringMatching(/^DEC-/),
      ...['Train everyone.', '31 January 2027'],
    ]);

    const system = await systemOf(priya, aiSystemId);
    expect(system.stage).toBe('live');
    await priya.client
      .patch(priya.path(`ai-systems/${aiSystemId}`), system.version, { purpose: 'Quite another.' })
      .expect(200);
    await team.deliver();
    const path = priya.path(`runs?status=running&aiSystem=${aiSystemId}`);
    const running = (await priya.client.get(path).expect(200)).body.items as RunRow[];
    expect(running.map(({ workflow }) => workflow.key).sort()).toEqual([
      'WF-CONDITION',
      'WF-REVIEW',
    ]);
    const file = { bytes: Buffer.from('All were there.'), name: 'training.txt' };
    const proof = await ana.client
      .upload(ana.path('evidence'), file, { shows: 'Training' })
      .expect(201);
    ana.proof = proof.body.id;
    await ana.does('Meet the condition and attach proof');
    const ended = await priya.client.get(priya.path(`runs?status=ended&workflow=WF-CONDITION`));
    expect(ended.body.items).toMatchObject([{ outcome: 'met' }]);
  });

  describe('refusals', () => {
    let ana: AtWork;
    let priya: AtWork;
    let proposal: Proposal;
    let decisionId: string;

    beforeAll(async () => {
      ana = await person('Ana Owner', 'client.staff', 'client.system_owner', 'client.aims_manager');
      priya = await person('Priya Other', 'client.aims_manager');
      proposal = await propose(ana, 'Meeting notes');
      const task = await ana.task(proposal.taskId);
      const answers = ana.answersTo(task, {
        ...copilot,
        name: 'Meeting notes',
        owner: ana.personId,
      });
      await ana.submit(task.id, answers).expect(200);
      decisionId = (await priya.find('Decide: Can Meeting notes be used?')).id;
    });

    const stateOf = async () => {
      const [row] = await api.admin<{ version: number }>(
        'select version from app.run where id = $1',
        [proposal.runId],
      );
      return row!.version;
    };

    it('keeps the proposer from deciding, and says why', async () => {
      const before = await stateOf();
      const page = await ana.task(decisionId);
      expect(page.can).toMatchObject({
        decide: false,
        whyNot: expect.stringContaining('proposed'),
      });
      const { body } = await ana.decide(decisionId, 'approve').expect(403);
      expect(body).toMatchObject({ code: 'separation-of-duties', rule: 'SOD-01' });
      expect(await stateOf()).toBe(before);
    });

    it('keeps an adviser from deciding, and lets them prepare', async () => {
      const firm = await anOrganisation(api, { kind: 'firm', name: 'Harbour & Co' });
      const adviserId = await aMember(api, firm, ['firm.consultant'], 'Ada Viser');
      await anEngagement(api, ours, firm);
      const ada = new AtWork(await api.signIn(adviserId, { steppedUp: true }), ours);
      const page = await ada.task(decisionId);
      expect(page.can).toMatchObject({ decide: false, submit: false });
      expect((await ada.decide(decisionId, 'approve').expect(403)).body.code).toBe('forbidden');

      const { taskId } = await propose(ana, 'Prepared by an adviser');
      await ana.client
        .post(ana.path(`tasks/${taskId}/assign`), { assignee: adviserId })
        .expect(200);
      const task = await ada.task(taskId);
      expect(task.can).toMatchObject({ submit: true });
      await ada
        .submit(taskId, ada.answersTo(task, { ...copilot, owner: ana.personId }))
        .expect(200);
      const { history } = await ana.task(taskId);
      expect(history.map(({ text }) => text).join('; ')).toContain('Ada Viser (Harbour & Co)');
    });

    it('asks for the password before a decision', async () => {
      const before = await stateOf();
      const again = new AtWork(await api.signIn(priya.personId), ours);
      const { body } = await again.decide(decisionId, 'approve').expect(401);
      expect(body.code).toBe('step-up-required');
      expect(await stateOf()).toBe(before);
    });

    it.each([
      ['an outcome that is not offered', 'explode', {}, 'unknown-outcome'],
      ['no reason where one is needed', 'reject', { reason: '' }, 'reason-required'],
      ['conditions without any', 'approve-with-conditions', {}, 'conditions-required'],
    ])('refuses %s', async (_, outcome, more, code) => {
      const before = await stateOf();
      const { body } = await priya.decide(decisionId, outcome, more).expect(422);
      expect(body.code).toBe(code);
      expect(await stateOf()).toBe(before);
    });

    it('refuses a condition whose owner is not here', async () => {
      const conditions = [{ text: 'Train them.', owner: crypto.randomUUID(), due: '2027-01-31' }];
      const { body } = await priya
        .decide(decisionId, 'approve-with-conditions', { conditions })
        .expect(422);
      expect(body.problems).toMatchObject([{ field: 'conditions.0.owner' }]);
    });

    it('refuses missing answers by field, and people who are not here, and keeps nothing', async () => {
      const { taskId } = await propose(ana, 'Half told');
      const { body } = await ana.submit(taskId, { name: 'Half told' }).expect(422);
      expect(body.code).toBe('invalid-answers');
      expect(body.problems).toContainEqual({ field: 'purpose', message: expect.any(String) });
      const task = await ana.task(taskId);
      const stranger = await aMember(api, await anOrganisation(api), ['client.staff']);
      for (const owner of [stranger, crypto.randomUUID(), 'somebody']) {
        const answers = ana.answersTo(task, { ...copilot, owner });
        const refused = await ana.submit(taskId, answers).expect(422);
        expect(refused.body.problems).toEqual([
          { field: 'owner', message: 'Choose someone of this organisation.' },
        ]);
      }
      expect((await ana.task(taskId)).status).toBe('open');
    });

    it('has one answer for tasks, runs, decisions and monitors that are foreign or unknown', async () => {
      const theirs = await anOrganisation(api, { name: 'Birch Homes' });
      const theirId = await aMember(api, theirs, ['client.aims_manager', 'client.staff']);
      const bea = new AtWork(await api.signIn(theirId, { steppedUp: true }), theirs);
      const foreign = (await bea.client.post(bea.path('proposals'), { name: 'Theirs' }).expect(201))
        .body as Proposal;
      const calls: [string, 'get' | 'post' | 'put', object?][] = [
        ['tasks/ID', 'get'],
        ['tasks/ID/draft', 'put', { answers: {}, version: 0 }],
        ['tasks/ID/submit', 'post', { answers: {} }],
        ['tasks/ID/decide', 'post', { outcome: 'approve' }],
        ['tasks/ID/send-back', 'post', { to: 'propose', reason: 'Why.' }],
        ['tasks/ID/claim', 'post'],
        ['tasks/ID/release', 'post'],
        ['tasks/ID/assign', 'post', { assignee: null }],
        ['runs/ID', 'get'],
        ['runs/ID/cancel', 'post', { reason: 'Why.' }],
        ['runs/ID/retry', 'post'],
        ['workflows/ID', 'get'],
        ['decisions/ID', 'get'],
        ['monitors/ID', 'get'],
        [
          'monitors/ID/measurements',
          'post',
          { windowFrom: '2026-10-01', windowTo: '2026-10-31', value: 1 },
        ],
      ];
      for (const [path, method, body] of calls) {
        const known = path.startsWith('runs') ? foreign.runId : foreign.taskId;
        const answers = [];
        for (const id of [known, crypto.randomUUID(), 'nonsense']) {
          const { status, body: said } = await priya.client[method](
            priya.path(path.replace('ID', id)),
            body,
          );
          answers.push({ status, said: { ...said, reference: '' } });
        }
        expect([path, answers[0]]).toEqual([path, { status: 404, said: expect.anything() }]);
        expect([path, answers[1], answers[2]]).toEqual([path, answers[0], answers[0]]);
      }
    });

    it('says that the product published the standard library, whoever looked first', async () => {
      const fresh = await anOrganisation(api, { name: 'Dune Freight' });
      const auditor = await api.signIn(await aMember(api, fresh, ['ext.cert_auditor']));
      await auditor.get(`/api/organisations/${fresh.slug}/workflows`).expect(200);
      const actors = await api.admin(
        `select distinct actor_ref from app.record_event
         where organisation_id = $1 and action = 'workflow.published'`,
        [fresh.id],
      );
      expect(actors).toEqual([{ actor_ref: 'system' }]);
    });

    it('shows staff their own tasks and nobody else’s', async () => {
      const sam = await person('Sam Staff', 'client.staff');
      const { taskId } = await propose(sam, 'Own idea');
      expect((await sam.tasks()).items.map(({ id }) => id)).toEqual([taskId]);
      await sam.client.get(sam.path(`tasks/${decisionId}`)).expect(404);
      await sam.client.get(sam.path('runs')).expect(403);
      const seen = await priya.tasks('waiting');
      expect(seen.items.map(({ id }) => id)).toContain(taskId);
    });

    it('starts by hand only what fits the stage, and one of a kind', async () => {
      const start = (workflow: string) =>
        priya.client.post(priya.path('runs'), { workflow, aiSystemId: proposal.aiSystemId });
      expect((await start('WF-REVIEW').expect(409)).body.code).toBe('not-at-this-stage');
      expect((await start('WF-INTAKE').expect(409)).body.code).toBe('already-running');
      const unknown = { workflow: 'WF-INTAKE', aiSystemId: crypto.randomUUID() };
      await priya.client.post(priya.path('runs'), unknown).expect(404);
    });

    it('shows what is set aside, and has it tried again when a person says so', async () => {
      const { runId } = await propose(ana, 'Set aside');
      const path = priya.path(`runs/${runId}`);
      const retry = () => priya.client.post(`${path}/retry`);
      expect((await priya.client.get(path).expect(200)).body.stuck).toEqual([]);
      expect((await retry().expect(409)).body.code).toBe('nothing-to-retry');
      await api.admin(
        `update app.outbox set parked_at = now(), attempts = 5, last_error = 'secret host gone'
         where payload ->> 'runId' = $1`,
        [runId],
      );
      await api.admin(
        `insert into app.timer
           (organisation_id, id, kind, subject, key, due_at, wake_at, status, attempts)
         values ($1, $2, 'wait', $3, 'rest#1', now() - interval '1 day', now(), 'parked', 5)`,
        [ours.id, newId(), runId],
      );
      await api.admin(`update app.run set trouble = 'No rule fits.' where id = $1`, [runId]);
      const { body } = await priya.client.get(path).expect(200);
      expect(body.stuck).toMatchObject(
        [
          { kind: 'timer', what: 'Going on after a wait', reason: 'No rule fits.' },
          { kind: 'message', what: 'Telling people of a task', reason: /failed on our side/ },
        ].map(({ reason, ...rest }) => ({ ...rest, reason: expect.stringMatching(reason) })),
      );
      expect(JSON.stringify(body)).not.toContain('secret host');
      await ana.client.post(`${path}/retry`).expect(200);
      expect((await priya.client.get(path).expect(200)).body).toMatchObject({ stuck: [] });
      const [state] = await api.admin<{ armed: number; open: number; recorded: number }>(
        `select (select count(*)::int from app.timer where subject = $1::uuid and status = 'armed'
                   and attempts = 0) as armed,
                (select count(*)::int from app.outbox where payload ->> 'runId' = $1::uuid::text
                   and parked_at is null and attempts = 0) as open,
                (select count(*)::int from app.record_event where entity_id = $1::uuid::text
                   and action = 'run.retried') as recorded`,
        [runId],
      );
      expect(state).toEqual({ armed: 1, open: 1, recorded: 1 });
    });

    it('cancels a run for good, with its tasks', async () => {
      const { runId, taskId } = await propose(ana, 'Given up');
      const cancel = () =>
        priya.client.post(priya.path(`runs/${runId}/cancel`), { reason: 'A duplicate.' });
      const { body: run } = await cancel().expect(200);
      expect(run).toMatchObject({ status: 'cancelled', tasks: [] });
      expect(run.entries.at(-1)).toMatchObject({ type: 'run-cancelled', detail: 'A duplicate.' });
      expect((await priya.task(taskId)).status).toBe('cancelled');
      expect((await cancel().expect(409)).body.code).toBe('run-not-active');
      await expectReplayable(runId);
    });
  });

  describe('drafts and hand-over', () => {
    it('keeps a draft private, and refuses one that is behind', async () => {
      const ana = await person('Ana Draft', 'client.staff');
      const { taskId } = await propose(ana, 'Drafted');
      const save = (who: AtWork, version: number) =>
        who.client.put(who.path(`tasks/${taskId}/draft`), {
          answers: { purpose: `Version ${version}` },
          version,
        });
      expect((await save(ana, 0).expect(200)).body.version).toBe(1);
      expect((await save(ana, 1).expect(200)).body.version).toBe(2);
      const stale = await save(ana, 1).expect(412);
      expect(stale.body).toMatchObject({ code: 'stale-version', currentVersion: 2 });
      await save(ana, 0).expect(412);
      expect(await ana.task(taskId)).toMatchObject({
        hasDraft: true,
        draft: { version: 2, answers: { purpose: 'Version 1' } },
      });
      const priya = await person('Priya Looks', 'client.aims_manager');
      expect(await priya.task(taskId)).toMatchObject({ hasDraft: false, draft: null });

      const task = await ana.task(taskId);
      await ana
        .submit(taskId, ana.answersTo(task, { ...copilot, owner: ana.personId }))
        .expect(200);
      const left = await api.admin('select 1 from app.task_draft where task_id = $1', [taskId]);
      expect(left).toEqual([]);
      expect((await save(ana, 2).expect(409)).body.code).toBe('unknown-task');
    });

    it('is claimed, released and given to somebody who may do it', async () => {
      const ana = await person('Ana Hands', 'client.staff', 'client.system_owner');
      const one = await person('One Manager', 'client.aims_manager');
      const two = await person('Two Manager', 'client.aims_manager');
      const { taskId } = await propose(ana, 'Handed over');
      const task = await ana.task(taskId);
      const owner = ana.personId;
      await ana.submit(taskId, ana.answersTo(task, { ...copilot, name: 'Handed over', owner }));
      const { id } = await one.find('Decide: Can Handed over be used?');
      const command = (who: AtWork, name: string, body = {}) =>
        who.client.post(who.path(`tasks/${id}/${name}`), body);
      const claimed = await command(one, 'claim').expect(200);
      expect(claimed.body).toMatchObject({ assignee: { id: one.personId }, yourTurn: true });
      const taken = await two.decide(id, 'approve').expect(409);
      expect(taken.body.code).toBe('taken-by-someone-else');
      expect((await two.tasks()).items.map((item) => item.id)).not.toContain(id);
      await command(two, 'release').expect(409);
      await command(one, 'release').expect(200);
      const staff = await person('No Manager', 'client.staff');
      const refused = await command(one, 'assign', { assignee: staff.personId }).expect(422);
      expect(refused.body.code).toBe('not-a-candidate');
      const own = await command(one, 'assign', { assignee: ana.personId });
      expect(own.body.code).toBe('not-a-candidate');
      await command(one, 'assign', { assignee: two.personId }).expect(200);
      await two.decide(id, 'approve').expect(200);
      expect((await two.tasks('done')).items.map((item) => item.id)).toContain(id);
    });
  });

  describe('races', () => {
    it('decides once when ten approvers press a hundred times', async () => {
      const ana = await person('Ana Race', 'client.staff', 'client.system_owner');
      const { taskId, runId } = await propose(ana, 'Raced for');
      const task = await ana.task(taskId);
      const owner = ana.personId;
      await ana.submit(taskId, ana.answersTo(task, { ...copilot, name: 'Raced for', owner }));
      const approvers = await Promise.all(
        Array.from({ length: 10 }, (_, at) => person(`Approver ${at}`, 'client.aims_manager')),
      );
      const { id } = await approvers[0]!.find('Decide: Can Raced for be used?');
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, at) => approvers[at % 10]!.decide(id, 'approve')),
      );
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
      expect(statuses.filter((status) => status === 409)).toHaveLength(99);
      const kept = await api.admin('select 1 from app.decision where task_id = $1', [id]);
      expect(kept).toHaveLength(1);
      await expectReplayable(runId);
    });

    it('submits once when the same request comes several times', async () => {
      const ana = await person('Ana Twice', 'client.staff');
      const { taskId, runId } = await propose(ana, 'Sent twice');
      const answers = ana.answersTo(await ana.task(taskId), { ...copilot, owner: ana.personId });
      const key = { 'Idempotency-Key': 'the-same-request' };
      const first = await ana.submit(taskId, answers, key).expect(200);
      const again = await ana.submit(taskId, answers, key).expect(200);
      expect(again.body).toEqual(first.body);
      const late = await ana.submit(taskId, answers).expect(409);
      expect(late.body.code).toBe('unknown-task');
      const submitted = await api.admin(
        `select 1 from app.run_event where run_id = $1 and type = 'task-submitted'`,
        [runId],
      );
      expect(submitted).toHaveLength(1);
    });

    it('carries out one of two commands that exclude each other', async () => {
      const ana = await person('Ana Both', 'client.staff');
      const priya = await person('Priya Both', 'client.aims_manager');
      const { taskId, runId } = await propose(ana, 'Both at once');
      const answers = ana.answersTo(await ana.task(taskId), { ...copilot, owner: ana.personId });
      const [submitted, cancelled] = await Promise.all([
        ana.submit(taskId, answers),
        priya.client.post(priya.path(`runs/${runId}/cancel`), { reason: 'Too late.' }),
      ]);
      expect(cancelled.status).toBe(200);
      expect([200, 409]).toContain(submitted.status);
      await expectReplayable(runId);
      const open = await api.admin(`select 1 from app.task where run_id = $1 and status = 'open'`, [
        runId,
      ]);
      expect(open).toEqual([]);
    });
  });

  it('cuts lists into pages that neither repeat nor leave out', async () => {
    const priya = await person('Priya Pages', 'client.aims_manager');
    for (const path of ['tasks?view=waiting', 'runs']) {
      const all = (
        await priya.client.get(priya.path(`${path}${path.includes('?') ? '&' : '?'}limit=200`))
      ).body.items as { id: string }[];
      const paged: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const query: string = `limit=3${cursor && `&cursor=${cursor}`}`;
        const join: string = path.includes('?') ? '&' : '?';
        const { body } = await priya.client.get(priya.path(`${path}${join}${query}`)).expect(200);
        paged.push(...(body.items as { id: string }[]).map(({ id }) => id));
        cursor = body.nextCursor as string | null;
      }
      expect(paged).toEqual(all.map(({ id }) => id));
    }
  });
});
