import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import sql from 'sql-template-tag';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.ts';
import { anOrganisation } from '../../../test/support/world.ts';
import { Invalid } from '../problems.ts';
import { LIFETIME } from './signed-context.ts';
import { TenantDatabase } from './tenant-database.ts';

describe('TenantDatabase', () => {
  let admin: TestDatabase;
  let database: TenantDatabase;
  let scope: { organisationId: string; personId: null };
  const seen = sql`select id from app.organisation`;

  beforeAll(async () => {
    admin = await createTestDatabase();
    database = new TenantDatabase(admin.configurationOf('http'));
    scope = { organisationId: (await anOrganisation(admin)).id, personId: null };
  });
  afterAll(async () => {
    await database.onApplicationShutdown();
    await admin.drop();
  });

  it('goes on seeing the organisation in a transaction that outlives a signed context', async () => {
    const clock = jest.spyOn(Date, 'now');
    clock.mockReturnValue(Date.now() - (LIFETIME + 10) * 1000);
    const found = await database.transaction(scope, async (tx) => {
      clock.mockRestore();
      return [await tx.query(seen), await tx.prepared('seen-again', seen)];
    });
    expect(found).toEqual([[{ id: scope.organisationId }], [{ id: scope.organisationId }]]);
  });

  it('stays where it entered when it signs anew', async () => {
    const other = await anOrganisation(admin, { name: 'Birch Homes' });
    const clock = jest.spyOn(Date, 'now');
    const found = await database.transaction(scope, async (tx) => {
      clock.mockReturnValue(Date.now() - (LIFETIME + 10) * 1000);
      await tx.enter({ organisationId: other.id, personId: null });
      clock.mockRestore();
      return tx.query(seen);
    });
    expect(found).toEqual([{ id: other.id }]);
  });

  it('shows no row of an organisation to a question before any is known', async () => {
    expect(await database.ask('see-nothing', seen)).toEqual([]);
  });

  it.each([
    ['a day of the year 0', sql`select ${'0000-01-01'}::date`],
    ['a day that no month has', sql`select ${'2026-02-30'}::timestamptz`],
    ['a number beyond its column', sql`select ${'99999999999'}::int`],
    ['a NUL', sql`select ${'a\0b'}::text`],
    ['half of a character in JSON', sql`select ${'{"a":"\\ud800"}'}::jsonb`],
  ])('says that a value cannot be used: %s', async (_, query) => {
    const answer = database.transaction(scope, (tx) => tx.query(query));
    await expect(answer).rejects.toBeInstanceOf(Invalid);
  });
});
