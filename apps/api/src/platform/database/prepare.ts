import pg from 'pg';
import { runMigrations } from 'bullmq';
import rolesSql from '../../../../../infra/db/roles.sql';
import type { Configuration } from '../config/configuration.ts';
import { migrate, type Migration } from './migrate.ts';

/** Brings an empty or older database to this version: roles, passwords, keys, schema, queue tables. */
export async function prepareDatabase(
  adminUrl: string,
  secrets: Configuration['secrets'],
  migrations: readonly Migration[],
): Promise<string[]> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    // Roles belong to the whole server: two databases prepared at once must take turns.
    await admin.query(`select pg_advisory_lock(hashtext('plumbline-roles'))`);
    await admin.query(rolesSql);
    for (const [role, password] of Object.entries(secrets.databasePasswords)) {
      await admin.query(
        `alter role ${pg.escapeIdentifier(`plumbline_${role}`)} password ${pg.escapeLiteral(password)}`,
      );
    }
    const database = (await admin.query<{ name: string }>('select current_database() as name'))
      .rows[0]!.name;
    await admin.query(
      `grant connect on database ${pg.escapeIdentifier(database)} to plumbline_rt, plumbline_wk, plumbline_log, plumbline_ro`,
    );
  } finally {
    await admin.end();
  }
  const applied = await migrate(adminUrl, migrations);
  await setContextKey(adminUrl, secrets.contextKey);
  await prepareQueue(adminUrl);
  return applied;
}

async function setContextKey(adminUrl: string, contextKey: Buffer): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(
      `insert into sec.context_key (id, key) values (1, $1) on conflict (id) do update set key = $1`,
      [contextKey],
    );
  } finally {
    await client.end();
  }
}

/** The queue's own tables, used when no Redis is configured. They hold wake-ups only, never truth. */
async function prepareQueue(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await runMigrations(client, 'bullmq');
    await client.query(`grant usage on schema bullmq to plumbline_rt, plumbline_wk`);
    await client.query(`grant all on all tables in schema bullmq to plumbline_rt, plumbline_wk`);
    await client.query(`grant all on all sequences in schema bullmq to plumbline_rt, plumbline_wk`);
    await client.query(
      `grant execute on all functions in schema bullmq to plumbline_rt, plumbline_wk`,
    );
  } finally {
    await client.end();
  }
}
