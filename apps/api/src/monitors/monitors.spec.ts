import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Monitor, RunRow } from '@plumbline/contracts';
import { AtWork } from '../../test/support/at-work.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from '../../test/support/world.ts';
import { AiSystems } from '../ai-systems/index.ts';
import { createApplication } from '../application.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { Timers } from '../runs/index.ts';
import { Schedules } from '../runs/schedules.ts';

jest.setTimeout(60_000);

describe('monitors', () => {
  let api: TestApi;
  let ours: TestOrganisation;
  let tom: AtWork;

  beforeAll(async () => {
    api = await startTestApi();
    ours = await anOrganisation(api);
    const owner = await aMember(api, ours, ['client.system_owner'], 'Tom Reid');
    tom = new AtWork(await api.signIn(owner), ours);
  });
  afterAll(() => api.close());

  const inside = <T>(
    work: (tx: Tx, ctx: { organisationId: string; personId: null }) => Promise<T>,
  ): Promise<T> => {
    const ctx = { organisationId: ours.id, personId: null };
    return api.app.get(TenantDatabase).transaction(ctx, (tx) => work(tx, ctx));
  };
  const systems = () => api.app.get(AiSystems, { strict: false });

  /** A system in use on the standard path, watched every month. */
  const aLiveSystem = (): Promise<string> =>
    inside(async (tx, ctx) => {
      const { id } = await systems().create(tx, ctx, { name: 'CV Screener' });
      await systems().applyRunWrites(tx, ctx, id, {
        ...{ stage: 'live', tier: 'limited', path: 'standard', monitorCadence: 'monthly' },
        ...{ owner: tom.personId, reviewInterval: 'P12M' },
      });
      return id;
    });

  const watch = async (aiSystemId: string, change: object = {}): Promise<Monitor> => {
    const answer = await tom.client
      .post(tom.path('monitors'), {
        ...{ aiSystemId, metric: 'MX-PSI', direction: 'at-most', warning: 0.1, breach: 0.25 },
        ...{ minimumSample: 200, every: 'month', owner: tom.personId, ...change },
      })
      .expect(201);
    return answer.body as Monitor;
  };
  const measure = (monitor: Monitor, value: number, change: object = {}) =>
    tom.client.post(tom.path(`monitors/${monitor.id}/measurements`), {
      ...{ windowFrom: '2026-10-01', windowTo: '2026-10-31', value, sample: 500, ...change },
    });
  const read = async ({ id }: Monitor) =>
    (await tom.client.get(tom.path(`monitors/${id}`)).expect(200)).body;
  const running = async (aiSystemId: string): Promise<string[]> => {
    const path = tom.path(`runs?status=running&aiSystem=${aiSystemId}`);
    const { items } = (await tom.client.get(path).expect(200)).body as { items: RunRow[] };
    return items.map(({ workflow }) => workflow.key);
  };

  it('says its rule in words and keeps its values, judged, newest window first', async () => {
    const monitor = await watch(await aLiveSystem());
    expect(monitor).toMatchObject({
      ...{ name: 'Population stability index', state: 'no-data', lastAt: null },
      rule: 'At most 0.25, read every month, owned by Tom Reid.',
    });
    expect((await measure(monitor, 0.05).expect(201)).body).toMatchObject({ state: 'ok' });
    const warned = await measure(monitor, 0.2, {
      windowFrom: '2026-11-01',
      windowTo: '2026-11-20',
    });
    expect(warned.body).toMatchObject({ state: 'warning', by: { name: 'Tom Reid' } });
    const few = await measure(monitor, 9, {
      ...{ windowFrom: '2026-09-01', windowTo: '2026-09-30', sample: 12 },
    });
    expect(few.body).toMatchObject({ state: 'too-few' });
    const series = await read(monitor);
    expect(series.state).toBe('warning');
    expect(series.measurements.map(({ windowTo }: { windowTo: string }) => windowTo)).toEqual([
      ...['2026-11-20', '2026-10-31', '2026-09-30'],
    ]);
  });

  it.each([
    ['a metric that the catalogue lacks', { metric: 'MX-NONE' }, 'metric'],
    ['a warning that comes after the breach', { warning: 0.3 }, 'warning'],
    ['an owner who is not here', { owner: crypto.randomUUID() }, 'owner'],
  ])('refuses %s', async (_, change, field) => {
    const aiSystemId = await aLiveSystem();
    const { body } = await tom.client
      .post(tom.path('monitors'), {
        ...{ aiSystemId, metric: 'MX-PSI', direction: 'at-most', warning: 0.1, breach: 0.25 },
        ...{ every: 'month', ...change },
      })
      .expect(400);
    expect(body.problems.map((problem: { field: string }) => problem.field)).toEqual([field]);
  });

  it('keeps one value for a window, and none for a window that is upside down or to come', async () => {
    const monitor = await watch(await aLiveSystem());
    const both = await Promise.all([measure(monitor, 0.05), measure(monitor, 0.06)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const upsideDown = { windowFrom: '2026-10-02', windowTo: '2026-10-01' };
    await measure(monitor, 0.05, upsideDown).expect(400);
    await measure(monitor, 0.05, { windowFrom: '2098-01-01', windowTo: '2098-01-31' }).expect(400);
    expect((await read(monitor)).measurements).toHaveLength(1);
  });

  it('is watched once per metric', async () => {
    const aiSystemId = await aLiveSystem();
    await watch(aiSystemId);
    const again = await tom.client.post(tom.path('monitors'), {
      ...{ aiSystemId, metric: 'MX-PSI', direction: 'at-most', breach: 0.25, every: 'month' },
    });
    expect([again.status, again.body.code]).toEqual([409, 'already-watched']);
  });

  it('opens the monitoring on a breach, and its task is done by the measurements', async () => {
    const aiSystemId = await aLiveSystem();
    const monitor = await watch(aiSystemId);
    await measure(monitor, 0.4, { windowFrom: '2026-11-01', windowTo: '2026-11-20' }).expect(201);
    expect(await running(aiSystemId)).toEqual(['WF-MONITOR']);
    const { items } = await tom.tasks();
    expect(items.map(({ title }) => title)).toContain('Record the measurements');
    await measure(monitor, 0.3, { windowFrom: '2026-11-21', windowTo: '2026-11-24' }).expect(201);
    const [submitted] = await api.admin<{ answers: unknown }>(
      `select e.event -> 'answers' as answers from app.run_event e
       join app.run r on r.id = e.run_id
       where r.ai_system_id = $1 and e.type = 'task-submitted'`,
      [aiSystemId],
    );
    expect(submitted!.answers).toMatchObject({
      measurements: [{ metric: 'MX-PSI', metricClass: 'drift', value: 0.3, level: 'breach' }],
    });
    expect(await running(aiSystemId)).toEqual(['WF-MONITOR']);
  });

  it('takes values from a machine with the scope for it, and from no other', async () => {
    const managerId = await aMember(api, ours, ['client.aims_manager'], 'Mia Frank');
    const mia = new AtWork(await api.signIn(managerId, { steppedUp: true }), ours);
    const monitor = await watch(await aLiveSystem());
    const inAMonth = new Date(Date.now() + 30 * 864e5).toISOString();
    const send = async (scopes: string[]) => {
      const made = await mia.client
        .post(mia.path('tokens'), {
          name: `Pipeline ${scopes.join()}`,
          scopes,
          expiresAt: inAMonth,
        })
        .expect(201);
      return api.anonymous
        .post(mia.path(`monitors/${monitor.id}/measurements`), {
          ...{ windowFrom: '2026-10-01', windowTo: '2026-10-31', value: 0.4, sample: 900 },
        })
        .unset('X-Plumbline-Client')
        .set('Authorization', `Bearer ${made.body.secret}`);
    };
    expect((await send(['ai-systems:read'])).status).toBe(403);
    const taken = await send(['measurements:write']);
    expect([taken.status, taken.body.state]).toEqual([201, 'breach']);
    expect(await running(monitor.aiSystemId)).toEqual(['WF-MONITOR']);
  });

  it('opens nothing for a system that is not in use', async () => {
    const aiSystemId = await inside(
      async (tx, ctx) => (await systems().create(tx, ctx, { name: 'An idea' })).id,
    );
    const monitor = await watch(aiSystemId);
    expect((await measure(monitor, 0.4).expect(201)).body.state).toBe('breach');
    expect(await running(aiSystemId)).toEqual([]);
  });

  it('is asked for when a window has ended, and reviewed when the day has come', async () => {
    const worker = await createApplication(api.database.configurationOf('worker'));
    const aiSystemId = await aLiveSystem();
    // What the end of a run does.
    await inside((tx, ctx) =>
      systems().applyRunWrites(tx, ctx, aiSystemId, { nextReviewOn: '2027-01-31' }),
    );
    await inside((tx, ctx) => api.app.get(Schedules, { strict: false }).arm(tx, ctx, aiSystemId));
    const sweep = async (key: string) => {
      await api.admin('update app.timer set wake_at = now() where subject = $1 and key = $2', [
        ...[aiSystemId, key],
      ]);
      await worker.get(Timers, { strict: false }).sweep();
    };
    expect(await running(aiSystemId)).toEqual([]);
    await sweep('monitorCadence');
    expect(await running(aiSystemId)).toEqual(['WF-MONITOR']);
    const [run] = await api.admin<{ facts: Record<string, string> }>(
      `select state -> 'facts' as facts from app.run where ai_system_id = $1`,
      [aiSystemId],
    );
    const days =
      (Date.parse(run!.facts['windowTo']!) - Date.parse(run!.facts['windowFrom']!)) / 864e5;
    expect(days).toBe(29);
    // The next window is waited for at once; while one is open, no second run is started.
    await sweep('monitorCadence');
    expect(await running(aiSystemId)).toEqual(['WF-MONITOR']);
    await sweep('reviewInterval');
    expect((await running(aiSystemId)).sort()).toEqual(['WF-MONITOR', 'WF-REVIEW']);
    await worker.close();
  });
});
