import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { createApplication } from '../../../apps/api/src/application.ts';
import { newId } from '../../../apps/api/src/platform/ids.ts';
import { TenantDatabase } from '../../../apps/api/src/platform/database/tenant-database.ts';
import { Runs } from '../../../apps/api/src/runs/index.ts';
import { Workflows } from '../../../apps/api/src/workflows/index.ts';
import { createTestDatabase } from '../../../apps/api/test/support/test-database.ts';
import { aMember, anOrganisation } from '../../../apps/api/test/support/world.ts';
import { abilityFor } from '../../../libs/policies/src/index.ts';
import { threeApprovals, roles } from './three-approvals.mjs';

/**
 * The product's own application on a database of its own, with one client organisation, three
 * approvers of different roles, the workflow of three approvals, and an AI system for each of
 * `clients`, so that they do not wait for each other.
 */
export async function anOffice({ databaseUrl, clients }) {
  process.env.TEST_ADMIN_DATABASE_URL = databaseUrl;
  const database = await createTestDatabase();
  const app = await createApplication(
    database.configurationOf('http', { DATABASE_POOL_SIZE: '20', LOG_LEVEL: 'error' }),
  );
  await app.init();
  const tenant = app.get(TenantDatabase);
  const organisation = await anOrganisation(database);
  const people = [];
  for (const role of roles) people.push(await aMember(database, organisation, [role], role));
  const contexts = people.map((personId, at) => contextOf(organisation, personId, [roles[at]]));
  const systems = Array.from({ length: clients }, () => newId());
  await database.admin(
    `insert into app.ai_system (organisation_id, id, number, name)
     select $1, id, n, 'System ' || n from unnest($2::uuid[]) with ordinality as s (id, n)`,
    [organisation.id, systems],
  );
  await tenant.transaction(contexts[0], (tx) =>
    app.get(Workflows).publish(tx, contexts[0], threeApprovals),
  );
  return {
    ...{ app, database, tenant, organisation, people, contexts, systems },
    runs: app.get(Runs),
    /** A connection of the database's administrator, for looking. */
    observe: async () => {
      const client = new pg.Client({ connectionString: database.adminUrl });
      await client.connect();
      return client;
    },
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}

function contextOf(organisation, personId, held) {
  return {
    organisationId: organisation.id,
    organisationSlug: organisation.slug,
    organisationName: 'Alder Foods',
    personId,
    personName: held[0],
    roles: held,
    relation: 'member',
    firmId: null,
    ability: abilityFor({ roles: held, relation: 'member' }),
    steppedUpAt: new Date(),
    sessionId: newId(),
    requestId: newId(),
  };
}

/** Starts the run of one process; answers its id and its first task. */
export async function startRun({ tenant, runs, contexts, systems }, client) {
  const started = await tenant.transaction(contexts[0], (tx) =>
    runs.start(tx, contexts[0], {
      workflow: threeApprovals.key,
      aiSystemId: systems[client],
      cause: newId(),
      alongside: true,
      quiet: true,
    }),
  );
  return { id: started.run.id, task: started.opened[0] };
}

/** Stops when what is stored is not `done` processes, each ended, each with its whole history. */
export async function requireWhole({ database }, { runs, decisions, commands }) {
  const [stored] = await database.admin(
    `select
       (select count(*)::int from app.run where status = 'ended') as ended,
       (select count(*)::int from app.run_event where type = 'decision-recorded') as decided,
       (select count(*)::int from app.run r where r.version <>
          (select count(*) from app.run_event e where e.run_id = r.id)) as torn,
       (select count(*)::int from app.record_event where action = 'task.decided') as recorded,
       (select count(*)::int from app.command_log where carried_out_at is not null) as commands`,
  );
  if (stored.torn > 0) throw new Error(`${stored.torn} runs do not agree with their events`);
  if (runs !== undefined && stored.ended !== runs)
    throw new Error(`${stored.ended} runs ended, ${runs} were finished`);
  if (stored.decided !== decisions || stored.recorded !== decisions)
    throw new Error(`${stored.decided} decided, ${stored.recorded} recorded, ${decisions} made`);
  if (commands !== undefined && stored.commands !== commands)
    throw new Error(`${stored.commands} commands are noted as carried out, ${commands} were`);
}

/** A session of each approver; answers the cookies. */
export async function signIn({ database, people }) {
  const cookies = [];
  for (const personId of people) {
    const secret = randomBytes(32).toString('base64url');
    await database.admin(
      `insert into app.session (id, person_id, token_hash, expires_at, stepped_up_at)
       values ($1, $2, $3, now() + interval '12 hours', now())`,
      [newId(), personId, createHash('sha256').update(secret).digest()],
    );
    cookies.push(`plumbline=${secret}`);
  }
  return cookies;
}
