import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { WEBHOOK_EVENT_TYPES, webhookEventSchema, type WebhookEvent } from '@plumbline/contracts';
import type { Step } from '@plumbline/workflow-engine';
import { aRunOf, aWorkflow } from '../../test/support/a-workflow.ts';
import { taskStep } from '../../test/support/run-lab.ts';
import { Team } from '../../test/support/team.ts';
import { WebhookLab } from '../../test/support/webhook-lab.ts';
import { createApplication } from '../application.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import { FanOut } from './fan-out.ts';
import { WebhookWatch } from './watch.ts';

jest.setTimeout(60_000);

const outcome = (key: string, effect: 'approve' | 'reject') => ({
  ...{ key, label: key, effect, to: 'end', reasonRequired: false, consequence: '' },
});
const decide = (change: object): Step => ({
  ...({ type: 'approval', id: 'go', stage: 'main', name: 'Go live', shows: [] } as const),
  ...{ role: 'client.approver', question: 'Go live?', separation: [] },
  ...{ outcomes: [outcome('yes', 'approve'), outcome('no', 'reject')], ...change },
});
const SECRET_VOTES = {
  quorum: { seats: [{ role: 'client.approver', count: 2 }], needs: 'any', blind: true },
};

describe('what other systems are told', () => {
  let first: WebhookLab;
  let lab: WebhookLab;

  beforeAll(async () => {
    first = await WebhookLab.open();
  });
  beforeEach(async () => {
    lab = await first.anew();
  });
  afterAll(() => first.close());

  const ALL = [...WEBHOOK_EVENT_TYPES];
  /** What has arrived, in the order of its calls, each as the contract says. */
  const told = (): WebhookEvent[] =>
    lab.receiver.calls.map(({ body }) => webhookEventSchema.parse(JSON.parse(body)));
  const tellAll = async (): Promise<WebhookEvent[]> => {
    await lab.readRecord();
    await lab.deliver();
    return told();
  };
  const of = <T extends WebhookEvent['type']>(type: T, events: WebhookEvent[]) =>
    events.filter((event): event is Extract<WebhookEvent, { type: T }> => event.type === type);

  it('is a run’s start, its tasks, and its end, with names, links and nobody’s name', async () => {
    await lab.create({ types: ALL });
    const team = new Team(lab.api, lab.here);
    const lee = await team.join('Lee Legal', 'client.staff');
    const { runId, taskIds, aiSystemId } = await aRunOf(
      lab.api,
      lab.here,
      aWorkflow('WF-TOLD', [taskStep('work', 'end')]),
    );
    await lee.submit(taskIds[0]!, {}).expect(200);
    const events = await tellAll();
    expect(events.map(({ type }) => type).sort()).toEqual([
      ...['run.ended', 'run.started', 'task.closed', 'task.opened', 'workflow.published'],
    ]);
    const [closed] = of('task.closed', events);
    const base = `http://localhost:3000/c/${lab.here.slug}`;
    expect(closed).toMatchObject({
      version: 1,
      organisation: { id: lab.here.id, slug: lab.here.slug },
      data: {
        why: 'done',
        task: { id: taskIds[0], title: 'Do work', url: `${base}/tasks/${taskIds[0]!}` },
        run: { id: runId, number: 1, workflow: { key: 'WF-TOLD', version: 1 } },
        aiSystem: { id: aiSystemId, url: `${base}/ai-systems/${aiSystemId}` },
      },
    });
    expect(of('run.ended', events)[0]!.data).toMatchObject({ status: 'ended', outcome: 'done' });
    expect(of('workflow.published', events)[0]!.data.workflow).toMatchObject({
      ...{ key: 'WF-TOLD', version: 1, url: `${base}/workflows/WF-TOLD` },
    });
    const entries = await lab.api.admin<{ id: string }>(
      'select id from app.record_event where organisation_id = $1',
      [lab.here.id],
    );
    const known = new Set(entries.map(({ id }) => id));
    expect(events.every(({ recordEntry }) => known.has(recordEntry!))).toBe(true);
    const everything = lab.receiver.calls.map(({ body }) => body).join();
    expect(everything).not.toContain('Lee');
    expect(everything).not.toContain(lee.personId);
  });

  it('is a decision, without the vote where votes are secret', async () => {
    await lab.create({ types: ['decision.recorded'] });
    const team = new Team(lab.api, lab.here);
    const ann = await team.join('Ann Approver', 'client.approver');
    await team.join('Bob Approver', 'client.approver');
    for (const [key, change] of [['WF-OPEN', {}] as const, ['WF-BLIND', SECRET_VOTES] as const]) {
      const { taskIds } = await aRunOf(lab.api, lab.here, aWorkflow(key, [decide(change)]));
      await ann.decide(taskIds[0]!, 'no', { reason: 'Too risky for Tom.' }).expect(200);
    }
    const events = of('decision.recorded', await tellAll());
    const byWorkflow = new Map(
      events.map(({ data }) => [data.run.workflow.key, data.decision.outcome]),
    );
    expect(Object.fromEntries(byWorkflow)).toEqual({ 'WF-OPEN': 'no', 'WF-BLIND': null });
    expect(events[0]!.data.decision.capsule).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(events)).not.toContain('risky');
  });

  it('is a breach, not a value within the limits; and a run that was cancelled', async () => {
    await lab.create({ types: ['breach.found', 'run.ended'] });
    const [runId] = await lab.start();
    const path = `/api/organisations/${lab.here.slug}`;
    const [run] = await lab.api.admin<{ ai_system_id: string }>(
      'select ai_system_id from app.run where id = $1',
      [runId],
    );
    const monitor = {
      ...{ aiSystemId: run!.ai_system_id, metric: 'MX-ACC', direction: 'at-least' },
      ...{ breach: 0.9, every: 'month' },
    };
    const { body } = await lab.manager.post(`${path}/monitors`, monitor).expect(201);
    const { id } = body as { id: string };
    for (const [month, value] of [['08', 0.95] as const, ['09', 0.4] as const]) {
      const window = { windowFrom: `2026-${month}-01`, windowTo: `2026-${month}-28`, value };
      await lab.manager.post(`${path}/monitors/${id}/measurements`, window).expect(201);
    }
    await lab.manager.post(`${path}/runs/${runId!}/cancel`, { reason: 'Not needed.' }).expect(200);
    const events = await tellAll();
    expect(of('breach.found', events).map(({ data }) => data)).toMatchObject([
      {
        monitor: { id, metric: 'MX-ACC' },
        measurement: { windowFrom: '2026-09-01', value: 0.4 },
        aiSystem: { id: run!.ai_system_id },
      },
    ]);
    expect(of('run.ended', events).map(({ data }) => data)).toMatchObject([
      { run: { id: runId }, status: 'cancelled', outcome: null },
    ]);
  });

  it('is what an endpoint asks for, from the moment that it is on', async () => {
    await lab.start();
    const tasks = await lab.create({ types: ['task.opened'], url: `${lab.receiver.origin}/tasks` });
    const runs = await lab.create({ types: ['run.started'], url: `${lab.receiver.origin}/runs` });
    await lab.start();
    await tellAll();
    const paths = () => lab.receiver.calls.map(({ path }) => path).sort();
    expect(paths()).toEqual(['/runs', '/tasks']);
    const { version } = await lab.read(tasks.id);
    const off = lab.manager.patch(lab.at(`/${tasks.id}`), version, { on: false });
    await off.expect(200);
    await lab.start();
    await tellAll();
    expect(paths()).toEqual(['/runs', '/runs', '/tasks']);
    // All are off now: nobody reads, and what happens meanwhile is not told afterwards.
    const last = await lab.read(runs.id);
    await lab.manager.patch(lab.at(`/${runs.id}`), last.version, { on: false }).expect(200);
    await lab.start();
    for (const { id } of [tasks, runs]) {
      const { version: now } = await lab.read(id);
      await lab.manager.patch(lab.at(`/${id}`), now, { on: true }).expect(200);
    }
    await lab.start();
    await tellAll();
    expect(paths()).toEqual(['/runs', '/runs', '/runs', '/tasks', '/tasks']);
  });

  it('is nothing that happened before, although the record is read for others only now', async () => {
    await lab.create({ types: ['run.started'] });
    await lab.start();
    const late = await lab.create({ types: ['run.started'], url: `${lab.receiver.origin}/late` });
    await lab.start();
    await tellAll();
    expect(lab.receiver.calls.map(({ path }) => path).sort()).toEqual(['/in', '/in', '/late']);
    expect((await lab.read(late.id)).deliveries.delivered).toBe(1);
  });

  it('is planned once, however many workers read at once', async () => {
    const { id } = await lab.create({ types: ['run.started'] });
    await lab.start(5);
    await lab.readable();
    const fanOut = lab.api.app.get(FanOut, { strict: false });
    await Promise.all([1, 2, 3, 4].map(() => fanOut.next(lab.here.id)));
    await lab.readRecord();
    expect((await lab.deliveries(id)).map(({ type }) => type)).toEqual(
      Array.from({ length: 5 }, () => 'run.started'),
    );
  });

  it('reaches nobody else', async () => {
    await lab.create({ types: ALL });
    const other = await first.anew();
    await other.create({ types: ALL, url: `${lab.receiver.origin}/other` });
    await lab.start();
    await other.readRecord();
    await other.deliver();
    expect(lab.receiver.calls.map(({ path }) => path)).toEqual([]);
    expect((await tellAll()).every(({ organisation }) => organisation.id === lab.here.id)).toBe(
      true,
    );
    expect(new Set(lab.receiver.calls.map(({ path }) => path))).toEqual(new Set(['/in']));
  });

  it('goes on after an entry that is not understood', async () => {
    await lab.create({ types: ALL });
    const ctx = { organisationId: lab.here.id, personId: null };
    await lab.api.app.get(TenantDatabase).transaction(ctx, (tx) =>
      recordEvent(tx, ctx, {
        ...{ action: 'export.made', entity: 'export', entityId: newId() },
        payload: { strange: true },
      }),
    );
    await lab.start();
    expect(of('run.started', await tellAll())).toHaveLength(1);
  });

  it('is found, sent and tidied up by a worker without anybody asking', async () => {
    const { id } = await lab.create({ types: ['run.started'] });
    const settings = { WEBHOOK_ALLOWED_ORIGINS: lab.receiver.origin };
    const arrived = new Promise<void>((done) => {
      lab.receiver.answer = () => {
        done();
        return 204;
      };
    });
    const worker = await createApplication(lab.api.database.configurationOf('worker', settings));
    try {
      await worker.init();
      await lab.start();
      await arrived;
      expect(told()).toMatchObject([{ type: 'run.started' }]);
      const watch = worker.get(WebhookWatch, { strict: false });
      while ((await lab.read(id)).deliveries.delivered === 0) await lab.due();
      await watch.tidy();
      expect(await lab.deliveries(id)).toHaveLength(1);
      await lab.api.admin(
        `update app.webhook_event set created_at = now() - interval '31 days'
         where organisation_id = $1`,
        [lab.here.id],
      );
      await watch.tidy();
      expect(await lab.deliveries(id)).toEqual([]);
    } finally {
      await worker.close();
    }
  });
});
