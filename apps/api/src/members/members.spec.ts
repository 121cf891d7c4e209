import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  meSchema,
  membersSchema,
  openInvitationSchema,
  type MembersAnswer,
} from '@plumbline/contracts';
import type { MemberRole } from '@plumbline/policies';
import sql from 'sql-template-tag';
import type { Response, Test } from 'supertest';
import { answerOf, problemOf } from '../../test/support/answers.ts';
import { startTestApi, type Client, type TestApi } from '../../test/support/test-api.ts';
import {
  aMember,
  anEngagement,
  anOrganisation,
  type TestOrganisation,
} from '../../test/support/world.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { Deliveries } from '../platform/outbox/deliveries.ts';
import { systemScope } from '../platform/request-context.ts';
import { Passwords } from '../sessions/index.ts';
import { Invitations, Members } from './index.ts';

const PASSWORD = 'marble kettle orbit fern';

describe('members', () => {
  let api: TestApi;
  let here: TestOrganisation;
  let boss: Client;
  let bossId: string;

  beforeAll(async () => {
    api = await startTestApi();
  });
  beforeEach(async () => {
    here = await anOrganisation(api);
    bossId = await aMember(api, here, ['client.aims_manager'], 'Ada');
    boss = await api.signIn(bossId);
    await api.admin('delete from app.sign_in_attempt');
  });
  afterAll(() => api.close());

  const at = (path: string, organisation = here) =>
    `/api/organisations/${organisation.slug}/${path}`;
  const list = async (client = boss): Promise<MembersAnswer> =>
    answerOf(membersSchema, await client.get(at('members')).expect(200));
  const memberOf = async (personId: string) =>
    (await list()).members.find(({ person }) => person.id === personId)!;
  const code = async (test: Test, status: number) => problemOf(await test.expect(status)).code;
  const events = async (action: string) =>
    api.admin('select entity_id from app.record_event where organisation_id = $1 and action = $2', [
      here.id,
      action,
    ]);
  const add = (roles: readonly MemberRole[], name = 'Ben') => aMember(api, here, roles, name);

  describe('the list', () => {
    it('shows who belongs here, and when they were here last', async () => {
      const ben = await add(['client.staff']);
      const { members } = await list();
      expect(members.map(({ person }) => person.name)).toEqual(['Ada', 'Ben']);
      expect(members[0]!.lastSeenAt).not.toBeNull();
      expect(await memberOf(ben)).toMatchObject({ lastSeenAt: null, status: 'active' });
    });

    it.each([
      ['client.staff', 403],
      ['client.approver', 200],
    ] as const)('for %s answers %i', async (role, status) => {
      const client = await api.signIn(await add([role]));
      await client.get(at('members')).expect(status);
    });
  });

  /** Holds the organisation's turn until both requests wait for it, so that they truly race. */
  async function bothLetInBeforeEitherActs(send: () => Test[]) {
    let answers: Promise<Response[]> | null = null;
    await api.app.get(TenantDatabase).transaction(systemScope(here.id), async (tx) => {
      await tx.query(sql`select id from app.organisation where id = ${here.id} for update`);
      answers = Promise.all(send());
      for (let waiting = 0; waiting < 2;) {
        const rows = await api.admin(
          `select 1 from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock'`,
        );
        waiting = rows.length;
      }
    });
    return answers!;
  }

  describe('changing roles', () => {
    const change = (id: string, version: number, roles: readonly string[], client = boss) =>
      client.patch(at(`members/${id}`), version, { roles });

    it('takes effect at the next request and is recorded', async () => {
      const ben = await add(['client.staff']);
      const client = await api.signIn(ben);
      await client.get(at('members')).expect(403);
      const { id, version } = await memberOf(ben);
      const answer = answerOf(
        membersSchema,
        await change(id, version, ['client.approver', 'client.risk_owner']).expect(200),
      );
      expect(answer.members.find((member) => member.id === id)).toMatchObject({
        roles: ['client.approver', 'client.risk_owner'],
        version: version + 1,
      });
      await client.get(at('members')).expect(200);
      expect(await events('member.roles-changed')).toEqual([{ entity_id: id }]);
    });

    it('is refused with a stale version, without one, and with roles of another kind', async () => {
      const { id, version } = await memberOf(await add(['client.staff']));
      expect(await code(change(id, version + 1, ['client.approver']), 412)).toBe('stale-version');
      const blind = boss.put(at(`members/${id}`));
      await blind.expect(404);
      expect(await code(change(id, version, ['firm.lead']), 400)).toBe('invalid');
      expect(await code(change(id, version, []), 400)).toBe('invalid');
    });

    it('never leaves the organisation without somebody who can manage members', async () => {
      const { id, version } = await memberOf(bossId);
      expect(await code(change(id, version, ['client.staff']), 422)).toBe('last-manager');
      expect(await code(boss.delete(at(`members/${id}`)), 422)).toBe('last-manager');
      // A manager whose time is limited is nobody to rely on.
      const guest = await add(['client.top_management']);
      await api.admin(
        `update app.member set valid_to = now() + interval '1 day' where person_id = $1`,
        [guest],
      );
      expect(await code(boss.delete(at(`members/${id}`)), 422)).toBe('last-manager');
    });

    it('lets one of two managers who remove each other win', async () => {
      const otherId = await add(['client.top_management']);
      const other = await api.signIn(otherId);
      const [mine, theirs] = [await memberOf(bossId), await memberOf(otherId)];
      const answers = await bothLetInBeforeEitherActs(() => [
        boss.delete(at(`members/${theirs.id}`)),
        other.delete(at(`members/${mine.id}`)),
      ]);
      const managers = await api.admin(
        `select 1 from app.member where organisation_id = $1 and status = 'active'`,
        [here.id],
      );
      expect(managers).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    });

    it('gives nobody more rights by their own hand while another could', async () => {
      const { id, version } = await memberOf(bossId);
      await change(id, version, ['client.aims_manager', 'client.staff']).expect(200);
      await add(['client.top_management']);
      const more = ['client.aims_manager', 'client.staff', 'client.approver'];
      expect(await code(change(id, version + 1, more), 422)).toBe('own-roles');
      await change(id, version + 1, ['client.aims_manager']).expect(200);
    });

    it('answers a foreign member like an unknown one', async () => {
      const other = await anOrganisation(api);
      await aMember(api, other, ['client.aims_manager'], 'Elsewhere');
      const [foreign] = await api.admin<{ id: string }>(
        'select id from app.member where organisation_id = $1',
        [other.id],
      );
      const told = [];
      for (const id of [foreign!.id, newId(), 'not-an-id']) {
        const answers = [
          await change(id, 1, ['client.staff']).expect(404),
          await boss.delete(at(`members/${id}`)).expect(404),
        ];
        told.push(answers.map((answer) => ({ ...problemOf(answer), reference: '' })));
      }
      expect(told[1]).toEqual(told[0]);
      expect(told[2]).toEqual(told[0]);
    });
  });

  it('ends with the membership: the next request finds nothing', async () => {
    const ben = await add(['client.approver']);
    const client = await api.signIn(ben);
    await client.get(at('members')).expect(200);
    await boss.delete(at(`members/${(await memberOf(ben)).id}`)).expect(200);
    await client.get(at('members')).expect(404);
    const me = answerOf(meSchema, await client.get('/api/sessions/current').expect(200));
    expect(me.organisations).toEqual([]);
    expect(await events('member.removed')).toHaveLength(1);
  });

  it('ends by itself on the day that was set', async () => {
    const auditor = await add(['client.approver']);
    await api.admin(
      `update app.member set roles = '{ext.cert_auditor}', valid_to = now() + interval '1 day'
       where person_id = $1`,
      [auditor],
    );
    const client = await api.signIn(auditor);
    await client.get(at('members')).expect(200);
    await api.admin('update app.member set valid_to = now() where person_id = $1', [auditor]);
    await client.get(at('members')).expect(404);
  });

  describe('as other capabilities ask', () => {
    it('counts members and the advisers that an engagement lets in', async () => {
      const firm = await anOrganisation(api, { kind: 'firm', name: 'Harbour' });
      const lead = await aMember(api, firm, ['firm.lead'], 'Lea');
      await aMember(api, firm, ['firm.admin'], 'Adm');
      const members = api.app.get(Members);
      const ask = <T>(work: Parameters<TenantDatabase['transaction']>[1]) =>
        api.app.get(TenantDatabase).transaction(systemScope(here.id), work) as Promise<T>;
      const names = (role: string) =>
        ask<string[]>(async (tx) => (await members.withRole(tx, role)).map(({ name }) => name));

      expect(await names('client.aims_manager')).toEqual(['Ada']);
      expect(await names('firm.lead')).toEqual([]);
      await anEngagement(api, here, firm);
      expect(await names('firm.lead')).toEqual(['Lea']);
      expect(await names('firm.admin')).toEqual([]);
      expect(await ask((tx) => members.rolesOf(tx, lead))).toEqual(['firm.lead']);
      await api.admin('update app.engagement set revoked_at = now() where firm_id = $1', [firm.id]);
      expect(await ask((tx) => members.rolesOf(tx, lead))).toEqual([]);
    });
  });

  describe('inviting', () => {
    const invite = (body: object, client = boss) =>
      client.post(at('invitations'), { name: 'Cleo', roles: ['client.approver'], ...body });
    const latest = async () => {
      const [row] = await api.admin<{ id: string; sent: number; expires: number }>(
        `select id, sent, round(extract(epoch from expires_at - now()) / 3600)::int as expires
         from app.invitation where organisation_id = $1 order by id desc limit 1`,
        [here.id],
      );
      return row!;
    };
    const token = async () => {
      const { id, sent } = await latest();
      return api.app.get(Invitations).linkOf(id, sent).split('/').at(-1)!;
    };
    const open = (secret: string) => api.anonymous.get(`/api/invitations/${secret}`);
    const accept = (secret: string, body: object = {}) =>
      api.anonymous.post('/api/invitations/accept', {
        token: secret,
        name: 'Cleo Marsh',
        password: PASSWORD,
        ...body,
      });
    const fresh = () => `${newId()}@example.org`;

    it('brings a new person in: mail, link, account, membership, session', async () => {
      const email = fresh();
      const answer = answerOf(membersSchema, await invite({ email }).expect(201));
      expect(answer.invitations).toMatchObject([{ email, expired: false }]);
      const [message] = await api.admin<{ id: string }>(
        'select id from app.outbox where organisation_id = $1',
        [here.id],
      );
      await api.app.get(Deliveries).deliver({ id: message!.id, organisationId: here.id });
      const { body } = await api.anonymous.get('/api/local-outbox');
      const mail = (body as { to: string; text: string }[]).find(({ to }) => to === email)!;
      const link = /http:\S+\/invitation\/(\S+)/.exec(mail.text)![1]!;

      const seen = answerOf(openInvitationSchema, await open(link).expect(200));
      expect(seen).toMatchObject({ email, needsPassword: true, organisationSlug: here.slug });
      const accepted = await accept(link).expect(200);
      expect(answerOf(meSchema, accepted)).toMatchObject({
        person: { name: 'Cleo Marsh', email },
        organisations: [{ slug: here.slug, roles: ['client.approver'] }],
      });
      const cookie = accepted.get('Set-Cookie')![0]!.split(';', 1)[0]!;
      await api.anonymous.get(at('members')).set('Cookie', cookie).expect(200);
      expect((await list()).invitations).toEqual([]);
      expect(await events('member.joined')).toHaveLength(1);
      expect(await code(accept(link), 404)).toBe('invitation-gone');
    });

    it('lets a person with an account in by its own password, slowed down like signing in', async () => {
      const elsewhere = await anOrganisation(api);
      const known = await aMember(api, elsewhere, ['client.staff'], 'Kim');
      await api.admin('update app.person set password_hash = $1 where id = $2', [
        await api.app.get(Passwords).hash(PASSWORD),
        known,
      ]);
      await invite({ email: `${known}@EXAMPLE.org` }).expect(201);
      const secret = await token();
      expect(answerOf(openInvitationSchema, await open(secret)).needsPassword).toBe(false);
      expect(await code(accept(secret, { password: 'not this' }), 401)).toBe('wrong-credentials');
      const me = answerOf(meSchema, await accept(secret).expect(200));
      expect(me.person).toMatchObject({ id: known, name: 'Kim' });
      expect(me.organisations).toHaveLength(2);
      await invite({ email: fresh() });
    });

    it.each([
      ['short', 'too short'],
      ['Alder Foods Cleo', 'made of their own words'],
    ])('refuses the new password %j: %s', async (password) => {
      await invite({ email: fresh() });
      const secret = await token();
      expect(await code(accept(secret, { password }), 400)).toBe('invalid');
      await accept(secret).expect(200);
    });

    it.each([
      ['never made', () => Promise.resolve('A'.repeat(43))],
      ['expired', () => api.admin('update app.invitation set expires_at = now()').then(token)],
      ['withdrawn', () => api.admin('update app.invitation set withdrawn_at = now()').then(token)],
    ])('answers a link that was %s with what to do', async (_, secretOf) => {
      await invite({ email: fresh() });
      const secret = await secretOf();
      for (const answer of [await open(secret), await accept(secret)]) {
        expect(answer.status).toBe(404);
        expect(problemOf(answer).detail).toMatch(/Ask the person who invited you for a new one/);
      }
    });

    it('is accepted once, also by two at the same time', async () => {
      await invite({ email: fresh() });
      const secret = await token();
      const answers = await Promise.all([accept(secret), accept(secret)]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect((await list()).members).toHaveLength(2);
    });

    it('can be sent again, which ends the first link and starts its time anew', async () => {
      await invite({ email: fresh() });
      const first = await token();
      const { id } = await latest();
      await api.admin('update app.invitation set expires_at = now() where id = $1', [id]);
      await boss.post(at(`invitations/${id}/resend`)).expect(200);
      expect((await latest()).expires).toBe(72);
      await open(first).expect(404);
      await open(await token()).expect(200);
    });

    it('can be withdrawn, and made anew', async () => {
      const email = fresh();
      await invite({ email });
      expect(await code(invite({ email }), 409)).toBe('already-invited');
      const { id } = await latest();
      await boss.delete(at(`invitations/${id}`)).expect(200);
      await boss.delete(at(`invitations/${id}`)).expect(404);
      await boss.post(at(`invitations/${id}/resend`)).expect(404);
      await invite({ email }).expect(201);
    });

    it('refuses who is a member, who advises, and roles that do not fit', async () => {
      const ben = await add(['client.staff']);
      expect(await code(invite({ email: `${ben}@example.org` }), 409)).toBe('already-member');
      const firm = await anOrganisation(api, { kind: 'firm', name: 'Harbour' });
      const adviser = await aMember(api, firm, ['firm.admin'], 'Lea');
      await anEngagement(api, here, firm);
      const email = `${adviser}@example.org`;
      expect(await code(invite({ email }), 422)).toBe('adviser-cannot-join');
      expect(await code(invite({ email: fresh(), roles: ['firm.lead'] }), 400)).toBe('invalid');
      expect(await code(invite({ email: 'nobody' }), 400)).toBe('invalid');
    });

    it('keeps out who became an adviser between invitation and acceptance', async () => {
      const email = fresh();
      await invite({ email });
      const firm = await anOrganisation(api, { kind: 'firm', name: 'Harbour' });
      const adviser = await aMember(api, firm, ['firm.lead'], 'Lea');
      await api.admin('update app.person set email = $1, password_hash = $2 where id = $3', [
        email,
        await api.app.get(Passwords).hash(PASSWORD),
        adviser,
      ]);
      await anEngagement(api, here, firm);
      expect(await code(accept(await token()), 422)).toBe('adviser-cannot-join');
    });

    it('keeps a client’s people out of the firm that advises it', async () => {
      const firm = await anOrganisation(api, { kind: 'firm', name: 'Harbour' });
      const partner = await api.signIn(await aMember(api, firm, ['firm.partner'], 'Lea'));
      const ben = await add(['client.approver']);
      await api.admin('update app.person set password_hash = $1 where id = $2', [
        await api.app.get(Passwords).hash(PASSWORD),
        ben,
      ]);
      await anEngagement(api, here, firm);
      const body = { email: `${ben}@example.org`, name: 'Ben', roles: ['firm.consultant'] };
      await partner.post(at('invitations', firm), body).expect(201);
      const [row] = await api.admin<{ id: string }>(
        'select id from app.invitation where organisation_id = $1',
        [firm.id],
      );
      const secret = api.app.get(Invitations).linkOf(row!.id, 1).split('/').at(-1)!;
      expect(await code(accept(secret), 422)).toBe('client-cannot-advise');
      await api.admin(`update app.member set status = 'removed' where person_id = $1`, [ben]);
      await accept(secret).expect(200);
    });

    it('gives an auditor a window, alone and read-only', async () => {
      const auditor = { roles: ['ext.cert_auditor'] };
      const both = { roles: ['ext.cert_auditor', 'client.staff'] };
      expect(await code(invite({ email: fresh(), ...both }), 400)).toBe('invalid');
      await invite({ email: fresh(), ...auditor }).expect(201);
      const me = await accept(await token()).expect(200);
      const { members } = await list();
      const days = members.flatMap(({ roles, validTo }) =>
        roles.includes('ext.cert_auditor')
          ? [Math.round((Date.parse(validTo!) - Date.now()) / 86_400_000)]
          : [],
      );
      expect(days).toEqual([30]);
      const cookie = me.get('Set-Cookie')![0]!.split(';', 1)[0]!;
      const invited = await api.anonymous
        .post(at('invitations'), { name: 'X', email: fresh(), roles: ['client.staff'] })
        .set('Cookie', cookie);
      expect(invited.status).toBe(403);
    });

    it('is not for those who do not manage members, nor for advisers', async () => {
      const approver = await api.signIn(await add(['client.approver']));
      await invite({ email: fresh() }, approver).expect(403);
      const firm = await anOrganisation(api, { kind: 'firm', name: 'Harbour' });
      const lead = await api.signIn(await aMember(api, firm, ['firm.lead', 'firm.partner']));
      await anEngagement(api, here, firm);
      await invite({ email: fresh() }, lead).expect(403);
    });
  });
});
