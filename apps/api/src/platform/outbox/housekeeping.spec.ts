import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.ts';
import { anOrganisation } from '../../../test/support/world.ts';
import { createApplication } from '../../application.ts';
import { TenantDatabase } from '../database/tenant-database.ts';
import { newId } from '../ids.ts';
import { Housekeeping } from './housekeeping.ts';

/** An id as it was made so many days ago. */
function idOf(daysAgo: number): string {
  const at = (Date.now() - daysAgo * 86_400_000).toString(16).padStart(12, '0');
  return `${at.slice(0, 8)}-${at.slice(8)}${newId().slice(13)}`;
}

describe('tidying up', () => {
  let database: TestDatabase;
  let tenants: TenantDatabase;
  const ours = { organisationId: newId(), personId: null };

  beforeAll(async () => {
    database = await createTestDatabase();
    tenants = new TenantDatabase(database.configurationOf('worker'));
  });
  afterAll(async () => {
    await tenants.onApplicationShutdown();
    await database.drop();
  });
  const housekeeping = (settings: Record<string, string> = {}) =>
    new Housekeeping(database.configurationOf('worker', settings), tenants);

  it('forgets answers to commands after seven days, in batches, of every organisation', async () => {
    await database.admin(`
      insert into app.command_log (organisation_id, person_id, key, request_hash, created_at)
      select gen_random_uuid(), gen_random_uuid(), 'key-' || n, 'x',
             now() - case when n > 2000 then interval '6 days' else interval '8 days' end
      from generate_series(1, 2003) n`);
    expect(await housekeeping().tidy()).toMatchObject({ answers: 2000 });
    expect(await housekeeping().tidy()).toMatchObject({ answers: 0 });
    // The application itself still sees only what is its organisation's.
    const http = new TenantDatabase(database.configurationOf('http'));
    const seen = await http.transaction(ours, (tx) => tx.query(sql`select 1 from app.command_log`));
    expect(seen).toEqual([]);
    await http.onApplicationShutdown();
  });

  describe('promised work', () => {
    /** A message that was promised, and carried out, so many days ago. */
    const promised = async (
      key: string,
      { made, done, parked = false }: { made: number; done: number | null; parked?: boolean },
      organisationId = newId(),
    ) =>
      database.admin(
        `insert into app.outbox (organisation_id, id, topic, key, payload, done_at, parked_at)
         values ($1, $2, 't', $3, '{}', now() - make_interval(days => $4), $5)`,
        [organisationId, idOf(made), key, done, parked ? new Date() : null],
      );
    const left = async () =>
      (await database.admin<{ key: string }>('select key from app.outbox order by key')).map(
        ({ key }) => key,
      );

    it('goes when it has been done long enough, and never before it is done', async () => {
      await promised('done long ago', { made: 40, done: 31 });
      await promised('done long ago, elsewhere', { made: 31, done: 31 });
      await promised('done just now, at last', { made: 40, done: 0 });
      await promised('done lately', { made: 29, done: 29 });
      await promised('open', { made: 400, done: null });
      await promised('parked', { made: 400, done: null, parked: true });
      expect(await housekeeping().tidy()).toMatchObject({ 'done-work': 2 });
      expect(await left()).toEqual(['done just now, at last', 'done lately', 'open', 'parked']);
      expect(await housekeeping({ DONE_WORK_KEPT_DAYS: '20' }).tidy()).toMatchObject({
        'done-work': 1,
      });
      expect(await left()).toEqual(['done just now, at last', 'open', 'parked']);
      await database.admin('delete from app.outbox');
    });

    it('goes in batches, by two workers at once, each row once', async () => {
      const [first, second] = [newId(), newId()].sort();
      for (const organisation of [first, second]) {
        await database.admin(
          `insert into app.outbox (organisation_id, id, topic, key, payload, done_at)
           select $1, (substr($2, 1, 24) || lpad(to_hex(n), 12, '0'))::uuid, 't', n::text, '{}',
                  now() - interval '40 days'
           from generate_series(1, 1600) n`,
          [organisation, idOf(40)],
        );
      }
      const both = await Promise.all([housekeeping().tidy(), housekeeping().tidy()]);
      expect(both.reduce((sum, removed) => sum + removed['done-work']!, 0)).toBe(3200);
      expect(await left()).toEqual([]);
    });

    it('is kept longer than answers, whatever the setting', () => {
      expect(() => housekeeping({ DONE_WORK_KEPT_DAYS: '7' })).toThrow(/DONE_WORK_KEPT_DAYS/);
    });
  });

  it('does the other chores when one of them fails', async () => {
    const keeper = housekeeping();
    keeper.take({ name: 'broken', remove: () => Promise.reject(new Error('No.')) });
    keeper.take({ name: 'last', remove: () => Promise.resolve(3) });
    expect(await keeper.tidy()).toMatchObject({ broken: 0, last: 3 });
  });

  it('is told of signals that no run can take any more', async () => {
    const { id: organisationId } = await anOrganisation(database);
    const signal = async (name: string, expires: string, open: boolean) => {
      const id = newId();
      await database.admin(
        `insert into app.signal (organisation_id, id, name, sender_key, facts, expires_at)
         values ($1, $2, $3, $3, '{}', now() + $4::interval)`,
        [organisationId, id, name, expires],
      );
      await database.admin(
        `insert into app.outbox (organisation_id, id, topic, key, payload, done_at)
         values ($1, $2, 'signal-sent', $3, '{}', case when $4 then null else now() end)`,
        [organisationId, newId(), id, open],
      );
    };
    await signal('expired', '-1 day', false);
    await signal('expired, not handed over yet', '-1 day', true);
    await signal('kept', '1 day', false);
    const worker = await createApplication(database.configurationOf('worker'));
    try {
      await worker.init();
      // It also tidies by itself when it starts: whichever of the two comes first.
      await worker.get(Housekeeping).tidy();
    } finally {
      await worker.close();
    }
    const rows = await database.admin<{ name: string }>(
      'select name from app.signal order by name',
    );
    expect(rows.map(({ name }) => name)).toEqual(['expired, not handed over yet', 'kept']);
  });
});
