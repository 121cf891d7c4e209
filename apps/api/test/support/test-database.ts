import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrations } from '../../src/migrations/index.ts';
import {
  type Configuration,
  readConfiguration,
  type Role,
} from '../../src/platform/config/configuration.ts';
import { prepareDatabase } from '../../src/platform/database/prepare.ts';

/** Known secrets: a test server lives for one test run and listens on this machine alone. */
const key = (name: string): string => createHash('sha256').update(`test ${name}`).digest('base64');
const SECRETS = {
  contextKey: key('context'),
  sessionPepper: key('session'),
  logSigningKey: key('log'),
  packSigningKey: key('pack'),
  databasePasswords: {
    rt: 'test-password-of-rt',
    wk: 'test-password-of-wk',
    log: 'test-password-of-log',
    ro: 'test-password-of-ro',
  },
};

/** A migrated database of one spec file's own, and the settings of each process that would use it. */
export interface TestDatabase {
  readonly adminUrl: string;
  readonly dataDir: string;
  configurationOf(role: Role, extra?: Readonly<Record<string, string>>): Configuration;
  /** Runs SQL as the administrator: for arranging and for looking, never for what is tested. */
  admin<R extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<R[]>;
  drop(): Promise<void>;
}

function serverUrl(): string {
  const url = process.env['TEST_ADMIN_DATABASE_URL'];
  if (!url)
    throw new Error('These tests need PostgreSQL: run them with `npm test`, which starts one.');
  return url;
}

const withDatabase = (url: string, name: string, user?: string, password?: string): string => {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  if (user) parsed.username = user;
  if (password) parsed.password = password;
  return parsed.toString();
};

async function asAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The migrated template of this version of the schema; the first caller makes it, the others wait. */
async function template(server: string, dataDir: string): Promise<string> {
  const hash = createHash('sha256')
    .update(migrations.map(({ sql }) => sql).join('\0'))
    .digest('hex');
  const name = `template_${hash.slice(0, 12)}`;
  await asAdmin(server, async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('plumbline-template'))`);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount) return;
    const draft = `${name}_draft`;
    await client.query(`drop database if exists ${draft}`);
    await client.query(`create database ${draft}`);
    const secrets = configuration('prepare', withDatabase(server, draft), dataDir).secrets;
    await prepareDatabase(withDatabase(server, draft), secrets, migrations);
    await client.query(`alter database ${draft} rename to ${name}`);
  });
  return name;
}

function configuration(
  role: Role,
  adminUrl: string,
  dataDir: string,
  extra: Readonly<Record<string, string>> = {},
): Configuration {
  const file = join(dataDir, 'secrets.json');
  writeFileSync(file, JSON.stringify(SECRETS));
  const database = new URL(adminUrl).pathname.slice(1);
  const as = (name: 'rt' | 'wk' | 'log'): string =>
    withDatabase(adminUrl, database, `plumbline_${name}`, SECRETS.databasePasswords[name]);
  return readConfiguration(role, {
    NODE_ENV: 'test',
    PUBLIC_URL: 'http://localhost:3000',
    DATA_DIR: dataDir,
    SECRETS_FILE: file,
    ADMIN_DATABASE_URL: adminUrl,
    RUNTIME_DATABASE_URL: as('rt'),
    WORKER_DATABASE_URL: as('wk'),
    NOTARY_DATABASE_URL: as('log'),
    DATABASE_POOL_SIZE: '5',
    QUEUE_BACKEND: 'postgres',
    ...extra,
  });
}

let counter = 0;

/** Clones the migrated template: milliseconds, and nothing of another spec in it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = serverUrl();
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-api-test-'));
  const from = await template(server, dataDir);
  counter += 1;
  const name = `test_${process.pid}_${counter}`;
  await asAdmin(server, async (client) => {
    // Cloning needs the template for itself; two spec files at once take turns.
    await client.query(`select pg_advisory_lock(hashtext('plumbline-template'))`);
    await client.query(`create database ${name} template ${from}`);
  });
  const adminUrl = withDatabase(server, name);
  return {
    adminUrl,
    dataDir,
    configurationOf: (role, extra) => configuration(role, adminUrl, dataDir, extra),
    admin: <R extends pg.QueryResultRow>(sql: string, values?: unknown[]) =>
      asAdmin(adminUrl, async (client) => (await client.query<R>(sql, values)).rows),
    drop: async () => {
      await asAdmin(server, (client) => client.query(`drop database ${name} with (force)`));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
