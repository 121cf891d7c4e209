import { CLIENT_ROLES } from '@plumbline/policies';
import { randomUUID } from 'node:crypto';
import { describeApi } from '../../apps/api/src/platform/http/open-api.ts';
import { AUTHORISATION } from './authorisation.data.ts';
import {
  openIsolationWorld,
  type Caller,
  type IsolationWorld,
  type Relation,
} from './isolation-world.ts';
import { nounOf, operationsOf, type Operation } from './operations.ts';
import { PLAIN, SAMPLES, TABLES } from './samples.data.ts';

/** Generated from the API's description: every operation × every kind of caller × every relation. */
let world: IsolationWorld;
let operations: Operation[];
let cells = 0;

beforeAll(async () => {
  world = await openIsolationWorld();
  operations = operationsOf(describeApi(world.api.app as never));
}, 120_000);

afterAll(async () => {
  process.stdout.write(`isolation: ${cells} cells of ${operations.length} operations\n`);
  await world.close();
});

interface Answer {
  readonly status: number;
  /** The body without what differs from request to request. */
  readonly body: string;
}

async function call(
  operation: Operation,
  caller: Caller,
  organisation: string,
  id: string,
): Promise<Answer> {
  cells += 1;
  const path = operation.path
    .replace('{organisation}', organisation)
    .replace('{seq}', '1')
    .replaceAll(/\{\w+\}/g, encodeURIComponent(id));
  const sample = SAMPLES[operation.key];
  const changes = operation.method !== 'GET';
  const response = await fetch(`${world.address}${path}${sample?.query ?? ''}`, {
    method: operation.method,
    headers: {
      ...caller.headers,
      ...(changes && { 'idempotency-key': randomUUID(), 'if-match': '"1"' }),
      ...(changes && sample?.body && { 'content-type': 'application/json' }),
    },
    ...(changes && sample?.body && { body: JSON.stringify(sample.body) }),
  });
  // A file or a stream is not read: that it was given is what counts.
  const isText = /json|text\/plain/.test(response.headers.get('content-type') ?? '');
  const text = isText ? await response.text() : '';
  await (isText ? null : response.body?.cancel());
  return { status: response.status, body: text.replace(/"reference":"[^"]*"/, '') };
}

type Place = 'atClient' | 'atFirm';

function isAllowed(operation: Operation, { name }: Caller, place: Place = 'atClient'): boolean {
  const rule = AUTHORISATION[operation.key]!;
  if (rule === 'public') return true;
  if (rule === 'signed-in') return name !== 'anonymous' && name !== 'token';
  return (rule[place] as readonly string[]).includes(name);
}

/** A firm's administrator keeps the firm and has no place in a client; a client's people none in the firm. */
const hasPlace = ({ name }: Caller, place: Place): boolean =>
  place === 'atFirm' ? name.startsWith('firm.') : name !== 'firm.admin';

/** What a caller without the right sees: not signed in, not there, or not allowed. */
const refusalOf = (caller: Caller, place: Place): number =>
  caller.name === 'anonymous' ? 401 : hasPlace(caller, place) ? 403 : 404;

it('has a row for every operation, and no row for an operation that is gone', () => {
  expect(Object.keys(AUTHORISATION).sort()).toEqual(operations.map(({ key }) => key).sort());
});

it('knows an object of every kind that an address names', async () => {
  const nouns = new Set(operations.filter(namesAnObject).map(nounOf));
  const missing: string[] = [];
  for (const noun of nouns) {
    const table = TABLES[noun!];
    if (!table || !(await world.idOf('own', table)) || !(await world.idOf('sibling', table)))
      missing.push(noun!);
  }
  expect(missing).toEqual([]);
});

/** Whether an address names an object that somebody at a client may reach. */
function namesAnObject(operation: Operation): boolean {
  const rule = AUTHORISATION[operation.key];
  const reached = typeof rule === 'object' && rule.atClient.length > 0;
  return reached && operation.ids.length > 0 && !PLAIN[nounOf(operation) ?? ''];
}

/** The id of an object in an organisation, for the address of this operation. */
async function idIn(relation: Relation, operation: Operation): Promise<string> {
  const noun = nounOf(operation);
  if (noun && PLAIN[noun]) return PLAIN[noun];
  return (noun && TABLES[noun] && (await world.idOf(relation, TABLES[noun]))) || randomUUID();
}

it.each(['atClient', 'atFirm'] as const)(
  'lets in exactly those that the table names, %s',
  async (place) => {
    const { slug } = place === 'atFirm' ? world.firm : world.organisations.own;
    const wrong: string[] = [];
    for (const operation of operations.filter(({ inOrganisation }) => inOrganisation)) {
      // Reads get a real object. Changes get an unknown one, so that nothing is used up on the way.
      const id = operation.method === 'GET' ? await idIn('own', operation) : randomUUID();
      for (const caller of world.callers) {
        const { status } = await call(operation, caller, slug, id);
        const stopped = status === 401 || status === 403;
        const fits = isAllowed(operation, caller, place)
          ? !stopped && status < 500
          : status === refusalOf(caller, place);
        if (!fits) wrong.push(`${operation.key} as ${caller.name}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  },
  240_000,
);

it.each(['sibling', 'unrelated'] as const)(
  'answers for a %s organisation exactly as for one that does not exist',
  async (relation) => {
    const wrong: string[] = [];
    for (const operation of operations.filter(({ inOrganisation }) => inOrganisation)) {
      const id = await idIn(relation, operation);
      for (const caller of world.callers) {
        const there = await call(operation, caller, world.organisations[relation].slug, id);
        if (AUTHORISATION[operation.key] === 'public') continue;
        const nowhere = await call(operation, caller, 'no-such-organisation', id);
        const expected = caller.name === 'anonymous' ? 401 : 404;
        if (there.status !== expected || there.body !== nowhere.body)
          wrong.push(`${operation.key} as ${caller.name}: ${there.status}`);
      }
    }
    expect(wrong).toEqual([]);
  },
  240_000,
);

it.each(['sibling', 'unrelated'] as const)(
  'answers for an object of a %s organisation exactly as for an unknown one',
  async (relation) => {
    const wrong: string[] = [];
    const within = operations.filter(namesAnObject);
    for (const operation of within) {
      const foreign = await idIn(relation, operation);
      for (const caller of world.callers.filter((each) => isAllowed(operation, each))) {
        const { slug } = world.organisations.own;
        const theirs = await call(operation, caller, slug, foreign);
        const unknown = await call(operation, caller, slug, randomUUID());
        const reached = theirs.status === 404 || unknown.status === theirs.status;
        if (!reached || theirs.status < 400 || theirs.body !== unknown.body)
          wrong.push(`${operation.key} as ${caller.name}: ${theirs.status}, ${unknown.status}`);
      }
    }
    expect(wrong).toEqual([]);
  },
  240_000,
);

it('reaches the service with each sample, so that a foreign id is really looked for', async () => {
  const manager = world.callers.find(({ name }) => name === 'client.aims_manager')!;
  const short: string[] = [];
  for (const operation of operations.filter(namesAnObject)) {
    const who = isAllowed(operation, manager)
      ? manager
      : world.callers.find((caller) => isAllowed(operation, caller))!;
    const { status } = await call(operation, who, world.organisations.own.slug, randomUUID());
    if (status !== 404) short.push(`${operation.key} as ${who.name}: ${status}`);
  }
  expect(short).toEqual([]);
});

it('asks for a session wherever it is not public', async () => {
  const wrong: string[] = [];
  const anonymous = world.callers.find(({ name }) => name === 'anonymous')!;
  for (const operation of operations.filter(({ inOrganisation }) => !inOrganisation)) {
    const { status } = await call(operation, anonymous, '', randomUUID());
    const isPublic = AUTHORISATION[operation.key] === 'public';
    if (isPublic ? status === 401 && !/sessions$/.test(operation.key) : status !== 401)
      wrong.push(`${operation.key}: ${status}`);
  }
  expect(wrong).toEqual([]);
});

it('never lets an adviser or a token decide', () => {
  const deciding = Object.entries(AUTHORISATION).filter(([key]) => key.endsWith('/decide'));
  expect(deciding.length).toBeGreaterThan(0);
  for (const [, rule] of deciding) {
    const { atClient, atFirm } = rule as { atClient: readonly string[]; atFirm: readonly string[] };
    expect(atFirm).toEqual([]);
    for (const name of atClient) expect(CLIENT_ROLES).toContain(name);
  }
});
