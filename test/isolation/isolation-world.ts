import { createHash, randomBytes } from 'node:crypto';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { CLIENT_ROLES, EXTERNAL_ROLES, FIRM_ROLES, type MemberRole } from '@plumbline/policies';
import { newId } from '../../apps/api/src/platform/ids.ts';
import { startTestApi, type TestApi } from '../../apps/api/test/support/test-api.ts';
import {
  aMember,
  anEngagement,
  anOrganisation,
  type TestOrganisation,
} from '../../apps/api/test/support/world.ts';

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
  /** Ids by table, for the objects of each organisation. */
  idOf(relation: Relation, table: string): Promise<string | null>;
  close(): Promise<void>;
}

const CLIENT = 'isolation-test';

/** One firm engaged by two clients, of which its people may enter one; a third client knows neither. */
export async function openIsolationWorld(): Promise<IsolationWorld> {
  const api = await startTestApi();
  const server = api.app as NestExpressApplication;
  await server.listen(0, '127.0.0.1');
  const address = await server.getUrl();
  const { database } = api;
  const firm = await anOrganisation(database, { kind: 'firm', name: 'Isolation Firm' });
  const own = await anOrganisation(database, { name: 'Own Client' });
  const sibling = await anOrganisation(database, { name: 'Sibling Client' });
  const unrelated = await anOrganisation(database, { name: 'Unrelated Client' });
  await anEngagement(database, own, firm);
  await anEngagement(database, sibling, firm);

  const callers: Caller[] = [{ name: 'anonymous', headers: { 'X-Plumbline-Client': CLIENT } }];
  for (const role of [...CLIENT_ROLES, ...EXTERNAL_ROLES, ...FIRM_ROLES]) {
    const home = role.startsWith('firm.') ? firm : own;
    const personId = await aMember(database, home, [role], `Someone with ${role}`);
    callers.push({ name: role, headers: await sessionOf(api, personId) });
  }
  const outsider = await aMember(database, firm, ['firm.lead'], 'The only one at the sibling');
  await database.admin('update app.engagement set people = $1 where organisation_id = $2', [
    [outsider],
    sibling.id,
  ]);

  const organisations = { own, sibling, unrelated };
  for (const organisation of Object.values(organisations)) {
    const manager = await aMember(database, organisation, ['client.aims_manager'], 'A manager');
    await furnish(address, organisation, await sessionOf(api, manager));
  }
  callers.push({ name: 'token', headers: await tokenOf(api, own) });

  return {
    api,
    address,
    callers,
    organisations,
    idOf: async (relation, table) => {
      const [row] = await database.admin<{ id: string }>(
        `select id from app.${table} where organisation_id = $1 order by id limit 1`,
        [organisations[relation].id],
      );
      return row?.id ?? null;
    },
    close: () => api.close(),
  };
}

async function sessionOf(api: TestApi, personId: string): Promise<Record<string, string>> {
  const secret = randomBytes(32).toString('base64url');
  await api.admin(
    `insert into app.session (id, person_id, token_hash, expires_at, stepped_up_at)
     values ($1, $2, $3, now() + interval '12 hours', now())`,
    [newId(), personId, createHash('sha256').update(secret).digest()],
  );
  return { 'X-Plumbline-Client': CLIENT, cookie: `plumbline=${secret}` };
}
