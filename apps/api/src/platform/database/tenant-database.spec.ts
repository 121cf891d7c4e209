import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
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

  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** The machine's steady clock, that many seconds further on. */
  const passing = (seconds: number) => {
    const now = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => now() + seconds * 1000);
  };
  /** What is left of a context that has expired: nothing is seen under it. */
  const expired = sql`select set_config('app.context', '', true)`;

  it('goes on seeing the organisation in a transaction that outlives a signed context', async () => {
    const found = await database.transaction(scope, async (tx) => {
      await tx.query(expired);
      passing(LIFETIME - 10);
      return [await tx.query(seen), await tx.prepared('seen-again', seen)];
    });
    expect(found).toEqual([[{ id: scope.organisationId }], [{ id: scope.organisationId }]]);
  });

  it('stays where it entered when it signs anew', async () => {
    const other = await anOrganisation(admin, { name: 'Birch Homes' });
    const found = await database.transaction(scope, async (tx) => {
      await tx.enter({ organisationId: other.id, personId: null });
      await tx.query(expired);
      passing(LIFETIME - 10);
      return tx.query(seen);
    });
    expect(found).toEqual([{ id: other.id }]);
  });

  it.each([-2, 2])('works with a wall clock that is %d hours off', async (hours) => {
    const now = Date.now() + hours * 3_600_000;
    jest.spyOn(Date, 'now').mockReturnValue(now);
    const fresh = new TenantDatabase(admin.configurationOf('http'));
    const isOpen = sql`select app.verified_context() is not null as open,
      split_part(current_setting('app.context'), '|', 5)::bigint
        - extract(epoch from clock_timestamp()) as left`;
    const [row] = await fresh.transaction(scope, (tx) =>
      tx.query<{ open: boolean; left: string }>(isOpen),
    );
    await fresh.onApplicationShutdown();
    expect(row?.open).toBe(true);
    // Neither expired nor valid for hours.
    expect(Math.abs(Number(row?.left) - LIFETIME)).toBeLessThan(10);
  });

  it.each([-3600, 3600])(
    'sees its organisation after the database’s clock was set (%d s)',
    async (seconds) => {
      await database.transaction(scope, (tx) => tx.query(seen));
      passing(seconds);
      for (const begin of ['transaction', 'note', 'snapshot'] as const) {
        expect(await database[begin](scope, (tx) => tx.query(seen))).toHaveLength(1);
      }
    },
  );

  it('listens and leads again after the server has ended the connections for it', async () => {
    const leading: boolean[] = [];
    let heard = 0;
    const stopLeading = database.lead('test', (now) => leading.push(now));
    const stopListening = await database.listen('live', () => (heard += 1));
    const until = async (holds: () => boolean): Promise<void> => {
      while (!holds()) {
        await database.transaction(scope, async (tx) => {
          tx.announce('live', '');
          await tx.now();
        });
        await new Promise(setImmediate);
      }
    };
    await until(() => heard > 0 && leading.length === 1);
    await admin.admin(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()
        and (query ilike 'listen%' or query ilike '%pg_try_advisory_lock%')`);
    await until(() => leading.length === 3);
    const before = heard;
    await until(() => heard > before);
    await stopListening();
    await stopLeading();
    expect(leading).toEqual([true, false, true, false]);
  }, 15_000);

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
