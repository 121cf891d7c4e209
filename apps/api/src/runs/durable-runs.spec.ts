import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { RunRow } from '@plumbline/contracts';
import {
  replay,
  type FormDefinition,
  type RunEvent,
  type RunState,
  type Step,
  type WorkflowDefinition,
} from '@plumbline/workflow-engine';
import { AtWork } from '../../test/support/at-work.ts';
import { createApplication } from '../application.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from '../../test/support/world.ts';
import { AiSystems } from '../ai-systems/index.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { Deliveries } from '../platform/outbox/deliveries.ts';
import { Workflows } from '../workflows/index.ts';
import { Runs, Timers } from './index.ts';

jest.setTimeout(60_000);

const noQuestions: FormDefinition = { sections: [] };
const task = (id: string, to: string, change: Partial<Step & { type: 'task' }> = {}): Step => ({
  ...{ type: 'task', id, stage: 'main', name: `Do ${id}`, role: 'client.staff' },
  ...{ form: noQuestions, next: [{ to }], ...change },
});
const end = (id: string): Step => ({
  ...{ type: 'end', id, stage: 'main', name: id, outcome: id },
});
const definition = (
  key: string,
  start: string,
  steps: readonly Step[],
  facts: WorkflowDefinition['facts'] = [],
): WorkflowDefinition => ({
  ...{ key, name: key, purpose: 'A test.', subject: 'ai-system', start, steps, facts },
  stages: [{ key: 'main', name: 'Main' }],
});

const parallel = definition('WF-T-PARALLEL', 'split', [
  {
    ...{ type: 'parallel', id: 'split', stage: 'main', name: 'Split', join: 'join' },
    branches: [
      { id: 'a', start: 'left' },
      { id: 'b', start: 'right' },
    ],
  },
  task('left', 'join'),
  task('right', 'join'),
  {
    ...{ type: 'join', id: 'join', stage: 'main', name: 'Join' },
    closes: 'split',
    next: [{ to: 'done' }],
  },
  end('done'),
]);

const child = definition('WF-T-CHILD', 'inner', [task('inner', 'finished'), end('finished')]);
const parent = definition(
  'WF-T-PARENT',
  'call',
  [
    {
      ...{ type: 'sub-workflow', id: 'call', stage: 'main', name: 'Call', calls: 'WF-T-CHILD' },
      ...{ input: [], output: [], outcomeFact: 'childOutcome', next: [{ to: 'after' }] },
    },
    task('after', 'done'),
    end('done'),
  ],
  [{ name: 'childOutcome', type: { kind: 'text' }, source: 'run' }],
);

const pause = (to: string): Step => ({
  ...{ type: 'timer', id: 'pause', stage: 'main', name: 'Pause', next: [{ to }] },
  wait: { amount: 0, unit: 'calendar-days' },
});
const sleeper = definition('WF-T-SLEEPER', 'pause', [pause('woken'), end('woken')]);
/** No rule of its table fits when the wait is over, so that it can never go on. */
const poisoned = definition(
  'WF-T-POISONED',
  'pause',
  [
    pause('table'),
    {
      ...{ type: 'table', id: 'table', stage: 'main', name: 'Choose', next: [{ to: 'done' }] },
      table: {
        ...{ key: 'DT-T', name: 'A table', hit: 'first', inputs: ['name'] },
        outputs: [{ name: 'chosen', type: { kind: 'text' }, source: 'table' }],
        rules: [{ when: { fact: 'name', is: 'equal', value: 'nobody' }, then: { chosen: 'it' } }],
      },
    },
    end('done'),
  ],
  [
    { name: 'name', type: { kind: 'text' }, source: 'subject' },
    { name: 'chosen', type: { kind: 'text' }, source: 'table' },
  ],
);

/** A short stand-in for an assessment of the standard library: one task, then its good ending. */
const assessment = (key: string, outcome: string, field: string) =>
  definition(key, 'assess', [
    task('assess', 'good'),
    {
      ...end('good'),
      outcome,
      writes: [{ field, value: { cel: JSON.stringify(outcome) } }],
    } as Step,
  ]);
const assessments = [
  assessment('WF-RISK', 'accepted', 'riskStatus'),
  assessment('WF-IMPACT', 'approved', 'impactStatus'),
];

const dated = definition('WF-T-DATED', 'soon', [
  task('soon', 'done', { due: [{ due: { amount: 10, unit: 'business-days' } }] }),
  end('done'),
]);

describe('durable runs', () => {
  let api: TestApi;
  let ours: TestOrganisation;
  let sam: AtWork;
  let mia: AtWork;

  beforeAll(async () => {
    api = await startTestApi();
    ours = await anOrganisation(api);
    const staff = await aMember(api, ours, ['client.staff'], 'Sam Staff');
    sam = new AtWork(await api.signIn(staff), ours);
    const manager = await aMember(api, ours, ['client.aims_manager'], 'Mia Manager');
    mia = new AtWork(await api.signIn(manager), ours);
    await inside(async (tx, ctx) => {
      for (const each of [parallel, child, parent, sleeper, poisoned, dated, ...assessments]) {
        await api.app.get(Workflows, { strict: false }).publish(tx, ctx, each);
      }
    });
  });
  afterAll(() => api.close());

  type Tx = Parameters<Parameters<TenantDatabase['transaction']>[1]>[0];
  const inside = <T>(
    work: (tx: Tx, ctx: { organisationId: string; personId: null }) => Promise<T>,
  ): Promise<T> => {
    const ctx = { organisationId: ours.id, personId: null };
    return api.app.get(TenantDatabase).transaction(ctx, (tx) => work(tx, ctx));
  };

  const start = (workflow: string, cause: string = newId()): Promise<string> =>
    inside(async (tx, ctx) => {
      const { id } = await api.app
        .get(AiSystems, { strict: false })
        .create(tx, ctx, { name: `For ${workflow}` });
      const started = await api.app
        .get(Runs, { strict: false })
        .start(tx, ctx, { workflow, aiSystemId: id, cause });
      return started!.run.id;
    });

  const runOf = async (id: string) => {
    const [row] = await api.admin<{
      status: string;
      outcome: string;
      state: RunState;
      version: number;
      trouble: string | null;
    }>('select status, outcome, state, version, trouble from app.run where id = $1', [id]);
    return row!;
  };
  const taskOf = async (runId: string, step: string): Promise<string> => {
    const [row] = await api.admin<{ id: string }>(
      'select id from app.task where run_id = $1 and step = $2 order by opened_at desc',
      [runId, step],
    );
    return row!.id;
  };

  /** EI1 to EI3: dense events that replay to the state, and tasks and timers that follow it. */
  const expectConsistent = async (runId: string) => {
    const { state, version, status } = await runOf(runId);
    const events = await api.admin<{ seq: number; event: RunEvent }>(
      'select seq, event from app.run_event where run_id = $1 order by seq',
      [runId],
    );
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
    expect(replay(events.map(({ event }) => event))).toEqual(state);
    expect({ version, status }).toEqual({ version: events.length, status: state.status });
    const open = await api.admin<{ key: string }>(
      `select key from app.task where run_id = $1 and status = 'open' order by key`,
      [runId],
    );
    expect(open.map(({ key }) => key)).toEqual(state.tasks.map(({ key }) => key).sort());
    const armed = await api.admin<{ key: string }>(
      `select key from app.timer where subject = $1 and kind = 'wait' and status in ('armed', 'parked')`,
      [runId],
    );
    expect(armed.map(({ key }) => key)).toEqual(state.timers.map(({ key }) => key));
  };

  it('joins two branches that finish at the same moment', async () => {
    const runId = await start('WF-T-PARALLEL');
    const [left, right] = [await taskOf(runId, 'left'), await taskOf(runId, 'right')];
    const both = await Promise.all([sam.submit(left, {}), sam.submit(right, {})]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(await runOf(runId)).toMatchObject({ status: 'ended', outcome: 'done' });
    await expectConsistent(runId);
  });

  it('starts nothing twice for one cause', async () => {
    const { id } = await inside((tx, ctx) =>
      api.app.get(AiSystems, { strict: false }).create(tx, ctx, { name: 'Caused' }),
    );
    const request = { workflow: 'WF-T-DATED', aiSystemId: id, cause: 'the-same-cause' };
    const runs = api.app.get(Runs, { strict: false });
    const started = await Promise.all(
      Array.from({ length: 5 }, () => inside((tx, ctx) => runs.start(tx, ctx, request))),
    );
    expect(started.filter((done) => done !== null)).toHaveLength(1);
  });

  it('starts what follows two assessments once, when both end at the same moment', async () => {
    const systems = api.app.get(AiSystems, { strict: false });
    const runs = api.app.get(Runs, { strict: false });
    for (let round = 0; round < 4; round += 1) {
      const aiSystemId = await inside(async (tx, ctx) => {
        const { id } = await systems.create(tx, ctx, { name: 'Assessed' });
        await systems.applyRunWrites(tx, ctx, id, { stage: 'assessing', path: 'standard' });
        for (const workflow of ['WF-RISK', 'WF-IMPACT']) {
          await runs.start(tx, ctx, { workflow, aiSystemId: id, cause: newId() });
        }
        return id;
      });
      const open = await api.admin<{ id: string }>(
        `select id from app.task where ai_system_id = $1 and status = 'open'`,
        [aiSystemId],
      );
      const answers = await Promise.all(open.map(({ id }) => sam.submit(id, {})));
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      const started = await api.admin<{ workflow_key: string }>(
        `select workflow_key from app.run where ai_system_id = $1 and status = 'running'
         order by workflow_key`,
        [aiSystemId],
      );
      expect(started.map((row) => row.workflow_key)).toEqual(['WF-DEPLOY', 'WF-MONITOR-PLAN']);
    }
  });

  describe('a sub-workflow', () => {
    const childOf = async (runId: string): Promise<string> => {
      const [row] = await api.admin<{ id: string }>('select id from app.run where parent_id = $1', [
        runId,
      ]);
      return row!.id;
    };

    it('hands its result to the run that waits for it, in the same transaction', async () => {
      const runId = await start('WF-T-PARENT');
      const childId = await childOf(runId);
      await sam.submit(await taskOf(childId, 'inner'), {}).expect(200);
      expect(await runOf(childId)).toMatchObject({ status: 'ended', outcome: 'finished' });
      const { state } = await runOf(runId);
      expect(state.facts).toEqual({ childOutcome: 'finished' });
      expect(state.tasks).toMatchObject([{ step: 'after' }]);
      await expectConsistent(runId);
      await expectConsistent(childId);
      const page = (await mia.client.get(mia.path(`runs/${childId}`)).expect(200)).body;
      expect(page.parent).toEqual({ id: runId, workflow: 'WF-T-PARENT' });
    });

    it('is cancelled with the run that waits for it', async () => {
      const runId = await start('WF-T-PARENT');
      const childId = await childOf(runId);
      await mia.client
        .post(mia.path(`runs/${runId}/cancel`), { reason: 'Not needed.' })
        .expect(200);
      expect(await runOf(childId)).toMatchObject({ status: 'cancelled' });
      await expectConsistent(childId);
    });

    it('takes turns with its parent and never deadlocks', async () => {
      const runIds = await Promise.all(Array.from({ length: 8 }, () => start('WF-T-PARENT')));
      const outcomes = await Promise.all(
        runIds.map(async (runId) => {
          const childId = await childOf(runId);
          const [done, cancelled] = await Promise.all([
            sam.submit(await taskOf(childId, 'inner'), {}),
            mia.client.post(mia.path(`runs/${runId}/cancel`), { reason: 'At once.' }),
          ]);
          await expectConsistent(runId);
          await expectConsistent(childId);
          return [done.status, cancelled.status];
        }),
      );
      for (const [done, cancelled] of outcomes) {
        expect(cancelled).toBe(200);
        expect([200, 404, 409]).toContain(done);
      }
    });
  });

  describe('timers', () => {
    // The http process may not sweep; two worker processes do.
    let workers: Awaited<ReturnType<typeof createApplication>>[];
    beforeAll(async () => {
      workers = await Promise.all(
        [1, 2].map(() => createApplication(api.database.configurationOf('worker'))),
      );
    });
    afterAll(async () => {
      await Promise.all(workers.map((worker) => worker.close()));
    });
    const sweep = () =>
      Promise.all(workers.map((worker) => worker.get(Timers, { strict: false }).sweep()));

    it('fire once under two sweepers', async () => {
      const runIds = await Promise.all(Array.from({ length: 20 }, () => start('WF-T-SLEEPER')));
      await sweep();
      for (const runId of runIds) {
        expect(await runOf(runId)).toMatchObject({ status: 'ended', outcome: 'woken' });
        await expectConsistent(runId);
      }
    });

    it('are taken up again when a sweeper died with them', async () => {
      const runId = await start('WF-T-SLEEPER');
      // What a sweeper leaves that claimed the timer and was killed.
      await api.admin(
        `update app.timer set attempts = 1, wake_at = now() + interval '15 seconds' where subject = $1`,
        [runId],
      );
      await sweep();
      expect(await runOf(runId)).toMatchObject({ status: 'running' });
      await api.admin(`update app.timer set wake_at = now() where subject = $1`, [runId]);
      await sweep();
      expect(await runOf(runId)).toMatchObject({ status: 'ended' });
    });

    it('are parked when they cannot be carried out, and the run says so first in the list', async () => {
      const runId = await start('WF-T-POISONED');
      for (let attempt = 0; attempt < 6; attempt += 1) {
        await api.admin(`update app.timer set wake_at = now() where subject = $1`, [runId]);
        await sweep();
      }
      const [timer] = await api.admin<{ status: string; last_error: string }>(
        'select status, last_error from app.timer where subject = $1',
        [runId],
      );
      expect(timer).toMatchObject({ status: 'parked', last_error: expect.any(String) });
      expect((await runOf(runId)).trouble).toBe(timer!.last_error);
      const { items } = (await mia.client.get(mia.path('runs')).expect(200)).body as {
        items: RunRow[];
      };
      expect(items[0]).toMatchObject({
        id: runId,
        sentence: expect.stringContaining('cannot go on by itself'),
      });
      await expectConsistent(runId);
    });

    it('remind once before a task is due and once when it is late, and not after it is done', async () => {
      const runId = await start('WF-T-DATED');
      const told = async (kind: string) => {
        const key = await api.admin<{ id: string }>(
          'select id from app.timer where subject = $1 and kind = $2',
          [runId, kind],
        );
        return api.admin('select person_id from app.notification where key like $1', [
          `${kind}:${key[0]!.id}%`,
        ]);
      };
      for (const kind of ['due-soon', 'late']) {
        expect(await told(kind)).toEqual([]);
        await api.admin(`update app.timer set wake_at = now() where subject = $1 and kind = $2`, [
          runId,
          kind,
        ]);
        await sweep();
        await sweep();
        expect(await told(kind)).toEqual([{ person_id: sam.personId }]);
      }

      const other = await start('WF-T-DATED');
      await sam.submit(await taskOf(other, 'soon'), {}).expect(200);
      const left = await api.admin(
        `select 1 from app.timer where subject = $1 and status = 'armed'`,
        [other],
      );
      expect(left).toEqual([]);
    });
  });

  describe('notices', () => {
    it('tell each candidate of a new task once, however often the message comes', async () => {
      const runId = await start('WF-T-DATED');
      const [message] = await api.admin<{ id: string }>(
        `select id from app.outbox where topic = 'task-notice' and key like $1`,
        [`${runId}-%`],
      );
      const deliver = () =>
        api.app.get(Deliveries).deliver({ id: message!.id, organisationId: ours.id });
      await Promise.all([deliver(), deliver(), deliver()]);
      await deliver();
      const taskId = await taskOf(runId, 'soon');
      const told = await api.admin<{ person_id: string; path: string }>(
        'select person_id, path from app.notification where key = $1',
        [`task:${message!.id}`],
      );
      expect(told).toEqual([{ person_id: sam.personId, path: `/c/${ours.slug}/tasks/${taskId}` }]);
    });

    it.each(['postgres', 'redis'].filter(canRun))(
      'reach people through the queue on %s, also those promised while no worker ran',
      async (backend) => {
        const runId = await start('WF-T-DATED');
        const worker = await createApplication(
          api.database.configurationOf('worker', {
            QUEUE_BACKEND: backend,
            ...(backend === 'redis' && { QUEUE_URL: process.env['TEST_REDIS_URL'] ?? '' }),
          }),
        );
        await worker.init();
        const isDone = async () => {
          const rows = await api.admin(
            `select 1 from app.outbox where key like $1 and done_at is not null`,
            [`${runId}-%`],
          );
          return rows.length > 0;
        };
        while (!(await isDone()));
        await worker.close();
        expect(await isDone()).toBe(true);
      },
    );
  });
});

/** Redis is tried where the test run has started one. */
function canRun(backend: string): boolean {
  return backend === 'postgres' || process.env['TEST_REDIS_URL'] !== undefined;
}
