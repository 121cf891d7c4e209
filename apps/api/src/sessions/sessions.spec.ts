import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { meSchema } from '@plumbline/contracts';
import { hash, parseOptions } from '@node-rs/argon2';
import type { Response } from 'supertest';
import { answerOf, problemOf } from '../../test/support/answers.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import {
  aMember,
  anEngagement,
  anOrganisation,
  type TestOrganisation,
} from '../../test/support/world.ts';
import { Deliveries } from '../platform/outbox/deliveries.ts';
import { PLATFORM_SCOPE } from '../platform/request-context.ts';
import { Attempts } from './attempts.ts';
import { Passwords } from './index.ts';
import { NOBODYS } from './passwords.ts';
import { ResetLinks } from './reset-links.ts';

const PASSWORD = 'marble kettle orbit fern';
const OTHER = 'quiet lantern seven maps';

describe('sessions', () => {
  let api: TestApi;
  let here: TestOrganisation;
  let person: string;
  let stored: string;

  beforeAll(async () => {
    api = await startTestApi();
    stored = await api.app.get(Passwords).hash(PASSWORD);
  });
  beforeEach(async () => {
    here = await anOrganisation(api);
    person = await aMember(api, here, ['client.approver']);
    await setHash(stored);
    await api.admin('delete from app.sign_in_attempt');
  });
  afterAll(() => api.close());

  const setHash = (value: string | null) =>
    api.admin('update app.person set password_hash = $1 where id = $2', [value, person]);
  const emailOf = (id: string) => `${id}@example.org`;
  const cookieOf = (answer: Response): string =>
    (answer.get('Set-Cookie') ?? [''])[0]!.split(';', 1)[0]!;
  const as = (cookie: string) => ({ Cookie: cookie });
  const signIn = (email = emailOf(person), password = PASSWORD, headers = {}) =>
    api.anonymous.post('/api/sessions', { email, password }, headers);
  const current = (cookie: string) => api.anonymous.get('/api/sessions/current').set(as(cookie));

  describe('signing in', () => {
    it('gives a cookie that no script reads, and says who and where', async () => {
      const answer = await signIn(emailOf(person).toUpperCase()).expect(200);
      expect(answer.get('Set-Cookie')![0]).toMatch(
        /^plumbline=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
      );
      const me = answerOf(meSchema, answer);
      expect(me.person).toMatchObject({ id: person, email: emailOf(person) });
      expect(me.organisations).toMatchObject([{ slug: here.slug, relation: 'member' }]);
      expect(answer.text).not.toContain(cookieOf(answer).split('=')[1]);
      await current(cookieOf(answer)).expect(200);
    });

    it('lists clients that let the firm in, as adviser', async () => {
      const firm = await anOrganisation(api, { kind: 'firm', name: 'Harbour' });
      const adviser = await aMember(api, firm, ['firm.lead']);
      await anEngagement(api, here, firm);
      const client = await api.signIn(adviser);
      const me = answerOf(meSchema, await client.get('/api/sessions/current').expect(200));
      expect(me.organisations).toMatchObject([
        { slug: firm.slug, kind: 'firm', relation: 'member', firm: null },
        { slug: here.slug, kind: 'client', relation: 'adviser', firm: { slug: firm.slug } },
      ]);
    });

    it('says the same of an unknown address, a wrong password and an account without one', async () => {
      const wrong = await signIn(emailOf(person), 'not this').expect(401);
      const unknown = await signIn('nobody@example.org', 'not this').expect(401);
      await setHash(null);
      const without = await signIn().expect(401);
      const told = [wrong, unknown, without].map((answer) => ({
        ...problemOf(answer),
        reference: '',
      }));
      expect(told[1]).toEqual(told[0]);
      expect(told[2]).toEqual(told[0]);
      expect(Object.keys(unknown.headers).sort()).toEqual(Object.keys(wrong.headers).sort());
    });

    it('costs the same where there is no account, so that its time tells nothing', () => {
      expect(parseOptions(NOBODYS)).toEqual(parseOptions(stored));
    });

    it('ends the session that the browser held before', async () => {
      const first = cookieOf(await signIn().expect(200));
      const second = cookieOf(await signIn(undefined, undefined, as(first)).expect(200));
      expect(second).not.toBe(first);
      await current(first).expect(401);
      await current(second).expect(200);
    });

    it('makes a new hash when the old one is cheaper than today', async () => {
      await setHash(await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 }));
      await signIn().expect(200);
      const [row] = await api.admin<{ password_hash: string }>(
        'select password_hash from app.person where id = $1',
        [person],
      );
      expect(row!.password_hash).toMatch(/^\$argon2id\$/);
      expect(parseOptions(row!.password_hash)).toMatchObject({
        memoryCost: 65_536,
        timeCost: 3,
        parallelism: 1,
      });
      await signIn().expect(200);
    });

    it('refuses what comes from another site, also as a form', async () => {
      const from = (headers: object) =>
        api.anonymous
          .post('/api/sessions', { email: emailOf(person), password: PASSWORD })
          .set({ ...headers });
      await from({ 'Sec-Fetch-Site': 'cross-site' }).expect(403);
      await from({ 'Sec-Fetch-Site': 'same-site' }).expect(403);
      await from({ Origin: 'https://evil.example' }).expect(403);
      const form = await api.anonymous
        .post('/api/sessions')
        .type('form')
        .send(`email=${emailOf(person)}&password=${PASSWORD}`);
      expect(form.status).toBe(400);
      expect(form.get('Set-Cookie')).toBeUndefined();
    });
  });

  describe('guessing', () => {
    const fail = (email: string) => signIn(email, 'not this');
    const attempts = () => api.app.get(Attempts);
    const attempt = { purpose: 'sign-in', email: 'a@example.org', network: '192.0.2.1' } as const;

    it.each(['a known address', 'an unknown address'])(
      'is slowed down for %s, however many try at once',
      async (which) => {
        const email = which === 'a known address' ? emailOf(person) : 'nobody@example.org';
        const answers = await Promise.all(Array.from({ length: 12 }, () => fail(email)));
        const tried = answers.filter(({ status }) => status === 401).length;
        expect(tried).toBeLessThanOrEqual(5);
        const refused = answers.find(({ status }) => status === 429)!;
        expect(Number(refused.get('Retry-After'))).toBeGreaterThan(0);
        expect(problemOf(refused).code).toBe('too-many-tries');
      },
    );

    it('is delayed longer each time, up to a quarter of an hour', async () => {
      const delays: number[] = [];
      for (let tries = 1; tries <= 17; tries += 1) {
        await attempts().begin(attempt);
        const [row] = await api.admin<{ delay: number }>(
          `select extract(epoch from allowed_at - last_at)::int as delay
           from app.sign_in_attempt order by allowed_at desc, failures desc limit 1`,
        );
        delays.push(row!.delay);
        await api.admin('update app.sign_in_attempt set allowed_at = now()');
      }
      expect(delays).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
    });

    it('never keeps the owner out of a place they are known from', async () => {
      await signIn().expect(200);
      await api.admin(`update app.session set network = '192.0.2.9' where person_id = $1`, [
        person,
      ]);
      for (let tries = 0; tries < 6; tries += 1) await fail(emailOf(person));
      await signIn().expect(429);
      await api.admin(`update app.session set network = '127.0.0.1' where person_id = $1`, [
        person,
      ]);
      await signIn().expect(200);
    });

    it('is forgotten once the password was right', async () => {
      for (let tries = 0; tries < 4; tries += 1) await fail(emailOf(person)).expect(401);
      await signIn().expect(200);
      for (let tries = 0; tries < 4; tries += 1) await fail(emailOf(person)).expect(401);
      await signIn().expect(200);
    });

    it('is slowed down for a network that tries many addresses', async () => {
      await fail('first@example.org').expect(401);
      await api.admin('update app.sign_in_attempt set failures = 29');
      await fail('second@example.org').expect(401);
      await fail('third@example.org').expect(429);
    });
  });

  describe('a session', () => {
    it('ends at once by signing out, and the browser forgets', async () => {
      const cookie = cookieOf(await signIn());
      const answer = await api.anonymous.delete('/api/sessions/current').set(as(cookie));
      expect(answer.status).toBe(204);
      expect(answer.get('Set-Cookie')![0]).toMatch(/^plumbline=;.*1970/);
      await current(cookie).expect(401);
    });

    it.each([
      ['an hour without use', `last_seen_at = now() - interval '61 minutes'`],
      ['twelve hours', `expires_at = now()`],
    ])('ends after %s', async (_, change) => {
      const cookie = cookieOf(await signIn());
      await current(cookie).expect(200);
      await api.admin(`update app.session set ${change} where person_id = $1`, [person]);
      await current(cookie).expect(401);
    });

    it('stays alive by use', async () => {
      const cookie = cookieOf(await signIn());
      await api.admin(
        `update app.session set last_seen_at = now() - interval '59 minutes' where person_id = $1`,
        [person],
      );
      await current(cookie).expect(200);
      const [row] = await api.admin<{ fresh: boolean }>(
        `select last_seen_at > now() - interval '1 minute' as fresh from app.session where person_id = $1`,
        [person],
      );
      expect(row!.fresh).toBe(true);
    });

    it('is never stored by anything between the browser and here', async () => {
      const answer = await current(cookieOf(await signIn()));
      expect(answer.get('Cache-Control')).toBe('no-store');
    });
  });

  describe('stepping up', () => {
    const stepUp = (cookie: string, password = PASSWORD) =>
      api.anonymous.post('/api/sessions/step-up', { password }, as(cookie));

    it('counts for five minutes and gives the session a new secret', async () => {
      const before = cookieOf(await signIn());
      await api.admin('update app.session set stepped_up_at = null');
      expect(answerOf(meSchema, await current(before)).steppedUpUntil).toBeNull();
      const answer = await stepUp(before).expect(200);
      expect(answerOf(meSchema, answer).steppedUpUntil).not.toBeNull();
      await current(before).expect(401);
      await current(cookieOf(answer)).expect(200);
    });

    it('is refused with a wrong password, and the session goes on', async () => {
      const cookie = cookieOf(await signIn());
      await stepUp(cookie, 'not this').expect(401);
      await current(cookie).expect(200);
    });
  });

  describe('changing the password', () => {
    const change = (cookie: string, body: object) =>
      api.anonymous.put('/api/sessions/current/password', body).set(as(cookie));

    it('ends all other sessions', async () => {
      const [mine, other] = [cookieOf(await signIn()), cookieOf(await signIn())];
      const answer = await change(mine, { current: PASSWORD, password: OTHER }).expect(200);
      for (const old of [mine, other]) await current(old).expect(401);
      await current(cookieOf(answer)).expect(200);
      await signIn().expect(401);
      await signIn(undefined, OTHER).expect(200);
    });

    it('is told to the person by mail, once, with a way to act', async () => {
      await api.admin('delete from app.outbox');
      const mine = cookieOf(await signIn());
      await change(mine, { current: 'not this', password: OTHER }).expect(401);
      await change(mine, { current: PASSWORD, password: OTHER }).expect(200);
      const rows = await api.admin<{ id: string }>(
        `select id from app.outbox where topic = 'password-changed-mail'`,
      );
      expect(rows).toHaveLength(1);
      const { organisationId } = PLATFORM_SCOPE;
      await api.app.get(Deliveries).deliver({ id: rows[0]!.id, organisationId });
      const { body } = await api.anonymous.get('/api/local-outbox');
      const mails = (body as { to: string; subject: string; text: string }[]).filter(
        ({ to, subject }) => to === emailOf(person) && subject.includes('was changed'),
      );
      expect(mails).toHaveLength(1);
      expect(mails[0]!.text).toContain('/sign-in');
      expect(mails[0]!.text).not.toContain(OTHER);
    });

    it.each([
      ['a wrong present one', { current: 'not this', password: OTHER }, 401],
      ['a short one', { current: PASSWORD, password: 'short' }, 400],
      ['the same one', { current: PASSWORD, password: PASSWORD }, 400],
      ['one of their own name', { current: PASSWORD, password: 'Priya Shah Priya 1' }, 400],
    ])('refuses %s', async (_, body, status) => {
      const cookie = cookieOf(await signIn());
      await change(cookie, body).expect(status);
      await signIn().expect(200);
    });
  });

  describe('a forgotten password', () => {
    const ask = (email: string) => api.anonymous.post('/api/password-resets', { email });
    const complete = (token: string, password = OTHER) =>
      api.anonymous.post('/api/password-resets/complete', { token, password });

    async function aLink(): Promise<string> {
      await ask(emailOf(person)).expect(204);
      const [row] = await api.admin<{ id: string }>(
        'select id from app.password_reset where person_id = $1 order by id desc limit 1',
        [person],
      );
      return api.app.get(ResetLinks).linkOf(row!.id).split('/').at(-1)!;
    }

    it('answers alike for every address, with the same rows behind', async () => {
      const known = await ask(emailOf(person));
      const unknown = await ask('nobody@example.org');
      expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
      const rows = await api.admin(
        `select payload ->> 'resetId' as id from app.outbox where topic = 'password-reset-mail'`,
      );
      expect(rows).toHaveLength(2);
    });

    it('mails the link to the one and nothing to the other', async () => {
      await api.admin('delete from app.outbox');
      await ask('nobody@example.org').expect(204);
      const token = await aLink();
      const rows = await api.admin<{ id: string }>('select id from app.outbox');
      for (const { id } of rows) {
        const { organisationId } = PLATFORM_SCOPE;
        await api.app.get(Deliveries).deliver({ id, organisationId });
      }
      const { body } = await api.anonymous.get('/api/local-outbox');
      const mails = (body as { to: string; text: string }[]).filter(({ text }) =>
        text.includes('/reset/'),
      );
      expect(mails).toHaveLength(1);
      expect(mails[0]).toMatchObject({ to: emailOf(person) });
      expect(mails[0]!.text).toContain(`http://localhost:3000/reset/${token}`);
    });

    it('works once, ends every session, and keeps no secret', async () => {
      const cookie = cookieOf(await signIn());
      const [first, second] = [await aLink(), await aLink()];
      const stolen = await api.admin(
        `select 1 from app.password_reset where encode(token_hash, 'escape') like '%' || $1 || '%'`,
        [second],
      );
      expect(stolen).toEqual([]);
      await complete(second).expect(204);
      await current(cookie).expect(401);
      await signIn(undefined, OTHER).expect(200);
      for (const used of [first, second]) {
        expect(problemOf(await complete(used).expect(404)).code).toBe('reset-gone');
      }
    });

    it('lets one of two at once win', async () => {
      const token = await aLink();
      const answers = await Promise.all([complete(token), complete(token)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
    });

    it('is over after half an hour', async () => {
      const token = await aLink();
      await api.admin('update app.password_reset set expires_at = now()');
      await complete(token).expect(404);
    });

    it('refuses a weak password and leaves the link good', async () => {
      const token = await aLink();
      await complete(token, 'password12345678').expect(400);
      await complete(token).expect(204);
    });

    it('is slowed down too', async () => {
      for (let tries = 0; tries < 5; tries += 1) await ask(emailOf(person)).expect(204);
      await ask(emailOf(person)).expect(429);
    });
  });

  it('keeps the table of tries free of addresses', async () => {
    await signIn('someone@example.org', 'not this');
    const rows = await api.admin('select * from app.sign_in_attempt');
    expect(rows).not.toEqual([]);
    expect(JSON.stringify(rows)).not.toContain('someone');
  });
});
