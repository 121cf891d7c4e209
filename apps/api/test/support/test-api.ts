import type { INestApplicationContext } from '@nestjs/common';
import type { QueryResultRow } from 'pg';
import supertest, { type Test } from 'supertest';
import { createHash, randomBytes } from 'node:crypto';
import { createApplication } from '../../src/application.ts';
import { newId } from '../../src/platform/ids.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

/** A person who is signed in: every call carries their session, as a non-browser client. */
export interface Client {
  readonly personId: string;
  get(path: string): Test;
  post(path: string, body?: object, headers?: Readonly<Record<string, string>>): Test;
  /** A multipart request with one file in the part `file`, and text fields. */
  upload(
    path: string,
    file: { readonly bytes: Buffer; readonly name: string },
    fields?: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Test;
  put(path: string, body?: object, headers?: Readonly<Record<string, string>>): Test;
  patch(path: string, version: number, body: object): Test;
  delete(path: string): Test;
}

/** The real application on a database of its own. */
export interface TestApi {
  readonly app: INestApplicationContext;
  readonly database: TestDatabase;
  /** Calls without a session. */
  readonly anonymous: Client;
  admin<R extends QueryResultRow>(sql: string, values?: unknown[]): Promise<R[]>;
  /** A session for a person, made without the sign-in form; `steppedUp` as after a password prompt. */
  signIn(personId: string, options?: { steppedUp?: boolean }): Promise<Client>;
  /** Serves on a free port, for clients that need an address; answers it. */
  listen(): Promise<string>;
  close(): Promise<void>;
}

/**
 * Starts the http application; with `worker`, the same process also relays and handles the outbox.
 * `settings` are environment variables beside those that every test has.
 */
export async function startTestApi(
  options: { worker?: boolean; settings?: Readonly<Record<string, string>> } = {},
): Promise<TestApi> {
  const database = await createTestDatabase();
  const app = await createApplication(database.configurationOf('http', options.settings));
  await app.init();
  const worker = options.worker
    ? await createApplication(database.configurationOf('worker', options.settings))
    : null;
  await worker?.init();

  const client = (personId: string, secret: string | null): Client => {
    const send = (test: Test): Test => {
      const request = test.set('X-Plumbline-Client', 'test');
      return secret ? request.set('Cookie', `plumbline=${secret}`) : request;
    };
    const server = app.getHttpServer();
    return {
      personId,
      get: (path) => send(supertest(server).get(path)),
      post: (path, body = {}, headers = {}) =>
        send(supertest(server).post(path)).set(headers).send(body),
      upload: (path, { bytes, name }, fields = {}, headers = {}) =>
        send(supertest(server).post(path)).set(headers).field(fields).attach('file', bytes, name),
      put: (path, body = {}, headers = {}) =>
        send(supertest(server).put(path)).set(headers).send(body),
      patch: (path, version, body) =>
        send(supertest(server).patch(path)).set('If-Match', `"${version}"`).send(body),
      delete: (path) => send(supertest(server).delete(path)),
    };
  };

  return {
    app,
    database,
    anonymous: client('', null),
    admin: (sql, values) => database.admin(sql, values),
    signIn: async (personId, { steppedUp = false } = {}) => {
      const secret = randomBytes(32).toString('base64url');
      await database.admin(
        `insert into app.session (id, person_id, token_hash, expires_at, stepped_up_at)
         values ($1, $2, $3, now() + interval '12 hours', $4)`,
        [
          newId(),
          personId,
          createHash('sha256').update(secret).digest(),
          steppedUp ? new Date() : null,
        ],
      );
      return client(personId, secret);
    },
    listen: async () => {
      await app.listen(0, '127.0.0.1');
      return app.getUrl();
    },
    close: async () => {
      await worker?.close();
      await app.close();
      await database.drop();
    },
  };
}
