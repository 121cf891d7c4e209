import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  clientsOfFirmSchema,
  engagementsSchema,
  meSchema,
  organisationSchema,
  type Engagement,
  type Organisation,
} from '@plumbline/contracts';
import type { MemberRole } from '@plumbline/policies';
import type { Test } from 'supertest';
import { answerOf, problemOf } from '../../test/support/answers.ts';
import { startTestApi, type Client, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from '../../test/support/world.ts';
import { newId } from '../platform/ids.ts';

describe('organisations and engagements', () => {
  let api: TestApi;
  let firm: TestOrganisation;
  let lead: Client;
  let leadId: string;

  beforeAll(async () => {
    api = await startTestApi();
  });
  beforeEach(async () => {
    firm = await anOrganisation(api, { kind: 'firm', name: 'Harbour' });
    leadId = await aMember(api, firm, ['firm.lead'], 'Lea');
    lead = await api.signIn(leadId);
  });
  afterAll(() => api.close());

  const of = (organisation: { slug: string }, path = '') =>
    `/api/organisations/${organisation.slug}${path}`;
  const code = async (test: Test, status: number) => problemOf(await test.expect(status)).code;
  const addClient = async (body: object = {}, client = lead): Promise<Organisation> =>
    answerOf(
      organisationSchema,
      await client.post(of(firm, '/clients'), { name: 'Alder Foods', ...body }).expect(201),
    );
  const clients = async (client = lead) =>
    answerOf(clientsOfFirmSchema, await client.get(of(firm, '/clients')).expect(200)).clients;
  const person = async (organisation: { id: string; slug: string }, roles: readonly MemberRole[]) =>
    api.signIn(await aMember(api, organisation, roles, 'Priya'));
  const records = async (organisationId: string) => {
    const rows = await api.admin<{ action: string }>(
      'select action from app.record_event where organisation_id = $1 order by xid, ord',
      [organisationId],
    );
    return rows.map(({ action }) => action);
  };

  describe('a client', () => {
    it('is added by a firm, which may set it up at once', async () => {
      const client = await addClient({ headcount: 40, timeZone: 'Europe/Madrid' });
      expect(client).toMatchObject({ kind: 'client', headcount: 40, mark: { text: 'AF' } });
      await lead.get(of(client)).expect(200);
      const [listed] = (await clients()).filter(({ id }) => id === client.id);
      expect(listed).toMatchObject({
        open: true,
        withoutPeople: true,
        engagement: { basis: 'set-up', status: 'live' },
      });
      const days = (Date.parse(listed!.engagement.validTo) - Date.now()) / 86_400_000;
      expect(Math.round(days)).toBe(30);
      expect(await records(client.id)).toEqual(['organisation.created', 'engagement.set-up']);
      expect(await records(firm.id)).toContain('client.added');
    });

    it('gets a short name of its own, also when many are added at once', async () => {
      const name = `Twin ${newId()}`;
      const twins = await Promise.all([1, 2, 3].map(() => addClient({ name })));
      expect(new Set(twins.map(({ slug }) => slug)).size).toBe(3);
    });

    it('gets its first person by invitation, and then manages itself', async () => {
      const email = `${newId()}@example.org`;
      const client = await addClient();
      const invite = (path = client.id, who = lead) =>
        who.post(of(firm, `/clients/${path}/first-member`), { name: 'Priya', email });
      await invite().expect(204);
      expect(await records(client.id)).toContain('invitation.sent');
      expect(await code(invite(), 409)).toBe('already-invited');
      await aMember(api, client, ['client.aims_manager'], 'Priya');
      expect(await code(invite(), 409)).toBe('client-has-people');
      expect(await code(invite(newId()), 404)).toBe('not-found');
      const elsewhere = await anOrganisation(api);
      expect(await code(invite(elsewhere.id), 404)).toBe('not-found');
    });

    it('never gets a person of the firm as its first member', async () => {
      const client = await addClient();
      const body = { name: 'Lea', email: `${leadId}@example.org` };
      const refused = lead.post(of(firm, `/clients/${client.id}/first-member`), body);
      expect(await code(refused, 422)).toBe('adviser-cannot-join');
    });

    it.each([
      ['no name', { name: ' ' }, 400],
      ['an unknown time zone', { timeZone: 'Mars/Olympus' }, 400],
      ['an unknown field', { kind: 'firm' }, 400],
      ['an unknown calendar', { holidayCalendar: 'wales' }, 400],
    ])('is refused with %s', async (_, body, status) => {
      await lead.post(of(firm, '/clients'), { name: 'Alder', ...body }).expect(status);
      expect(await clients()).toEqual([]);
    });

    it('is not added by a consultant, nor by a client', async () => {
      const consultant = await person(firm, ['firm.consultant']);
      await consultant.post(of(firm, '/clients'), { name: 'X' }).expect(403);
      const client = await addClient();
      const manager = await person(client, ['client.aims_manager']);
      await manager.post(of(client, '/clients'), { name: 'X' }).expect(403);
    });
  });

  describe('what an organisation says about itself', () => {
    it('is changed on the version that was read, once', async () => {
      const client = await addClient();
      const manager = await person(client, ['client.aims_manager']);
      const change = {
        ...{
          daysOff: [
            { date: '2026-11-30', name: '' },
            { date: '2026-11-30', name: 'Fair' },
          ],
        },
        holidayCalendar: 'scotland',
        ...{ headcount: 9, name: 'Birch Foods' },
      };
      await manager.patch(of(client), client.version, {}).expect(200);
      expect(await records(client.id)).not.toContain('organisation.updated');
      const after = answerOf(
        organisationSchema,
        await manager.patch(of(client), client.version, change).expect(200),
      );
      expect(after).toMatchObject({
        name: 'Birch Foods',
        slug: client.slug,
        headcount: 9,
        daysOff: [{ date: '2026-11-30', name: 'Fair' }],
        holidayCalendar: 'scotland',
        mark: { text: 'BF' },
        timeZone: client.timeZone,
        version: client.version + 1,
      });
      expect(await code(manager.patch(of(client), client.version, change), 412)).toBe(
        'stale-version',
      );
      expect(await records(client.id)).toContain('organisation.updated');
    });

    it('is not for staff, auditors or advisers to change', async () => {
      const client = await addClient();
      const staff = await person(client, ['client.staff']);
      for (const who of [staff, lead]) {
        await who.patch(of(client), client.version, { name: 'Mine' }).expect(403);
      }
    });

    it('is not there for strangers: a foreign organisation answers like an unknown one', async () => {
      const foreign = await anOrganisation(api);
      const told = [];
      for (const slug of [foreign.slug, 'no-such-organisation']) {
        const answers = [
          await lead.get(of({ slug })).expect(404),
          await lead.get(of({ slug }, '/members')).expect(404),
          await lead.post(of({ slug }, '/engagements'), {}).expect(404),
        ];
        told.push(answers.map((answer) => ({ ...problemOf(answer), reference: '' })));
      }
      expect(told[1]).toEqual(told[0]);
    });
  });

  describe('an engagement', () => {
    let client: TestOrganisation;
    let manager: Client;
    const inAYear = () => new Date(Date.now() + 365 * 86_400_000).toISOString();

    beforeEach(async () => {
      client = await anOrganisation(api, { name: 'Northgate' });
      manager = await person(client, ['client.top_management']);
    });

    const list = (answer: { body: unknown }): Engagement[] =>
      answerOf(engagementsSchema, answer).engagements;
    const grant = (body: object = {}, who = manager) =>
      who.post(of(client, '/engagements'), { firm: firm.slug, validTo: inAYear(), ...body });
    const granted = async (body: object = {}) => list(await grant(body).expect(201))[0]!;
    const change = (it: Engagement, body: object, who = manager) =>
      who.patch(of(client, `/engagements/${it.id}`), it.version, body);
    const revoke = (it: Engagement, who = manager) =>
      who.post(of(client, `/engagements/${it.id}/revoke`));

    it('lets the firm in from the next request on, and out again', async () => {
      await lead.get(of(client)).expect(404);
      const engagement = await granted({ scope: 'AIMS set-up' });
      expect(engagement).toMatchObject({
        basis: 'granted',
        status: 'live',
        firm: { slug: firm.slug },
        client: { slug: client.slug },
        grantedBy: { name: 'Priya' },
        people: null,
      });
      await lead.get(of(client)).expect(200);
      const me = answerOf(meSchema, await lead.get('/api/sessions/current'));
      expect(me.organisations.map(({ slug }) => slug)).toContain(client.slug);

      const [after] = list(await revoke(engagement).expect(200));
      expect(after).toMatchObject({ status: 'revoked' });
      await lead.get(of(client)).expect(404);
      expect(await records(client.id)).toEqual(['engagement.granted', 'engagement.revoked']);
    });

    it('is told to the firm’s leads, once for each change, and to nobody else', async () => {
      await aMember(api, firm, ['firm.viewer']);
      const engagement = await granted();
      await change(engagement, { scope: 'Everything' }).expect(200);
      await revoke(engagement).expect(200);
      const told = await api.admin<{ person_id: string; text: string }>(
        `select person_id, text from app.notification where organisation_id = $1 order by id`,
        [firm.id],
      );
      expect(told.map(({ text }) => /has (\w+)/.exec(text)![1])).toEqual([
        'given',
        'changed',
        'ended',
      ]);
      expect(new Set(told.map((one) => one.person_id))).toEqual(new Set([leadId]));
      const here = await api.admin('select 1 from app.notification where organisation_id = $1', [
        client.id,
      ]);
      expect(here).toEqual([]);
    });

    it('can be limited to some of the firm’s people', async () => {
      const otherId = await aMember(api, firm, ['firm.consultant'], 'Con');
      const other = await api.signIn(otherId);
      const engagement = await granted({ people: [leadId] });
      expect(engagement.people).toEqual([{ id: leadId, name: 'Lea' }]);
      await lead.get(of(client)).expect(200);
      await other.get(of(client)).expect(404);
      await change(engagement, { people: [otherId] }).expect(200);
      await lead.get(of(client)).expect(404);
      await other.get(of(client)).expect(200);

      const advisers = await manager.get(of(client, `/engagements/${engagement.id}/advisers`));
      expect(advisers.body).toMatchObject({ advisers: [{ name: 'Con' }, { name: 'Lea' }] });
    });

    it('runs from its first day to its last', async () => {
      const engagement = await granted({ validFrom: new Date(Date.now() + 3_600_000) });
      expect(engagement.status).toBe('planned');
      await lead.get(of(client)).expect(404);
      await api.admin(`update app.engagement set valid_from = now() - interval '1 day'`);
      await lead.get(of(client)).expect(200);
      await api.admin(`update app.engagement set valid_to = now()`);
      await lead.get(of(client)).expect(404);
      expect(await code(change(engagement, { scope: 'x' }), 409)).toBe('engagement-ended');
      expect(await code(revoke(engagement), 409)).toBe('engagement-ended');
      await granted();
      await lead.get(of(client)).expect(200);
    });

    it('lets in advisers only: an administrator of the firm stays outside', async () => {
      await granted();
      const admin = await person(firm, ['firm.admin']);
      await admin.get(of(client)).expect(404);
      const viewer = await person(firm, ['firm.viewer']);
      await viewer.get(of(client)).expect(200);
    });

    it('is granted, changed and revoked by the client alone', async () => {
      const engagement = await granted();
      const partner = await person(firm, ['firm.partner', 'firm.admin', 'firm.lead']);
      const approver = await person(client, ['client.approver']);
      for (const who of [partner, lead, approver]) {
        await grant({}, who).expect(403);
        await change(engagement, { scope: 'more' }, who).expect(403);
        await revoke(engagement, who).expect(403);
      }
      const atFirm = of(firm, `/engagements/${engagement.id}`);
      await partner.patch(atFirm, engagement.version, { validTo: inAYear() }).expect(403);
    });

    it('that a firm set up is confirmed by the client before it is made longer', async () => {
      const own = await addClient();
      const boss = await person(own, ['client.aims_manager']);
      const [setUp] = list(await boss.get(of(own, '/engagements')).expect(200));
      expect(setUp).toMatchObject({ basis: 'set-up', grantedBy: null });
      const patch = (body: object) =>
        boss.patch(of(own, `/engagements/${setUp!.id}`), setUp!.version, body);
      expect(await code(patch({ validTo: inAYear() }), 422)).toBe('confirm-first');
      const [after] = list(await patch({ confirm: true, validTo: inAYear() }).expect(200));
      expect(after).toMatchObject({ basis: 'granted', grantedBy: { name: 'Priya' } });
    });

    it.each([
      ['an unknown firm', { firm: 'no-such-firm' }, 400, 'invalid'],
      ['an end in the past', { validTo: '2020-01-01T00:00:00Z' }, 400, 'invalid'],
      ['an end in ten years', { validTo: '2036-12-01T00:00:00Z' }, 400, 'invalid'],
      ['people from elsewhere', { people: [newId()] }, 400, 'invalid'],
    ])('is refused with %s', async (_, body, status, expected) => {
      expect(await code(grant(body), status)).toBe(expected);
      expect(list(await manager.get(of(client, '/engagements')))).toEqual([]);
    });

    it('is one per firm, also when two people grant it at once', async () => {
      const answers = await Promise.all([grant(), grant()]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    });

    it('is refused for a firm that one of the client’s members works for', async () => {
      await api.admin(
        `insert into app.member (organisation_id, id, person_id, roles)
         values ($1, $2, $3, '{client.approver}')`,
        [client.id, newId(), leadId],
      );
      expect(await code(grant(), 422)).toBe('member-works-for-firm');
    });

    it('changes on the version that was read', async () => {
      const engagement = await granted();
      expect(list(await change(engagement, {}).expect(200))).toEqual([engagement]);
      await change(engagement, { scope: 'one' }).expect(200);
      expect(await code(change(engagement, { scope: 'two' }), 412)).toBe('stale-version');
    });

    it('is seen from both sides, and by nobody else', async () => {
      const engagement = await granted();
      const other = await anOrganisation(api, { kind: 'firm', name: 'Other' });
      const stranger = await person(other, ['firm.partner']);
      const seen = (answer: { body: unknown }) => list(answer).map(({ id }) => id);
      expect(seen(await lead.get(of(firm, '/engagements')).expect(200))).toEqual([engagement.id]);
      expect(seen(await stranger.get(of(other, '/engagements')).expect(200))).toEqual([]);
      const strangersClient = await anOrganisation(api);
      const boss = await person(strangersClient, ['client.aims_manager']);
      const path = of(strangersClient, `/engagements/${engagement.id}/revoke`);
      expect(await code(boss.post(path), 404)).toBe('not-found');
    });
  });
});
