import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.ts';
import { TenantDatabase } from '../database/tenant-database.ts';
import { newId } from '../ids.ts';
import { Outbox } from './outbox.ts';

describe('the database behind TenantDatabase', () => {
  let database: TestDatabase;
  let tenants: TenantDatabase;
  const outbox = new Outbox();
  const ours = { organisationId: newId(), personId: null };
  const theirs = { organisationId: newId(), personId: null };

  beforeAll(async () => {
    database = await createTestDatabase();
    tenants = new TenantDatabase(database.configurationOf('http'));
  });
  afterAll(async () => {
    await tenants.onApplicationShutdown();
    await database.drop();
  });

  const add = (organisationId: string, key: string) =>
    tenants.transaction(ours, (tx) =>
      outbox.add(tx, { organisationId, topic: 't', key, payload: {} }),
    );
  const count = (scope: typeof ours) =>
    tenants.transaction(
      scope,
      async (tx) => (await tx.query(sql`select id from app.outbox`)).length,
    );

  it('keeps rows to their organisation', async () => {
    await add(ours.organisationId, 'a');
    expect(await count(ours)).toBe(1);
    expect(await count(theirs)).toBe(0);
  });

  it('adds work once per key', async () => {
    await add(ours.organisationId, 'twice');
    await add(ours.organisationId, 'twice');
    expect(await count(ours)).toBe(2);
  });

  it('refuses to write into another organisation', async () => {
    await expect(add(theirs.organisationId, 'x')).rejects.toThrow(/row-level security/);
  });

  it.each([
    ['no context', `''`],
    [
      'a forged organisation',
      `'v1|${theirs.organisationId}|${theirs.organisationId}||9999999999|00'`,
    ],
  ])('shows nothing with %s', async (_, context) => {
    await add(ours.organisationId, 'seen');
    const rows = await tenants.transaction(ours, async (tx) => {
      await tx.execute({
        text: `select set_config('app.context', ${context}, true)`,
        values: [],
      } as never);
      return tx.query(sql`select id from app.outbox`);
    });
    expect(rows).toEqual([]);
  });

  it('forgets the context with its transaction', async () => {
    await tenants.transaction(ours, (tx) => tx.now());
    const [row] = await tenants.transaction({ organisationId: null, personId: null }, (tx) =>
      tx.query<{ organisation: string | null }>(
        sql`select app.write_organisation() as organisation`,
      ),
    );
    expect(row).toEqual({ organisation: null });
  });
});
