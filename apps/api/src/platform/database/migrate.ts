import { createHash } from 'node:crypto';
import pg from 'pg';

/** One hand-written step of the schema. Applied once, in order of its name, never changed after. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/**
 * Applies what is missing, each in a transaction of its own, as the owner of the schema. Several
 * processes may call it at once: one works, the others wait. A changed migration is refused.
 */
export async function migrate(
  adminUrl: string,
  migrations: readonly Migration[],
): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtext('plumbline-migrations'))`);
    await client.query(`create table if not exists public.plumbline_migration
      (name text primary key, hash text not null, applied_at timestamptz not null default now())`);
    const { rows } = await client.query<{ name: string; hash: string }>(
      'select name, hash from public.plumbline_migration',
    );
    const known = new Map(rows.map((row) => [row.name, row.hash]));
    const applied: string[] = [];
    for (const { name, sql } of [...migrations].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const hash = createHash('sha256').update(sql).digest('hex');
      const before = known.get(name);
      if (before === hash) continue;
      if (before) throw new Error(`Migration ${name} was applied and has been changed since.`);
      await client.query('begin');
      await client.query(`set local lock_timeout = '5s'`);
      await client.query('set local role plumbline_owner');
      await client.query('set local search_path = app');
      await client.query(sql);
      await client.query('reset role');
      await client.query('insert into public.plumbline_migration (name, hash) values ($1, $2)', [
        name,
        hash,
      ]);
      await client.query('commit');
      applied.push(name);
    }
    return applied;
  } finally {
    await client.end();
  }
}
