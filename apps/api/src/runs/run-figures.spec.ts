import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { runFiguresSchema, type RunFigures, type StepFigures } from '@plumbline/contracts';
import { answerOf } from '../../test/support/answers.ts';
import { AtWork } from '../../test/support/at-work.ts';
import { aWorkflow, endStep, RunLab, taskStep } from '../../test/support/run-lab.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation } from '../../test/support/world.ts';
import { bottleneckOf } from './run-figures.ts';

jest.setTimeout(60_000);

const review = aWorkflow('WF-T-REVIEW', 'draft', [
  taskStep('draft', 'check', { due: [{ due: { amount: 5, unit: 'calendar-days' } }] }),
  taskStep('check', 'over', { sendBackTo: ['draft'] }),
  endStep('over'),
]);

describe('figures of a workflow', () => {
  let api: TestApi;
  let lab: RunLab;
  let sam: AtWork;
  let mia: AtWork;

  beforeAll(async () => {
    api = await startTestApi();
    const ours = await anOrganisation(api);
    lab = new RunLab(api, ours);
    const join = async (role: 'client.staff' | 'client.aims_manager') =>
      new AtWork(await api.signIn(await aMember(api, ours, [role], 'Sam, the "first"')), ours);
    sam = await join('client.staff');
    mia = await join('client.aims_manager');
    await lab.publish(review);
    const submit = async (runId: string, step: string) =>
      sam.submit(await lab.taskOf(runId, step), {}).expect(200);
    // Three runs: a straight one, one that was sent back, and one that is still at its first step.
    const straight = await lab.start('WF-T-REVIEW');
    await submit(straight, 'draft');
    await submit(straight, 'check');
    const again = await lab.start('WF-T-REVIEW');
    await submit(again, 'draft');
    const back = { to: 'draft', reason: 'Once more.' };
    const checkId = await lab.taskOf(again, 'check');
    await sam.client.post(sam.path(`tasks/${checkId}/send-back`), back).expect(200);
    await submit(again, 'draft');
    await submit(again, 'check');
    const open = await lab.start('WF-T-REVIEW');
    await age(straight, { 'draft#1': [0, 2], 'check#1': [2, 3] });
    await age(again, {
      'draft#1': [0, 6],
      'check#1': [6, 7],
      'draft#2': [7, 9],
      'check#2': [9, 10],
    });
    await age(open, { 'draft#1': [4, null] });
  });
  afterAll(() => api.close());

  /** Puts a run into the past: the day on which each visit began and ended, from 1 October. */
  const age = async (runId: string, visits: Record<string, [number, number | null]>) => {
    const day = (n: number) => new Date(Date.UTC(2026, 9, 1 + n, 9)).toISOString();
    const all = Object.entries(visits);
    const first = Math.min(...all.map(([, [from]]) => from));
    const last = Math.max(...all.map(([, [from, to]]) => to ?? from));
    await api.admin('alter table app.run_event disable row level security');
    for (const [key, [from, to]] of all) {
      const [step, visit] = key.split('#');
      const values = [runId, step, visit];
      await api.admin(
        `update app.run_event set at = $4 where run_id = $1 and step = $2
           and event ->> 'visit' = $3 and type = 'step-entered'`,
        [...values, day(from)],
      );
      await api.admin(
        `update app.run_event set at = $4 where run_id = $1 and step = $2
           and event ->> 'visit' = $3 and type = 'step-left'`,
        [...values, day(to ?? from)],
      );
      await api.admin(
        `update app.task set opened_at = $3, due_at = $4,
           closed_at = case when status = 'open' then null else $5::timestamptz end
         where run_id = $1 and key = $2`,
        [runId, key, day(from), step === 'draft' ? day(from + 5) : null, day(to ?? from)],
      );
    }
    await api.admin(
      `update app.run set started_at = $2,
         ended_at = case when status = 'running' then null else $3::timestamptz end where id = $1`,
      [runId, day(first), day(last)],
    );
    await api.admin('alter table app.run_event enable row level security');
  };
  const figures = async (from: string, to: string, more = ''): Promise<RunFigures> => {
    const path = `run-figures?workflow=WF-T-REVIEW&from=${from}&to=${to}${more}`;
    return answerOf(runFiguresSchema, await mia.client.get(mia.path(path)).expect(200));
  };
  const DAY = 86_400;

  it('counts runs, how long they took, what was done again and what was late', async () => {
    const all = await figures('2026-10-01', '2026-10-31');
    expect(all).toMatchObject({
      ...{ started: 3, ended: 2, cancelled: 0, running: 1 },
      took: { count: 2, medianSeconds: 6.5 * DAY, p90Seconds: 803_520 },
      rework: { count: 1, of: 2 },
      outcomes: [{ outcome: 'over', count: 2 }],
      bottleneck: { step: 'draft', name: 'Do draft' },
    });
    const [draft, check, over] = all.steps;
    expect(draft).toMatchObject({
      ...{ step: 'draft', running: 1, totalSeconds: 10 * DAY },
      took: { count: 3, medianSeconds: 2 * DAY },
      rework: { count: 1, of: 3 },
      // One was done a day late, one is open long after its day.
      overdue: { count: 2, of: 4 },
      longestSince: '2026-10-05T09:00:00.000Z',
    });
    expect(check).toMatchObject({ took: { count: 3, medianSeconds: DAY }, overdue: { of: 0 } });
    expect(over).toMatchObject({ running: 0 });
    expect(all.bottleneck!.share).toBeCloseTo(10 / 13, 5);
    expect(all.throughput).toHaveLength(31);
    expect(all.throughput[0]).toEqual({ from: '2026-10-01', started: 2, ended: 0 });
    expect(all.throughput[10]).toEqual({ from: '2026-10-11', started: 0, ended: 1 });
  });

  it('counts only what lies in the period, to the last moment of its last day', async () => {
    expect(await figures('2026-10-04', '2026-10-04')).toMatchObject({ started: 0, ended: 1 });
    expect(await figures('2026-10-02', '2026-10-03')).toMatchObject({ started: 0, ended: 0 });
    expect(await figures('2026-01-01', '2026-01-31')).toMatchObject({
      ...{ started: 0, took: null, bottleneck: null, rework: { count: 0, of: 0 } },
    });
    expect(await figures('2026-10-01', '2026-10-31', '&version=9')).toMatchObject({ started: 0 });
    const weeks = (await figures('2026-09-01', '2026-12-31')).throughput;
    expect(weeks[0]).toMatchObject({ from: '2026-08-31' });
  });

  it('refuses a period that ends before it begins, and knows no foreign workflow', async () => {
    const get = (query: string, who = mia) => who.client.get(who.path(`run-figures?${query}`));
    await get('workflow=WF-T-REVIEW&from=2026-10-02&to=2026-10-01').expect(400);
    await get('workflow=WF-T-REVIEW&from=yesterday&to=2026-10-01').expect(400);
    await get('workflow=WF-T-NONE&from=2026-10-01&to=2026-10-02').expect(404);
    const theirs = await anOrganisation(api, { name: 'Other Foods' });
    const id = await aMember(api, theirs, ['client.aims_manager']);
    const otto = new AtWork(await api.signIn(id), theirs);
    await get('workflow=WF-T-REVIEW&from=2026-10-01&to=2026-10-31', otto).expect(404);
    for (const format of ['xes', 'ocel', 'csv']) {
      const path = `run-exports/${format}?workflow=WF-T-REVIEW&from=2026-10-01&to=2026-10-31`;
      await otto.client.get(otto.path(path)).expect(404);
      await sam.client.get(sam.path(path)).expect(403);
    }
  });

  it.each(['xes', 'ocel', 'csv'])(
    'exports the history as %s, without names of people',
    async (format) => {
      const path = `run-exports/${format}?workflow=WF-T-REVIEW&from=2026-10-01&to=2026-10-31`;
      const answer = await mia.client.get(mia.path(path)).responseType('blob').expect(200);
      const text = (answer.body as Buffer).toString('utf8');
      expect(answer.headers['content-disposition']).toContain('WF-T-REVIEW_2026-10-01_2026-10-31');
      expect(text).toContain('Do draft');
      expect(text).toContain(sam.personId);
      expect(text).not.toContain('the "first"');
      expect(text.match(/ate_abort/g)).toBeNull();
      if (format === 'ocel') {
        const log = JSON.parse(text) as { objects: unknown[]; events: unknown[] };
        expect(log.objects).toHaveLength(6);
        expect(log.events.length).toBeGreaterThan(10);
      }
    },
  );
});

describe('the bottleneck', () => {
  const step = (name: string, type: string, totalSeconds: number): StepFigures => ({
    ...{ step: name, name, type, totalSeconds, took: null, running: 0, longestSince: null },
    ...{ rework: { count: 0, of: 0 }, overdue: { count: 0, of: 0 } },
  });

  it('is where the work takes longest, not the join that waits for it', () => {
    const steps = [step('short', 'form', 10), step('long', 'form', 30), step('all', 'join', 500)];
    expect(bottleneckOf(steps)).toEqual({ step: 'long', name: 'long', share: 0.75 });
  });

  it.each([
    ['nothing took any time', [step('ask', 'form', 0)]],
    ['there is nothing but joins', [step('all', 'join', 9)]],
    ['there are no steps', []],
  ])('is none when %s', (_, steps) => {
    expect(bottleneckOf(steps)).toBeNull();
  });
});
