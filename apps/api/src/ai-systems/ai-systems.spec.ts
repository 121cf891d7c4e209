import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AI_SYSTEM_SORTS, aiSystemsQuerySchema, type AiSystemFields } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import type { Test } from 'supertest';
import { startTestApi, type Client, type TestApi } from '../../test/support/test-api.ts';
import {
  aMember,
  anEngagement,
  anOrganisation,
  type TestOrganisation,
} from '../../test/support/world.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { AiSystems } from './index.ts';
import { allOf, filtersOf, pageQuery } from './list-query.ts';

/** All that the register asks, but the owner. */
const complete: AiSystemFields = {
  purpose: 'Plans shifts.',
  kind: 'predictive-model',
  orgRole: ['user'],
  euRole: ['deployer'],
  affectedGroups: ['employees-or-workers'],
  volume: 'under-100',
  dataKinds: ['personal-data'],
  jurisdictions: ['uk'],
};

describe('the register of AI systems', () => {
  let api: TestApi;
  let ours: TestOrganisation;
  let theirs: TestOrganisation;
  let personId: string;

  beforeAll(async () => {
    api = await startTestApi();
    ours = await anOrganisation(api);
    theirs = await anOrganisation(api, { name: 'Birch Homes' });
    personId = await aMember(api, ours, ['client.aims_manager']);
  });
  afterAll(() => api.close());

  const inside = <T>(
    work: (
      systems: AiSystems,
      tx: Tx,
      ctx: { organisationId: string; personId: string },
    ) => Promise<T>,
    organisation = ours,
  ) => {
    const ctx = { organisationId: organisation.id, personId };
    return api.app
      .get(TenantDatabase)
      .transaction(ctx, (tx) => work(api.app.get(AiSystems, { strict: false }), tx, ctx));
  };

  describe('its door', () => {
    it('numbers systems in order, within their organisation', async () => {
      const first = await inside(
        (systems, tx, ctx) => systems.create(tx, ctx, { name: 'One' }),
        theirs,
      );
      const second = await inside(
        (systems, tx, ctx) => systems.create(tx, ctx, { name: 'Two' }),
        theirs,
      );
      expect([first.reference, second.reference]).toEqual(['AIS-0001', 'AIS-0002']);
    });

    it('gives racing proposals numbers of their own', async () => {
      const made = await Promise.all(
        ['A', 'B', 'C', 'D'].map((name) =>
          inside((systems, tx, ctx) => systems.create(tx, ctx, { name })),
        ),
      );
      expect(new Set(made.map(({ reference }) => reference)).size).toBe(4);
    });

    it('keeps what a run establishes where it belongs, and tells it as facts', async () => {
      const facts = await inside(async (systems, tx, ctx) => {
        const { id } = await systems.create(tx, ctx, {
          name: 'Chat',
          fields: { kind: 'ai-agent', owner: personId },
        });
        await systems.applyRunWrites(tx, ctx, id, {
          tier: 'high',
          path: 'full',
          stage: 'assessing',
          purpose: 'Answers',
          volume: '<100',
          regClass: 'minimal',
        });
        return systems.factsOf(tx, ctx, id);
      });
      expect(facts).toMatchObject({
        name: 'Chat',
        kind: 'ai-agent',
        owner: personId,
        tier: 'high',
        path: 'full',
        stage: 'assessing',
        purpose: 'Answers',
        volume: '<100',
        regClass: 'minimal',
        gateState: 'not-started',
        builders: [],
      });
      expect(facts).not.toHaveProperty('overseer');
    });

    it('refuses a write that its column cannot hold, and changes nothing', async () => {
      const { id } = await inside((systems, tx, ctx) => systems.create(tx, ctx, { name: 'Chat' }));
      await expect(
        inside((systems, tx, ctx) =>
          systems.applyRunWrites(tx, ctx, id, { purpose: 'x', tier: 'huge' }),
        ),
      ).rejects.toThrow(/tier/);
      expect(await inside((systems, tx, ctx) => systems.factsOf(tx, ctx, id))).not.toHaveProperty(
        'purpose',
      );
    });

    it('finds nothing of another organisation', async () => {
      const { id } = await inside((systems, tx, ctx) => systems.create(tx, ctx, { name: 'Chat' }));
      await expect(
        inside((systems, tx, ctx) => systems.nameOf(tx, ctx, id), theirs),
      ).rejects.toThrow(/nothing here/);
    });
  });

  describe('its lists', () => {
    let client: Client;
    let organisation: TestOrganisation;
    const path = (rest = '') => `/api/organisations/${organisation.slug}/ai-systems${rest}`;
    const names = ({ body }: { body: { items: { name: string }[] } }) =>
      body.items.map(({ name }) => name);

    beforeAll(async () => {
      organisation = await anOrganisation(api, { name: 'Cedar Clinics' });
      client = await api.signIn(await aMember(api, organisation, ['client.aims_manager']));
      await inside(async (systems, tx, ctx) => {
        for (const name of ['beta', 'Alpha', 'alpha', 'Gamma 100%', 'ALPHA']) {
          await systems.create(tx, ctx, { name, fields: { supplier: `Maker of ${name}` } });
        }
        const { id } = await systems.create(tx, ctx, {
          name: 'Delta',
          fields: { ...complete, owner: client.personId },
        });
        await systems.applyRunWrites(tx, ctx, id, {
          ...{ stage: 'live', tier: 'high', path: 'full', gateState: 'passed' },
          nextReviewOn: '2027-01-31',
        });
      }, organisation);
    });

    it.each(['name', 'stage', 'tier', 'nextReviewOn', 'updatedAt'])(
      'gives every row once, page by page, sorted by %s in both directions',
      async (sort) => {
        for (const direction of ['asc', 'desc']) {
          const seen: string[] = [];
          let cursor = '';
          do {
            const { body } = await client
              .get(path(`?limit=2&sort=${sort}&direction=${direction}${cursor}`))
              .expect(200);
            expect(body.total).toBe(6);
            seen.push(...body.items.map(({ id }: { id: string }) => id));
            cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
          } while (cursor);
          expect(new Set(seen).size).toBe(6);
          expect(seen).toHaveLength(6);
        }
      },
    );

    it('sorts names without regard to case', async () => {
      const answer = await client.get(path());
      expect(names(answer).map((name) => name.toLowerCase())).toEqual([
        'alpha',
        'alpha',
        'alpha',
        'beta',
        'delta',
        'gamma 100%',
      ]);
    });

    it.each([
      ['q=alp', 3],
      ['q=maker of BETA', 1],
      ['q=100%25', 1],
      ['q=%25', 1],
      ['q=_', 0],
      ['q=AIS-0002', 1],
      ['stage=live', 1],
      ['stage=live,proposed', 6],
      ['tier=none', 5],
      ['tier=high,none', 6],
      ['gate=passed', 1],
      ['incomplete=true', 5],
      ['incomplete=false', 1],
      ['owner=none', 5],
      ['owner=me', 1],
      ['reviewBefore=2027-02-01', 1],
      ['reviewBefore=2027-01-31', 0],
    ])('filters by %s: %i', async (query, total) => {
      const { body } = await client.get(path(`?${query}`)).expect(200);
      expect(body.total).toBe(total);
      expect(body.items).toHaveLength(total);
    });

    it.each([
      ['stage=flying', 'stage'],
      ['tier=huge', 'tier'],
      ['owner=somebody', 'owner'],
      ['cursor=nonsense', 'cursor'],
      [`cursor=${Buffer.from('["stage","1","x"]').toString('base64url')}`, 'cursor'],
      ['limit=1000', 'limit'],
      ['sort=colour', 'sort'],
    ])('refuses %s and names the field', async (query, field) => {
      const { body } = await client.get(path(`?${query}`)).expect(400);
      expect(body.problems[0].field).toBe(field);
    });

    it('shows staff only what is theirs', async () => {
      const staff = await api.signIn(await aMember(api, organisation, ['client.staff']));
      const { body: nothing } = await staff.get(path()).expect(200);
      expect(nothing).toMatchObject({ items: [], total: 0 });
      const { id } = await inside(
        (systems, tx, ctx) =>
          systems.create(tx, { ...ctx, personId: staff.personId }, { name: 'My idea' }),
        organisation,
      );
      expect(names(await staff.get(path()))).toEqual(['My idea']);
      await staff.get(path(`/${id}`)).expect(200);
      const other = await client.get(path('?q=delta'));
      await staff.get(path(`/${other.body.items[0].id}`)).expect(404);
      await client.get(path(`/${id}`)).expect(200);
      await api.admin('delete from app.ai_system where id = $1', [id]);
    });

    it('answers a system of another organisation like an unknown one', async () => {
      const { id } = await inside((systems, tx, ctx) => systems.create(tx, ctx, { name: 'Chat' }));
      const unknown = '01890000-0000-7000-8000-000000000000';
      for (const wanted of [id, unknown, 'nonsense']) {
        const { body } = await client.get(path(`/${wanted}`)).expect(404);
        expect(body.code).toBe('not-found');
        await client.patch(path(`/${wanted}`), 1, { name: 'Mine now' }).expect(404);
        await client.get(path(`/${wanted}/gate`)).expect(404);
      }
    });

    it('lets an adviser in only through an engagement', async () => {
      const firm = await anOrganisation(api, { kind: 'firm', name: 'Quay' });
      const adviser = await api.signIn(await aMember(api, firm, ['firm.consultant']));
      await adviser.get(path()).expect(404);
      await anEngagement(api, organisation, firm);
      await adviser.get(path()).expect(200);
    });

    it('finds what is there already by a like name, without its owner for those who may not see it', async () => {
      const staff = await api.signIn(await aMember(api, organisation, ['client.staff']));
      const { body } = await staff.get(path('/similar?name=The Delta system')).expect(200);
      expect(body.items).toEqual([expect.objectContaining({ name: 'Delta', owner: null })]);
    });

    it('tells a pipeline whether a system may be live, and what stands in the way', async () => {
      const { body: list } = await client.get(path('?sort=tier&direction=desc'));
      const { body: live } = await client.get(path(`/${list.items[0].id}/gate`)).expect(200);
      expect(live).toMatchObject({ name: 'Delta', mayBeLive: true });
      const open = (answer: { conditions: { key: string; met: boolean }[] }) =>
        answer.conditions.filter(({ met }) => !met).map(({ key }) => key);
      expect(open(live)).toEqual([]);
      const { body: proposed } = await client.get(path(`/${list.items[1].id}/gate`));
      expect(open(proposed)).toEqual(['decided', 'stage', 'tier', 'complete']);
    });

    it('answers a token within its scope: the gate, or the register, and no more', async () => {
      const manager = await api.signIn(client.personId, { steppedUp: true });
      const tokenFor = async (scope: string) => {
        const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
        const body = { name: scope, scopes: [scope], expiresAt };
        const made = await manager.post(`/api/organisations/${organisation.slug}/tokens`, body);
        return `Bearer ${made.body.secret}`;
      };
      const { body: list } = await client.get(path('?q=delta'));
      const gate = path(`/${list.items[0].id}/gate`);
      const gateToken = await tokenFor('gate:read');
      const readToken = await tokenFor('ai-systems:read');
      const status = async (token: string, test: Test) =>
        (await test.set('Authorization', token)).status;
      expect([
        await status(gateToken, api.anonymous.get(gate)),
        await status(gateToken, api.anonymous.get(path())),
        await status(readToken, api.anonymous.get(gate)),
        await status(readToken, api.anonymous.get(path())),
        await status(readToken, api.anonymous.put(path('/views'), { name: 'x', query: '' })),
      ]).toEqual([200, 403, 403, 200, 403]);
    });

    describe('an edit', () => {
      const first = async () => {
        const { body } = await client.get(path('?q=beta'));
        return (await client.get(path(`/${body.items[0].id}`))).body;
      };

      it('changes, counts the version up and records what changed', async () => {
        const before = await first();
        const { body } = await client
          .patch(path(`/${before.id}`), before.version, { purpose: 'Sorts letters.' })
          .expect(200);
        expect(body.version).toBe(Number(before.version) + 1);
        expect(body.missing).not.toContain('purpose');
        const [entry] = await api.admin<{ payload: string }>(
          `select p.payload from app.record_event e join app.record_payload p on p.event_id = e.id
           where e.entity_id = $1 and e.action = 'ai-system.updated'`,
          [before.id],
        );
        expect(JSON.parse(entry!.payload)).toEqual({
          changes: { purpose: { from: null, to: 'Sorts letters.' } },
        });
      });

      it('lets one of two racing edits win and tells the other', async () => {
        const { id, version } = await first();
        const answers = await Promise.all(
          ['One', 'Two'].map((purpose) => client.patch(path(`/${id}`), version, { purpose })),
        );
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
      });

      it('needs the version that was read', async () => {
        const { id } = await first();
        const { body } = await api.anonymous.get(path(`/${id}`)).expect(401);
        expect(body.code).toBe('not-signed-in');
      });

      it.each(['owner', 'overseer'])('refuses somebody from elsewhere as %s', async (field) => {
        const { id, version } = await first();
        const { body } = await client
          .patch(path(`/${id}`), version, { [field]: personId })
          .expect(400);
        expect(body.problems).toEqual([expect.objectContaining({ field })]);
      });

      it.each(['client.staff', 'client.internal_auditor', 'client.approver'] as const)(
        'is not for %s',
        async (role) => {
          const { id, version } = await first();
          const reader = await api.signIn(await aMember(api, organisation, [role]));
          await reader.patch(path(`/${id}`), version, { name: 'Mine' }).expect(403);
        },
      );
    });

    it('keeps views: private ones private, shared ones for everybody, removed by their owner alone', async () => {
      const other = await api.signIn(
        await aMember(api, organisation, ['client.legal'], 'Lea Roth'),
      );
      const save = (name: string, shared: boolean) =>
        client.put(path('/views'), { name, query: 'stage=live', shared }).expect(200);
      await save('Mine', false);
      const { body: shared } = await save('Ours', true);
      expect(names(await client.get(path('/views')))).toEqual(['Mine', 'Ours']);
      expect(names(await other.get(path('/views')))).toEqual(['Ours']);
      await other.delete(path(`/views/${shared.id}`)).expect(404);
      await client.delete(path(`/views/${shared.id}`)).expect(204);
      expect(names(await other.get(path('/views')))).toEqual([]);
    });

    it('reads pages by an index, also of a large register', async () => {
      await api.admin(
        `insert into app.ai_system (organisation_id, id, number, name)
         select o.id, gen_random_uuid(), 1000 + n, 'System ' || md5(n::text)
         from generate_series(1, 4000) n, unnest($1::uuid[]) as o (id)`,
        [[organisation.id, theirs.id]],
      );
      await api.admin('analyze app.ai_system');
      const ctx = { organisationId: organisation.id, personId: client.personId };
      for (const sort of AI_SYSTEM_SORTS) {
        const query = aiSystemsQuerySchema.parse({ sort, stage: 'proposed,live' });
        const page = pageQuery(
          allOf([sql`s.organisation_id = ${organisation.id}`, ...filtersOf(query, ctx.personId)]),
          query,
        );
        const plan = await api.app
          .get(TenantDatabase)
          .transaction(ctx, (tx) => tx.query<{ 'QUERY PLAN': string }>(sql`explain ${page}`));
        const text = plan.map((line) => line['QUERY PLAN']).join('\n');
        expect(text).toMatch(/Index Scan .*using ai_system_by_/);
        expect(text).not.toMatch(/Seq Scan on ai_system|Sort/);
      }
    }, 30_000);
  });
});
