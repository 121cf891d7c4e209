import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from '../../test/support/world.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { AiSystems } from './index.ts';

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
});
