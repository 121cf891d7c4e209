import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  calendarChangeDetailSchema,
  calendarPreviewSchema,
  organisationSchema,
  workingCalendarSchema,
  type Organisation,
} from '@plumbline/contracts';
import { answerOf, problemOf } from '../../test/support/answers.ts';
import { AtWork } from '../../test/support/at-work.ts';
import { aWorkflow, endStep, RunLab, taskStep } from '../../test/support/run-lab.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import {
  aMember,
  anEngagement,
  anOrganisation,
  type TestOrganisation,
} from '../../test/support/world.ts';
import { newId } from '../platform/ids.ts';
import { CalendarWork } from './calendar-work.ts';

jest.setTimeout(60_000);

const dated = aWorkflow('WF-T-DATED', 'work', [
  taskStep('work', 'pause', {
    due: [{ due: { amount: 10, unit: 'business-days' } }],
    escalation: [{ at: 100, action: 'remind' }],
  }),
  {
    ...{ type: 'timer', id: 'pause', stage: 'main', name: 'Pause', next: [{ to: 'over' }] },
    wait: { amount: 3, unit: 'business-days' },
  },
  endStep('over'),
]);
const anHour = 3_600_000;

describe('the working calendar', () => {
  let api: TestApi;
  let ours: TestOrganisation;
  let lab: RunLab;
  let mia: AtWork;
  let sam: AtWork;

  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  beforeEach(async () => {
    ours = await anOrganisation(api);
    await api.admin('update app.organisation set headcount = 120 where id = $1', [ours.id]);
    lab = new RunLab(api, ours);
    const join = async (role: 'client.aims_manager' | 'client.staff', name: string) =>
      new AtWork(await api.signIn(await aMember(api, ours, [role], name)), ours);
    mia = await join('client.aims_manager', 'Mia');
    sam = await join('client.staff', 'Sam');
    await lab.publish(dated);
  });

  const here = (rest = '') => `/api/organisations/${ours.slug}${rest}`;
  const organisation = async (): Promise<Organisation> =>
    answerOf(organisationSchema, await mia.client.get(here()).expect(200));
  const change = async (body: object) => {
    const { version } = await organisation();
    return answerOf(organisationSchema, await mia.client.patch(here(), version, body).expect(200));
  };
  const changes = async () =>
    answerOf(workingCalendarSchema, await sam.client.get(here('/working-calendar')).expect(200))
      .changes;
  const detail = async (id: string) =>
    answerOf(
      calendarChangeDetailSchema,
      await mia.client.get(here(`/working-calendar/${id}`)).expect(200),
    );
  const preview = async (body: object) =>
    answerOf(
      calendarPreviewSchema,
      await mia.client.post(here('/working-calendar/preview'), body).expect(200),
    );
  const dueOf = async (runId: string) => {
    const { state } = await lab.runOf(runId);
    return Date.parse(state.tasks[0]!.dueAt!);
  };
  const work = (calendarId: string, again = false, signal = new AbortController().signal) =>
    api.app.get(CalendarWork, { strict: false }).handle({
      ...{ id: newId(), organisationId: ours.id, signal },
      payload: { calendarId, ...(again && { again }) },
    });
  const stopsAfter = (runs: number) => {
    const { signal } = new AbortController();
    let looks = 0;
    Object.defineProperty(signal, 'aborted', { get: () => (looks += 1) > runs });
    return signal;
  };

  it('is shown before it is changed, and then open deadlines follow it', async () => {
    const runId = await lab.start('WF-T-DATED');
    const waiting = await lab.start('WF-T-DATED');
    await sam.submit(await lab.taskOf(waiting, 'work'), {}).expect(200);
    const before = await dueOf(runId);

    const shown = await preview({ worksUntil: '16:00' });
    expect(shown).toMatchObject({
      ...{ changes: true, runs: 2, tried: 2, tasks: 1, tasksMoved: 1, timersMoved: 1 },
      ...{ tasksKept: 0, kept: [], furthest: [{ task: { title: 'Do work' } }] },
    });
    const [furthest] = shown.furthest;
    expect(Date.parse(furthest!.from)).toBe(before);
    expect(Date.parse(furthest!.to)).toBe(before - anHour);
    expect(await dueOf(runId)).toBe(before);
    expect(await preview({ worksUntil: '17:00' })).toMatchObject({ changes: false, tried: 0 });

    expect(await change({ worksUntil: '16:00' })).toMatchObject({ calendarVersion: 2 });
    expect(await changes()).toMatchObject([{ version: 2, state: 'waiting' }]);
    await lab.deliver();
    expect(await dueOf(runId)).toBe(before - anHour);
    const [done] = await changes();
    expect(done).toMatchObject({
      ...{ state: 'done', runs: 2, runsDone: 2, tasksMoved: 1, timersMoved: 1, tasksKept: 0 },
      changedBy: { name: 'Mia' },
    });
    expect(await detail(done!.id)).toMatchObject({
      ...{ before: { worksUntil: '17:00' }, after: { worksUntil: '16:00', headcount: 120 } },
      ...{ moved: [furthest], kept: [] },
    });
    for (const run of [runId, waiting]) await lab.expectConsistent(run);
    const [row] = await api.admin<{ due_at: Date; run_due: Date; late: Date }>(
      `select t.due_at, r.due_at as run_due,
              (select due_at from app.timer where subject = r.id and kind = 'late') as late
       from app.task t join app.run r on r.id = t.run_id where r.id = $1 and t.status = 'open'`,
      [runId],
    );
    const times = [row!.due_at, row!.run_due, row!.late].map((at) => at.getTime());
    expect(times).toEqual(Array(3).fill(before - anHour));
    const actions = await api.admin<{ action: string }>(
      `select action from app.record_event where organisation_id = $1
         and action in ('working-calendar.changed', 'run.rescheduled', 'working-calendar.applied')
       order by xid, ord`,
      [ours.id],
    );
    expect(actions.map(({ action }) => action)).toEqual([
      ...['working-calendar.changed', 'run.rescheduled', 'run.rescheduled'],
      'working-calendar.applied',
    ]);
  });

  it('leaves what is on hold, suspended or set by hand, and says so', async () => {
    const runs = await Promise.all([1, 2, 3, 4].map(() => lab.start('WF-T-DATED')));
    const tasks = await Promise.all(runs.map((run) => lab.taskOf(run, 'work')));
    const reason = 'Waits for the supplier.';
    const post = (who: AtWork, path: string, body: object = { reason }) =>
      who.client.post(who.path(path), body).expect(200);
    await post(sam, `tasks/${tasks[0]!}/hold`);
    await post(mia, `runs/${runs[1]!}/suspend`);
    await post(mia, `tasks/${tasks[2]!}/due`, { dueOn: '2031-03-03', reason });
    const before = await Promise.all(runs.map(dueOf));
    const shown = await preview({ worksUntil: '16:00' });
    expect(shown).toMatchObject({ tasks: 4, tasksMoved: 1, tasksKept: 3 });
    await change({ worksUntil: '16:00' });
    await lab.deliver();
    const [done] = await changes();
    expect(done).toMatchObject({ tasksMoved: 1, tasksKept: 3 });
    const { kept } = await detail(done!.id);
    expect(kept.map(({ why }) => why).sort()).toEqual(['held', 'set', 'suspended']);
    expect(await Promise.all(runs.map(dueOf))).toEqual([
      ...before.slice(0, 3),
      before[3]! - anHour,
    ]);
  });

  it('tells whoever changed it, and once each of those whose deadlines moved', async () => {
    for (const run of [await lab.start('WF-T-DATED'), await lab.start('WF-T-DATED')]) {
      const path = sam.path(`tasks/${await lab.taskOf(run, 'work')}/claim`);
      await sam.client.post(path, {}).expect(200);
    }
    await change({ worksUntil: '16:00' });
    await lab.deliver();
    const told = await api.admin<{ person_id: string; text: string }>(
      `select person_id, text from app.notification where organisation_id = $1
         and key like 'working-calendar:%' order by text`,
      [ours.id],
    );
    expect(told).toEqual([
      {
        person_id: mia.personId,
        text: 'Open deadlines follow the working calendar: 2 deadlines moved.',
      },
      {
        person_id: sam.personId,
        text: 'The working calendar changed: 2 deadlines of your tasks moved.',
      },
    ]);
  });

  it('is followed once, though workers stop in the middle or come twice', async () => {
    const runs = [];
    for (let n = 0; n < 3; n += 1) runs.push(await lab.start('WF-T-DATED'));
    const before = await dueOf(runs[0]!);
    await change({ worksUntil: '16:00' });
    const [{ id } = { id: '' }] = await changes();
    await expect(work(id, false, stopsAfter(1))).rejects.toThrow('elsewhere');
    expect(await changes()).toMatchObject([{ state: 'running', runs: 3, runsDone: 1 }]);
    await Promise.all([work(id), work(id)]);
    await work(id);
    await work(id, true);
    expect(await changes()).toMatchObject([{ state: 'done', runsDone: 3, tasksMoved: 3 }]);
    for (const run of runs) {
      expect(await dueOf(run)).toBe(before - anHour);
      const types = (await lab.eventsOf(run)).map(({ type }) => type);
      // The task and its escalation.
      expect(types.filter((type) => type === 'deadline-moved')).toHaveLength(2);
    }
  });

  it('lets a task be decided meanwhile', async () => {
    const runId = await lab.start('WF-T-DATED');
    const taskId = await lab.taskOf(runId, 'work');
    await change({ worksUntil: '16:00' });
    const [{ id } = { id: '' }] = await changes();
    const [submitted] = await Promise.all([sam.submit(taskId, {}), work(id)]);
    expect(submitted.status).toBe(200);
    await lab.expectConsistent(runId);
    await work(id, true);
    expect(await changes()).toMatchObject([{ state: 'done', runsDone: 1 }]);
    // The wait that followed ends by the new calendar, whichever came first.
    const { state } = await lab.runOf(runId);
    expect(new Date(state.timers[0]!.dueAt).getMinutes()).toBe(0);
    expect(await preview({})).toMatchObject({ changes: false });
    expect((await preview({ worksUntil: '15:00' })).timersMoved).toBe(1);
  });

  it('finds on a second look what moved by the old calendar', async () => {
    await change({ worksUntil: '16:00' });
    await lab.deliver();
    // As a command would leave it that had read the calendar before it changed.
    await api.admin('update app.organisation set works_until = 1020 where id = $1', [ours.id]);
    const runId = await lab.start('WF-T-DATED');
    await api.admin('update app.organisation set works_until = 960 where id = $1', [ours.id]);
    const before = await dueOf(runId);
    const [{ id } = { id: '' }] = await changes();
    await work(id, true);
    expect(await dueOf(runId)).toBe(before - anHour);
    expect(await changes()).toMatchObject([{ state: 'done', runs: 1, tasksMoved: 1 }]);
  });

  it('gives way to a later change', async () => {
    const runId = await lab.start('WF-T-DATED');
    const before = await dueOf(runId);
    await change({ worksUntil: '16:00' });
    await change({ worksUntil: '18:00' });
    await lab.deliver();
    expect(await changes()).toMatchObject([
      { version: 3, state: 'done', tasksMoved: 1 },
      { version: 2, state: 'superseded', tasksMoved: 0 },
    ]);
    expect(await dueOf(runId)).toBe(before + anHour);
  });

  it.each<[string, object, boolean]>([
    ['another name', { name: 'Birch' }, false],
    ['another name of a day off', { daysOff: [{ date: '2030-01-09', name: 'Fair' }] }, true],
    ['a size that deadlines do not hang on', { headcount: 121 }, false],
    ['a size that they do', { headcount: 3 }, true],
    ['another zone', { timeZone: 'Europe/Madrid' }, true],
    ['another week', { workingDays: [2, 1] }, true],
    ['bank holidays', { holidayCalendar: 'scotland' }, true],
  ])('has another version after %s: %j %s', async (_, body, changed) => {
    expect((await change(body)).calendarVersion).toBe(changed ? 2 : 1);
    expect(await changes()).toHaveLength(changed ? 1 : 0);
  });

  it.each([
    ['no working day', { workingDays: [] }],
    ['a day twice', { workingDays: [1, 1] }],
    ['an eighth day', { workingDays: [8] }],
    ['no hours', { worksFrom: '09:00', worksUntil: '09:00' }],
    ['a time that is none', { worksFrom: '9am' }],
    ['an unknown zone', { timeZone: 'Mars/Olympus' }],
    ['a date that is none', { daysOff: [{ date: '2026-02-30', name: '' }] }],
  ])('is refused with %s, by preview and change', async (_, body) => {
    const { version } = await organisation();
    await mia.client.post(here('/working-calendar/preview'), body).expect(400);
    await mia.client.patch(here(), version, body).expect(400);
    expect((await organisation()).version).toBe(version);
  });

  it('is for its own people to change, and unknown elsewhere', async () => {
    await lab.start('WF-T-DATED');
    await change({ worksUntil: '16:00' });
    const [{ id } = { id: '' }] = await changes();
    await sam.client.post(here('/working-calendar/preview'), {}).expect(403);
    await sam.client.get(here(`/working-calendar/${id}`)).expect(403);
    const firm = await anOrganisation(api, { kind: 'firm', name: 'Quay' });
    await anEngagement(api, ours, firm);
    const adviser = await api.signIn(await aMember(api, firm, ['firm.lead']));
    await adviser.get(here('/working-calendar')).expect(200);
    await adviser.post(here('/working-calendar/preview'), { worksUntil: '12:00' }).expect(403);
    const theirs = await anOrganisation(api, { name: 'Elsewhere' });
    const stranger = await api.signIn(await aMember(api, theirs, ['client.aims_manager']));
    const there = `/api/organisations/${theirs.slug}/working-calendar`;
    const foreign = problemOf(await stranger.get(`${there}/${id}`).expect(404));
    const unknown = problemOf(await stranger.get(`${there}/${newId()}`).expect(404));
    expect({ ...foreign, reference: '' }).toEqual({ ...unknown, reference: '' });
  });
});
