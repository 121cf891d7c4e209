import { Trouble } from './trouble.mjs';

const MINIMUM = 160_000; // PostgreSQL 16, as the server itself counts

/** Checks that the administrator connection in DATABASE_URL works and is new enough. */
export async function checkExternalDatabase(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query(
      `select current_setting('server_version_num')::int as version, rolcreaterole or rolsuper as able
       from pg_roles where rolname = current_user`,
    );
    if (rows[0].version < MINIMUM) {
      throw new Trouble(
        'The PostgreSQL of DATABASE_URL is older than 16.',
        'upgrade it, or unset DATABASE_URL.',
      );
    }
    if (!rows[0].able) {
      throw new Trouble(
        'The user of DATABASE_URL may not create roles.',
        'give an administrator connection: Plumbline makes its own restricted roles with it.',
      );
    }
  } catch (error) {
    if (error instanceof Trouble) throw error;
    throw new Trouble(
      `The database of DATABASE_URL cannot be reached: ${error.message}`,
      'start it, correct DATABASE_URL, or unset it to use the bundled PostgreSQL.',
    );
  } finally {
    await client.end();
  }
}
