import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { calendarAddressSchema, mailPreferencesSchema } from '@plumbline/contracts';
import type { Step } from '@plumbline/workflow-engine';
import { aRunOf, aWorkflow } from '../../test/support/a-workflow.ts';
import { answerOf, problemOf } from '../../test/support/answers.ts';
import type { AtWork } from '../../test/support/at-work.ts';
import { Team } from '../../test/support/team.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { anOrganisation, type TestOrganisation } from '../../test/support/world.ts';
import { createApplication } from '../application.ts';
import { Digests } from './digests.ts';

// Whole runs, and mail that goes out for them.
jest.setTimeout(30_000);

const work: Step = {
  ...({ type: 'task', stage: 'main', role: 'client.legal', form: { sections: [] } } as const),
  ...{ id: 'draft', name: 'Draft it', next: [{ to: 'end' }] },
  due: [{ due: { amount: 5, unit: 'business-days' } }],
};

describe('due tasks elsewhere', () => {
  let api: TestApi;
  let here: TestOrganisation;
  let team: Team;
  let lee: AtWork;

  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    here = await anOrganisation(api, { name: 'Feed Ltd' });
    team = new Team(api, here);
    lee = await team.join('Lee Legal', 'client.legal');
  });

  const aTask = async () => (await aRunOf(api, here, aWorkflow('WF-FEED', [work]))).taskIds[0]!;

  describe('the calendar', () => {
    const make = async () => {
      const answer = await lee.client.post(lee.path('calendar'), { renew: true }).expect(201);
      return new URL(answerOf(calendarAddressSchema, answer).address).pathname;
    };

    it('is made once, and anew only when that is said', async () => {
      const post = (body: object) => lee.client.post(lee.path('calendar'), body);
      await post({ renew: false }).expect(201);
      expect(problemOf(await post({ renew: false }).expect(409)).code).toBe('already-exists');
      await post({}).expect(400);
    });

    it('shows what waits for its person, to whoever knows the secret, and says when nothing changed', async () => {
      const task = await aTask();
      const address = await make();
      const answer = await api.anonymous.get(address).expect(200);
      expect(answer.headers['content-type']).toContain('text/calendar');
      expect(answer.text).toContain('SUMMARY:Draft it');
      const etag = String(answer.headers['etag']);
      await api.anonymous.get(address).set('If-None-Match', etag).expect(304);
      await lee.submit(task, {}).expect(200);
      const later = await api.anonymous.get(address).set('If-None-Match', etag).expect(200);
      expect(later.text).not.toContain('VEVENT');
    });

    it('is made anew and ended: the earlier address leads nowhere', async () => {
      const first = await make();
      const second = await make();
      await api.anonymous.get(first).expect(404);
      await api.anonymous.get(second).expect(200);
      await lee.client.delete(lee.path('calendar')).expect(204);
      await api.anonymous.get(second).expect(404);
      await lee.client.delete(lee.path('calendar')).expect(404);
    });

    it('ends with the membership', async () => {
      const address = await make();
      await api.admin(`update app.member set status = 'removed' where person_id = $1`, [
        lee.personId,
      ]);
      await api.anonymous.get(address).expect(404);
    });
  });

  describe('mail', () => {
    const set = (change: object) =>
      lee.client.put(lee.path('mail-preferences'), {
        ...{ atOnce: ['your-turn', 'late'], digest: 'daily', weekday: 1, hour: 8, ...change },
      });
    const mails = async () => {
      const folder = join(api.database.dataDir, 'outbox');
      const files = await readdir(folder).catch(() => []);
      const all = await Promise.all(
        files.map(async (file) => JSON.parse(await readFile(join(folder, file), 'utf8')) as never),
      );
      return all
        .filter(({ to }) => to === `${lee.personId}@example.org`)
        .map(({ subject }) => String(subject));
    };
    // Digests of every organisation are seen by the worker alone. Not started: nothing ticks.
    let worker: Awaited<ReturnType<typeof createApplication>>;
    beforeAll(async () => {
      worker = await createApplication(api.database.configurationOf('worker'));
    });
    afterAll(() => worker.close());
    const digests = () => worker.get(Digests, { strict: false });
    const due = () =>
      api.admin(`update app.mail_preference set next_at = now() where organisation_id = $1`, [
        here.id,
      ]);

    it('sums up at one’s hour, once however often it is looked for, and not when there is nothing', async () => {
      const answer = answerOf(mailPreferencesSchema, await set({}).expect(200));
      expect(Date.parse(answer.nextAt ?? '')).toBeGreaterThan(Date.now());
      await due();
      expect(await digests().sweep()).toBe(1);
      await team.deliver();
      expect(await mails()).toEqual([]);

      await aTask();
      await due();
      const swept = await Promise.all([digests().sweep(), digests().sweep()]);
      expect(swept[0] + swept[1]).toBe(1);
      await team.deliver();
      const sent = (await mails()).filter((subject) => subject.includes('what waits for you'));
      expect(sent).toHaveLength(1);
      expect(await digests().sweep()).toBe(0);
    });

    it('leaves out at once what one does not want, and never sums up when told so', async () => {
      expect(
        answerOf(mailPreferencesSchema, await set({ atOnce: [], digest: 'never' }).expect(200)),
      ).toMatchObject({ nextAt: null, atOnce: [] });
      await aTask();
      await team.deliver();
      await team.deliver();
      expect(await mails()).toEqual([]);
      const { body } = await lee.client.get(lee.path('notifications')).expect(200);
      expect((body as { unread: number }).unread).toBe(1);
      await set({ hour: 24 }).expect(400);
    });
  });
});
