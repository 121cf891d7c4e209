import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from './support/test-database.ts';

/** Tables that belong to no organisation, each with the reason. A new one fails until it is named here. */
const WITHOUT_ORGANISATION: Readonly<Record<string, string>> = {
  organisation: 'is the organisation itself: guarded by its own id',
  person: 'a global identity: one person may work in several organisations',
  session: 'belongs to a person; found by the hash of its secret',
  password_reset: 'belongs to a person; found by the hash of its secret',
  sign_in_attempt: 'comes before any identity; its key is a keyed hash',
};

/** Indexes that answer a question which is asked before the organisation is known. */
const ASKED_BEFORE: readonly string[] = [
  'calendar_feed_token',
  'command_log_age',
  'engagement_firm',
  'guest_link_token',
  'invitation_token',
  'mail_preference_next',
  'member_person',
  'outbox_handed_over',
  'outbox_open',
  'record_event_tail',
  'service_token_secret',
  'signal_expired',
  'timer_armed',
];

/** Tables whose rows a timer, the relay or a clearing finds before it knows whose they are. */
const SWEPT: readonly string[] = [
  ...['command_log', 'mail_preference', 'outbox', 'signal', 'timer', 'webhook'],
];

/** Roles that serve people. None may bypass row security, own a table or change the schema. */
const RUNTIME = ['plumbline_rt', 'plumbline_wk', 'plumbline_log', 'plumbline_ro'];

describe('the catalogue of the database', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const names = async (sql: string, values: unknown[] = []): Promise<string[]> => {
    const rows = await database.admin<{ name: string }>(sql, values);
    return rows.map(({ name }) => name);
  };
  const tenantTables = `
    select c.oid, c.relname as name, c.relrowsecurity, c.relforcerowsecurity
    from pg_class c
    where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and exists (
      select 1 from pg_attribute a
      where a.attrelid = c.oid and a.attname = 'organisation_id' and not a.attisdropped)`;

  it('knows every table that belongs to no organisation', async () => {
    const found = await names(`
      select relname as name from pg_class
      where relnamespace = 'app'::regnamespace and relkind in ('r', 'p')
        and oid not in (select oid from (${tenantTables}) t)
      order by 1`);
    expect(found).toEqual(Object.keys(WITHOUT_ORGANISATION).sort());
  });

  it('has tables of organisations at all', async () => {
    expect((await names(tenantTables)).length).toBeGreaterThan(15);
  });

  it('forces row security on every table of organisations', async () => {
    expect(
      await names(`select name from (${tenantTables}) t
        where not relrowsecurity or not relforcerowsecurity`),
    ).toEqual([]);
  });

  it('guards each by a restrictive policy for reading and for writing', async () => {
    expect(
      await names(`select name from (${tenantTables}) t where not exists (
        select 1 from pg_policy p
        where p.polrelid = t.oid and not p.polpermissive and p.polcmd = '*'
          and pg_get_expr(p.polqual, p.polrelid) like '%organisation_id = ANY%read_organisations()%'
          and pg_get_expr(p.polwithcheck, p.polrelid) like '%organisation_id = %write_organisation()%'
          and 'plumbline_rt'::regrole = any (p.polroles))`),
    ).toEqual([]);
  });

  it('asks for the context once per statement, never once per row', async () => {
    expect(
      await names(`
        select polrelid::regclass::text as name from pg_policy
        where polname = 'organisation_guard'
          and pg_get_expr(polqual, polrelid) !~ '\\( *SELECT +(app\\.)?read_organisations\\(\\)'`),
    ).toEqual([]);
  });

  it('lets the worker look across organisations only where work is swept up', async () => {
    const found = await names(`
      select t.name from (${tenantTables}) t where not exists (
        select 1 from pg_policy p
        where p.polrelid = t.oid and not p.polpermissive
          and 'plumbline_wk'::regrole = any (p.polroles))
      order by 1`);
    expect(found).toEqual(SWEPT);
  });

  it('starts every key and every unique index with the organisation', async () => {
    expect(
      await names(`
        select i.indexrelid::regclass::text as name
        from pg_index i join (${tenantTables}) t on t.oid = i.indrelid
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
        where (i.indisprimary or i.indisunique) and a.attname <> 'organisation_id'`),
    ).toEqual([]);
  });

  it('starts every other index with the organisation, but those asked before it is known', async () => {
    const found = await names(`
      select c.relname as name
      from pg_index i join pg_class c on c.oid = i.indexrelid
      join (${tenantTables}) t on t.oid = i.indrelid
      left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where not i.indisunique and a.attname is distinct from 'organisation_id'
      order by 1`);
    expect(found).toEqual([...ASKED_BEFORE].sort());
  });

  it('ties rows only to rows of the same organisation', async () => {
    expect(
      await names(`
        select c.conname as name
        from pg_constraint c
        join (${tenantTables}) t on t.oid = c.conrelid
        join (${tenantTables}) r on r.oid = c.confrelid
        where c.contype = 'f' and (
          (select attname from pg_attribute where attrelid = c.conrelid and attnum = c.conkey[1])
            <> 'organisation_id'
          or (select attname from pg_attribute where attrelid = c.confrelid and attnum = c.confkey[1])
            <> 'organisation_id')`),
    ).toEqual([]);
  });

  it('requires an organisation in every row', async () => {
    expect(
      await names(`
        select t.name from (${tenantTables}) t
        join pg_attribute a on a.attrelid = t.oid and a.attname = 'organisation_id'
        where not a.attnotnull`),
    ).toEqual([]);
  });

  it('has no view that its owner’s rights would look through', async () => {
    expect(
      await names(`
        select relname as name from pg_class
        where relnamespace = 'app'::regnamespace and relkind in ('v', 'm')
          and not coalesce('security_invoker=true' = any (reloptions), false)`),
    ).toEqual([]);
  });

  it('gives the rights of a definer to plumbline_ctx alone, with a fixed search path', async () => {
    expect(
      await names(`
        select p.oid::regprocedure::text as name from pg_proc p
        where p.pronamespace in ('app'::regnamespace, 'sec'::regnamespace) and p.prosecdef
          and (p.proowner <> 'plumbline_ctx'::regrole
               or not coalesce('search_path=pg_catalog' = any (p.proconfig), false))`),
    ).toEqual([]);
  });

  it.each(RUNTIME)('keeps %s from owning, bypassing, truncating or building', async (role) => {
    const [row] = await database.admin<Record<string, boolean>>(
      `select rolsuper or rolbypassrls or rolcreatedb or rolcreaterole as mighty,
              exists (select 1 from pg_class where relowner = r.oid) as owns,
              exists (
                select 1 from pg_class c where c.relnamespace = 'app'::regnamespace
                  and c.relkind in ('r', 'p') and has_table_privilege(r.oid, c.oid, 'truncate')
              ) as truncates,
              has_schema_privilege(r.oid, 'app', 'create') as builds,
              has_schema_privilege(r.oid, 'sec', 'usage') as signs
       from pg_roles r where rolname = $1`,
      [role],
    );
    expect(row).toEqual({
      mighty: false,
      owns: false,
      truncates: false,
      builds: false,
      signs: false,
    });
  });

  it('makes no ids by a sequence that would tell how much others do', async () => {
    // `ord` puts entries of the record in their order; it never leaves the server.
    const found = await names(`
      select seq.relname as name from pg_class seq
      where seq.relnamespace = 'app'::regnamespace and seq.relkind = 'S' order by 1`);
    expect(found).toEqual(['record_event_ord_seq']);
  });
});
