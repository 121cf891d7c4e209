import { problemSchema } from '@plumbline/contracts';
import { randomUUID } from 'node:crypto';
import type { OpenAPIObject } from '@nestjs/swagger';
import { describeApi } from '../../apps/api/src/platform/http/open-api.ts';
import {
  BAD_CURSORS,
  BAD_HEADERS,
  BAD_PARTS,
  BAD_QUERIES,
  BROKEN_BODIES,
  NEVER_TEXT,
  ODD,
} from './bad-input.data.ts';
import { exampleOf, resolved, type JsonSchema } from './example-of.ts';
import { openIsolationWorld, type IsolationWorld } from './isolation-world.ts';
import { nounOf, operationsOf, type Operation } from './operations.ts';
import { PLAIN, SAMPLES, TABLES } from './samples.data.ts';

/** Hostile input for every operation of the description: refused with a cure, and nothing changed. */
let world: IsolationWorld;
let description: OpenAPIObject;
let operations: Operation[];
let manager: Readonly<Record<string, string>>;
let sent = 0;

/** Would end the session that all of this is sent with. */
const SIGN_OUT = 'DELETE /api/sessions/current';
/** What a refused request leaves behind by design: a claimed key, a slower next try, a last visit. */
const NOT_CONTENT = ['command_log', 'sign_in_attempt', 'session'];

beforeAll(async () => {
  world = await openIsolationWorld();
  description = describeApi(world.api.app as never);
  operations = operationsOf(description).filter(({ key }) => key !== SIGN_OUT);
  manager = world.callers.find(({ name }) => name === 'client.aims_manager')!.headers;
}, 120_000);

afterAll(async () => {
  process.stdout.write(`bad input: ${sent} requests to ${operations.length} operations\n`);
  await world.close();
});

interface Sent {
  readonly path?: string;
  readonly query?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const problems: string[] = [];

/** Sends one request; notes every answer that is a fault of ours, or a refusal without a cure. */
async function send(operation: Operation, what: string, request: Sent): Promise<number> {
  sent += 1;
  const changes = operation.method !== 'GET';
  const response = await fetch(`${world.address}${request.path}${request.query ?? ''}`, {
    method: operation.method,
    headers: {
      ...manager,
      ...(changes && { 'idempotency-key': randomUUID(), 'if-match': '"1"' }),
      ...(request.body !== undefined && { 'content-type': 'application/json' }),
      ...request.headers,
    },
    ...(changes && request.body !== undefined && { body: request.body }),
  });
  const refused = response.status >= 400;
  const text = refused ? await response.text() : '';
  await (refused ? null : response.body?.cancel());
  const told = `${operation.key} with ${what}: ${response.status} ${text.slice(0, 300)}`;
  if (response.status >= 500) problems.push(told);
  else if (refused && !isHelpful(response, text)) problems.push(`no problem answer: ${told}`);
  return response.status;
}

/** A problem answer with a code and a sentence, from which nobody learns how we are built. */
function isHelpful(response: Response, text: string): boolean {
  if (!response.headers.get('content-type')?.includes('application/problem+json')) return false;
  const parsed = problemSchema.safeParse(JSON.parse(text));
  if (!parsed.success || !parsed.data.reference) return false;
  return (
    /\w+ .*[.?]$/.test(parsed.data.detail) && !/\bat \/|node_modules|select |Error:/.test(text)
  );
}

/** The content of every table, as one hash each. */
async function contents(): Promise<Readonly<Record<string, string>>> {
  const tables = await world.api.admin<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = 'app'::regnamespace and relkind = 'r' order by relname`,
  );
  const hashes = tables
    .filter(({ name }) => !NOT_CONTENT.includes(name))
    .map(
      ({ name }) =>
        `select '${name}' as name,
                md5(coalesce(string_agg((to_jsonb(t) - 'last_seen_at')::text, '' order by t::text), '')) as hash
         from app.${name} t`,
    );
  const rows = await world.api.admin<{ name: string; hash: string }>(hashes.join(' union all '));
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
}

async function pathOf(operation: Operation): Promise<string> {
  const noun = nounOf(operation);
  const table = noun && TABLES[noun];
  const id = (noun && PLAIN[noun]) ?? (table && (await world.idOf('own', table))) ?? randomUUID();
  return operation.path
    .replace('{organisation}', world.organisations.own.slug)
    .replace('{seq}', '1')
    .replaceAll(/\{\w+\}/g, id);
}

interface Described {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: {
    readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>>;
  };
}

const describedOf = ({ method, path }: Operation): Described =>
  (description.paths[path] as Record<string, Described>)[method.toLowerCase()]!;

/** The schema of an operation's JSON body, or null. */
function bodyOf(operation: Operation): JsonSchema | null {
  const schema = describedOf(operation).requestBody?.content?.['application/json']?.schema;
  return schema ? resolved(description, schema) : null;
}

/** A body that fits, with one value at a time put in place of one of its leaves. */
function* mutations(body: unknown, value: unknown): Generator<{ at: string; body: unknown }> {
  if (Array.isArray(body)) {
    for (const [at, item] of body.entries()) {
      for (const inner of mutations(item, value)) {
        yield { at: `${at}.${inner.at}`, body: body.with(at, inner.body) };
      }
    }
  } else if (typeof body === 'object' && body !== null) {
    for (const [name, item] of Object.entries(body)) {
      for (const inner of mutations(item, value)) {
        yield { at: `${name}.${inner.at}`, body: { ...body, [name]: inner.body } };
      }
    }
  }
  yield { at: '', body: value };
}

function withBodies(): [Operation, unknown][] {
  return operations.flatMap((operation) => {
    const schema = bodyOf(operation);
    if (!schema) return [];
    const sample = SAMPLES[operation.key]?.body;
    return [[operation, { ...(exampleOf(description, schema) as object), ...sample }] as const];
  });
}

beforeEach(() => {
  problems.length = 0;
});

it('refuses text that cannot be kept, in every field, and changes nothing', async () => {
  const before = await contents();
  for (const [operation, fits] of withBodies()) {
    const path = await pathOf(operation);
    for (const text of NEVER_TEXT) {
      for (const { at, body } of mutations(fits, text)) {
        const what = `${JSON.stringify(text)} at ${at}`;
        const status = await send(operation, what, { path, body: JSON.stringify(body) });
        if (status < 400) problems.push(`taken: ${operation.key} with ${what}`);
      }
    }
  }
  expect(problems).toEqual([]);
  expect(await contents()).toEqual(before);
}, 240_000);

it('refuses bodies that are none, and changes nothing', async () => {
  const before = await contents();
  for (const operation of operations.filter(({ method }) => method !== 'GET')) {
    const path = operation.path.replace('{organisation}', world.organisations.own.slug);
    const unknown = path.replaceAll(/\{\w+\}/g, randomUUID());
    for (const body of BROKEN_BODIES) {
      const what = `the body ${body.slice(0, 40)}`;
      const status = await send(operation, what, { path: unknown, body });
      if (status < 400) problems.push(`taken: ${operation.key} with ${what}`);
    }
    for (const headers of BAD_HEADERS) {
      const what = JSON.stringify(headers).slice(0, 60);
      await send(operation, what, { path: unknown, body: '{"aiSystemId":"none"}', headers });
    }
  }
  expect(problems).toEqual([]);
  expect(await contents()).toEqual(before);
}, 240_000);

it('never fails on a value of the wrong kind, size or script', async () => {
  for (const [operation, fits] of withBodies()) {
    const path = await pathOf(operation);
    for (const value of ODD) {
      for (const { at, body } of mutations(fits, value)) {
        const what = `${JSON.stringify(value).slice(0, 60)} at ${at}`;
        await send(operation, what, { path, body: JSON.stringify(body) });
      }
    }
  }
  expect(problems).toEqual([]);
}, 240_000);

it('never fails on an address or query that nobody meant', async () => {
  const before = await contents();
  const cursors = BAD_CURSORS.map((key) => Buffer.from(JSON.stringify(key)).toString('base64url'));
  for (const operation of operations) {
    const path = await pathOf(operation);
    const asked = describedOf(operation).parameters?.filter((each) => each.in === 'query') ?? [];
    for (const { name } of operation.method === 'GET' ? asked : []) {
      for (const value of name === 'cursor' ? [...BAD_QUERIES, ...cursors] : BAD_QUERIES) {
        await send(operation, `${name}=${value}`, { path, query: `?${name}=${value}` });
      }
      await send(operation, `${name} twice`, { path, query: `?${name}=a&${name}=b` });
    }
    for (const part of BAD_PARTS) {
      const names = [...operation.path.matchAll(/\{\w+\}/g)].map(([name]) => name);
      for (const name of names) {
        const bad = operation.path
          .replace(name, part)
          .replace('{organisation}', world.organisations.own.slug)
          .replace('{seq}', '1')
          .replaceAll(/\{\w+\}/g, randomUUID());
        await send(operation, `${name} as ${part}`, { path: bad, body: '{}' });
      }
    }
  }
  expect(problems).toEqual([]);
  expect(await contents()).toEqual(before);
}, 240_000);
