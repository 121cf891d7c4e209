import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { TOKEN_SCOPES } from '@plumbline/contracts';
import { CLIENT_ROLES, EXTERNAL_ROLES, FIRM_ROLES, type MemberRole } from '@plumbline/policies';
import { stories, Storyteller } from '../../apps/api/src/demo/index.ts';
import { newId } from '../../apps/api/src/platform/ids.ts';
import { startTestApi, type TestApi } from '../../apps/api/test/support/test-api.ts';
import {
  aMember,
  anEngagement,
  anOrganisation,
  type TestOrganisation,
} from '../../apps/api/test/support/world.ts';
import { FURNITURE } from './samples.data.ts';

/** Where an organisation stands to the one that the callers belong to. */
export type Relation = 'own' | 'sibling' | 'unrelated';

/** Somebody who calls: a member or adviser with one role, a service token, or nobody. */
export interface Caller {
  readonly name: MemberRole | 'token' | 'anonymous';
  readonly headers: Readonly<Record<string, string>>;
}

/** The product with three clients of which the callers belong to one, and an object of each kind in each. */
export interface IsolationWorld {
  readonly api: TestApi;
  readonly address: string;
  readonly callers: readonly Caller[];
  readonly organisations: Readonly<Record<Relation, TestOrganisation>>;
  /** The firm that the first two clients engaged: home of the callers with a firm's role. */
  readonly firm: TestOrganisation;
  /** What the first object of a table (`table.column`, else by id) in an organisation is called, or null. */
  idOf(relation: Relation, place: string): Promise<string | null>;
  close(): Promise<void>;
}

const WORKING_TIMES = {
  ...{ timeZone: 'Europe/London', workingDays: [1], worksFrom: '09:00', worksUntil: '17:00' },
  ...{ holidayCalendar: 'custom', daysOff: [], headcount: null },
};

const ANYBODY = { 'X-Plumbline-Client': 'isolation-test' };

/** A whole small life: an office tool from its proposal to its use, with a task and a decision. */
const LIFE = stories.find(({ stopsAt }) => stopsAt.length === 0)!;

/**
 * One firm engaged by two clients, of which its people may enter one; a third client knows neither.
 * Every client has an object of each kind.
 */
export async function openIsolationWorld(): Promise<IsolationWorld> {
  const api = await startTestApi();
  const server = api.app as NestExpressApplication;
  await server.listen(0, '127.0.0.1');
  const address = await server.getUrl();
  const { database } = api;
  const firm = await anOrganisation(database, { kind: 'firm', name: 'Isolation Firm' });
  const strangers = await anOrganisation(database, { kind: 'firm', name: 'Another Firm' });
  const organisations = {
    own: await anOrganisation(database, { name: 'Own Client' }),
    sibling: await anOrganisation(database, { name: 'Sibling Client' }),
    unrelated: await anOrganisation(database, { name: 'Unrelated Client' }),
  };
  const callers = await callersOf(api, firm, organisations.own);
  await anEngagement(database, organisations.own, firm);
  await anEngagement(database, organisations.sibling, firm);
  await anEngagement(database, organisations.unrelated, strangers);
  // The firm works at the sibling too, but through somebody else.
  await database.admin('update app.engagement set people = $1 where organisation_id = $2', [
    [await aMember(database, firm, ['firm.lead'], 'The one at the sibling')],
    organisations.sibling.id,
  ]);
  for (const organisation of Object.values(organisations)) {
    const token = await furnish(api, address, organisation);
    if (organisation !== organisations.own) continue;
    callers.push({ name: 'token', headers: { ...ANYBODY, authorization: `Bearer ${token}` } });
  }
  return {
    api,
    address,
    callers,
    organisations,
    firm,
    idOf: async (relation, place) => {
      const [table, column = 'id'] = place.split('.');
      const [row] = await database.admin<{ id: string }>(
        `select ${column} as id from app.${table} where organisation_id = $1 order by 1 limit 1`,
        [organisations[relation].id],
      );
      return row?.id ?? null;
    },
    close: () => api.close(),
  };
}

/** One person for each role, in the client or in the firm that it engaged, and nobody at all. */
async function callersOf(
  api: TestApi,
  firm: TestOrganisation,
  client: TestOrganisation,
): Promise<Caller[]> {
  const callers: Caller[] = [{ name: 'anonymous', headers: ANYBODY }];
  for (const role of [...CLIENT_ROLES, ...EXTERNAL_ROLES, ...FIRM_ROLES]) {
    const home = role.startsWith('firm.') ? firm : client;
    const personId = await aMember(api, home, [role], `Someone with ${role}`);
    callers.push({ name: role, headers: await sessionOf(api, personId) });
  }
  return callers;
}

/** Puts an object of each kind into the organisation; answers the secret of its service token. */
async function furnish(
  api: TestApi,
  address: string,
  organisation: TestOrganisation,
): Promise<string> {
  await aMember(api, organisation, ['client.system_owner', 'client.staff'], 'An owner');
  const manager = await aMember(api, organisation, ['client.aims_manager'], 'A manager');
  await api.app.get(Storyteller, { strict: false }).tell({ ...LIFE, client: organisation.slug });
  const headers = await sessionOf(api, manager);
  const [system] = await api.admin<{ id: string }>(
    'select id from app.ai_system where organisation_id = $1 limit 1',
    [organisation.id],
  );
  const post = async (path: string, body: object, method = 'POST'): Promise<unknown> => {
    const response = await fetch(`${address}/api/organisations/${organisation.slug}/${path}`, {
      method,
      headers: {
        ...headers,
        'idempotency-key': randomUUID(),
        ...(body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      },
      body: body instanceof FormData ? body : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : null;
  };
  for (const { path, body, method } of FURNITURE) await post(path, body(system!.id), method);
  const [webhook] = await api.admin<{ id: string }>(
    'select id from app.webhook where organisation_id = $1',
    [organisation.id],
  );
  await post(`webhooks/${webhook!.id}/tests`, {});
  // Declared by top management of a micro organisation, which this one is not.
  await api.admin(
    `insert into app.separation_exception
       (organisation_id, id, rule, reason, compensating_control, expires_on, declared_by)
     values ($1, $2, 'SOD-10', 'Few people.', 'A second look.', current_date + 30, $3)`,
    [organisation.id, newId(), manager],
  );
  await api.admin(
    `insert into app.absence
       (organisation_id, id, person_id, substitute_id, from_on, until_on, note, declared_by)
     select $1, $2, $3, person_id, current_date + 300, current_date + 301, '', $3
     from app.member where organisation_id = $1 and person_id <> $3 limit 1`,
    [organisation.id, newId(), manager],
  );
  await api.admin(
    `insert into app.working_calendar (organisation_id, id, version, before, after, changed_by)
     values ($1, $2, 2, $4, $4, $3)`,
    [organisation.id, newId(), manager, WORKING_TIMES],
  );
  // Offered by a firm, through its own organisation.
  await api.admin(
    `insert into app.workflow_offer
       (organisation_id, id, firm_id, firm_name, key, firm_version, name, purpose, definition, layout,
        hash, note, offered_by)
     select organisation_id, $2, organisation_id, 'A firm', key, 1, name, purpose, definition, '{}',
            hash, '', $3
     from app.workflow_version where organisation_id = $1 limit 1`,
    [organisation.id, newId(), manager],
  );
  const expiresAt = new Date(Date.now() + 24 * 3600 * 1000).toISOString();
  const token = await post('tokens', { name: 'CI', scopes: [...TOKEN_SCOPES], expiresAt });
  return (token as { secret: string }).secret;
}

async function sessionOf(api: TestApi, personId: string): Promise<Record<string, string>> {
  const secret = randomBytes(32).toString('base64url');
  await api.admin(
    `insert into app.session (id, person_id, token_hash, expires_at, stepped_up_at)
     values ($1, $2, $3, now() + interval '12 hours', now())`,
    [newId(), personId, createHash('sha256').update(secret).digest()],
  );
  return { ...ANYBODY, cookie: `plumbline=${secret}` };
}
