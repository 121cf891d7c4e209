import { inRoot } from './places.mjs';

/** The same server and database as `administratorUrl`, signed in as another role. */
function asRole(administratorUrl, user, password) {
  const url = new URL(administratorUrl);
  url.username = user;
  url.password = password;
  return url.href;
}

/** What every role of the API is told by environment; secrets go by file, never by value. */
export function apiEnvironment({ databaseUrl, queue, port, publicUrl, dataDir, secrets, demo }) {
  const { rt, wk, log } = secrets.values.databasePasswords;
  return {
    ...process.env,
    NODE_ENV: process.env.NODE_ENV ?? 'development',
    DATABASE_URL: undefined, // the administrator's: only `prepare` may have it
    RUNTIME_DATABASE_URL: asRole(databaseUrl, 'plumbline_rt', rt),
    WORKER_DATABASE_URL: asRole(databaseUrl, 'plumbline_wk', wk),
    NOTARY_DATABASE_URL: asRole(databaseUrl, 'plumbline_log', log),
    ...queue,
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    DATA_DIR: dataDir,
    SECRETS_FILE: secrets.file,
    WEB_DIR: inRoot('apps/web/dist/browser'),
    DEMO: demo ? '1' : '0',
  };
}
