import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Import, ImportMapping } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { startTestApi, type Client, type TestApi } from '../../test/support/test-api.ts';
import {
  aMember,
  anEngagement,
  anOrganisation,
  type TestOrganisation,
} from '../../test/support/world.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { ImportWork } from './import-work.ts';

const INVENTORY = readFileSync(
  new URL('../../../../test/fixtures/use-case-inventory.csv', import.meta.url),
);
const SIMPLE = 'Id,Name,Purpose,Stage,Owner\n1,Chat,Answers,live,\n2,Scan,Reads,proposed,\n';

// Whole imports, several in a test.
jest.setTimeout(30_000);

describe('imports', () => {
  let api: TestApi;
  let firm: TestOrganisation;
  let adviser: Client;

  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    firm = await anOrganisation(api, { kind: 'firm', name: 'Quay' });
    adviser = await api.signIn(await aMember(api, firm, ['firm.lead']));
  });

  const at = (organisation: TestOrganisation, rest = '') =>
    `/api/organisations/${organisation.slug}/imports${rest}`;
  const upload = async (by: Client, where: TestOrganisation, bytes: Buffer | string) => {
    const file = { bytes: Buffer.from(bytes), name: 'inventory.csv' };
    const { body } = await by.upload(at(where), file).expect(202);
    return body as Import;
  };
  const look = async (by: Client, where: TestOrganisation, { id }: Pick<Import, 'id'>) =>
    (await by.get(at(where, `/${id}`)).expect(200)).body as Import;

  /** Does the work that waits for an import, as the worker would. */
  const work = async ({ id }: Pick<Import, 'id'>, signal = new AbortController().signal) => {
    const waiting = await api.admin<{ id: string; organisation_id: string; topic: string }>(
      `select id, organisation_id, topic from app.outbox
       where payload->>'importId' = $1 and done_at is null order by run_at, id`,
      [id],
    );
    const jobs = api.app.get(ImportWork, { strict: false });
    for (const { topic, organisation_id: organisationId, ...message } of waiting) {
      const job = { id: message.id, organisationId, payload: { importId: id }, signal };
      if (topic === 'import.read') await jobs.read(job);
      else if (topic === 'import.check') await jobs.check(job);
      else await jobs.commit(job);
      await api.admin('update app.outbox set done_at = now() where id = $1', [message.id]);
    }
  };
  const read = async (by: Client, where: TestOrganisation, bytes: Buffer | string) => {
    const started = await upload(by, where, bytes);
    await work(started);
    return look(by, where, started);
  };
  const check = async (
    by: Client,
    where: TestOrganisation,
    file: Import,
    change: Partial<ImportMapping> = {},
  ) => {
    const mapping = { ...file.mapping!, ...change };
    await by
      .put(at(where, `/${file.id}/mapping`), mapping, { 'If-Match': `"${file.version}"` })
      .expect(202);
    await work(file);
    return look(by, where, file);
  };
  const confirm = (by: Client, where: TestOrganisation, { id, version }: Import) =>
    by.post(at(where, `/${id}/commit`), {}, { 'If-Match': `"${version}"` });
  const bringIn = async (
    by: Client,
    where: TestOrganisation,
    bytes: Buffer | string,
    change: Partial<ImportMapping> = {},
  ) => {
    const checked = await check(by, where, await read(by, where, bytes), change);
    await confirm(by, where, checked).expect(202);
    await work(checked);
    return look(by, where, checked);
  };
  const systems = (organisation?: string) =>
    api.admin<{ name: string; stage: string; facts: object; extra: object; missing: string[] }>(
      `select s.name, s.stage, s.facts, s.extra, s.missing, o.name as organisation
       from app.ai_system s join app.organisation o on o.id = s.organisation_id
       where $1::text is null or o.name = $1 order by s.number`,
      [organisation ?? null],
    );
  const aClient = async (name: string) => {
    const client = await anOrganisation(api, { name });
    await anEngagement(api, client, firm);
    return client;
  };
  const aClientWithManager = async () => {
    const client = await anOrganisation(api, { name: 'Cedar Clinics' });
    return {
      client,
      manager: await api.signIn(await aMember(api, client, ['client.aims_manager'])),
    };
  };

  describe('an inventory in the shape of the federal one', () => {
    it('needs no mapping by hand, makes the clients and imports every row', async () => {
      const before = (await systems()).length;
      const file = await read(adviser, firm, INVENTORY);
      expect(file).toMatchObject({ state: 'mapping', rows: 9, encoding: 'windows-1252' });
      const checked = await check(adviser, firm, file, { createOrganisations: true });
      const expected = {
        ...{ create: 9, update: 0, unchanged: 0, incomplete: 9, errors: 0, warnings: 3 },
        ...{ organisations: 2, impacting: 5 },
        newOrganisations: ['Department of Orchards', 'Bureau of Letters'],
      };
      expect(checked).toMatchObject({ state: 'checked', outcome: expected });
      expect(await systems()).toHaveLength(before);
      await confirm(adviser, firm, checked).expect(202);
      await work(checked);
      const done = await look(adviser, firm, checked);
      expect(done).toMatchObject({ state: 'done', outcome: expected });
      const orchards = await systems('Department of Orchards');
      expect(orchards).toMatchObject([
        { name: 'Orchard yield forecast', stage: 'live', facts: { impacting: 'neither' } },
        { name: 'Benefit triage', stage: 'pilot', facts: { impacting: 'rights' } },
        { name: 'Ladder safety camera', stage: 'live', facts: { impacting: 'safety' } },
      ]);
      expect(orchards[2]?.extra).toMatchObject({
        'Date Initiated': 'Nov-24',
        'If Other, please explain.': 'Sways in wind',
      });
      expect(orchards[0]?.missing).toContain('owner');

      const again = await bringIn(adviser, firm, INVENTORY, { createOrganisations: true });
      expect(again.outcome).toMatchObject({
        ...{ create: 0, update: 0, unchanged: 9, organisations: 2, newOrganisations: [] },
      });
    });
  });

  describe('a second file', () => {
    it('changes what differs, keeps what it leaves out, and records both', async () => {
      const { client, manager } = await aClientWithManager();
      await bringIn(manager, client, SIMPLE);
      const next = 'Id,Name,Purpose,Stage,Owner\n2,Scanner,,live,\n3,Plan,Plans,proposed,\n';
      const { outcome } = await bringIn(manager, client, next);
      expect(outcome).toMatchObject({ create: 1, update: 1, unchanged: 0 });
      const { body } = await manager.get(
        `/api/organisations/${client.slug}/ai-systems?sort=updatedAt`,
      );
      const rows = body.items.map(({ name, purpose, stage }: Record<string, string>) => [
        name,
        purpose,
        stage,
      ]);
      expect(new Map(rows.map((row: string[]) => [row[0], row]))).toEqual(
        new Map([
          ['Chat', ['Chat', 'Answers', 'live']],
          ['Scanner', ['Scanner', 'Reads', 'live']],
          ['Plan', ['Plan', 'Plans', 'proposed']],
        ]),
      );
      const recorded = await api.admin(
        `select action, count(*)::int as times from app.record_event
         where organisation_id = $1 and entity = 'ai-system' group by action order by action`,
        [client.id],
      );
      expect(recorded).toEqual([
        { action: 'ai-system.imported', times: 3 },
        { action: 'ai-system.updated', times: 1 },
      ]);
    });

    it('does not overrule what was decided here about stage and tier', async () => {
      const { client, manager } = await aClientWithManager();
      await bringIn(manager, client, SIMPLE);
      await api.admin(
        `update app.ai_system set stage = 'suspended', gate_state = 'refused'
         where organisation_id = $1 and name = 'Chat'`,
        [client.id],
      );
      const { outcome } = await bringIn(manager, client, SIMPLE);
      expect(outcome).toMatchObject({ create: 0, update: 0, unchanged: 2 });
      expect((await systems()).find(({ stage }) => stage === 'suspended')?.name).toBe('Chat');
    });
  });

  it('ties owners to members, by mail address or name, and says whom it does not know', async () => {
    const { client, manager } = await aClientWithManager();
    const owner = await aMember(api, client, ['client.system_owner'], 'Zoë Frey');
    const file = `Name,Owner\nChat,${owner}@EXAMPLE.org\nScan,zoë  frey\nPlan,Nobody Here\n`;
    const { outcome, problems } = await bringIn(manager, client, file);
    expect(outcome).toMatchObject({ create: 3, warnings: 1, errors: 0 });
    expect(problems).toEqual([
      expect.objectContaining({
        row: 4,
        column: 'Owner',
        value: 'Nobody Here',
        severity: 'warning',
      }),
    ]);
    const owned = await api.admin('select 1 from app.ai_system where owner_id = $1', [owner]);
    expect(owned).toHaveLength(2);
  });

  it('reports every row with its problem and imports nothing while one is there', async () => {
    const client = await aClient('Alder Foods');
    const file = await read(
      adviser,
      firm,
      'Client,Id,Name,Stage\nAlder Foods,1,Chat,live\nNobody,2,Scan,live\nalder foods,1,Plan,live\n,3,Sort,live\nAlder Foods,4,,flying\nAlder Foods,5,=x,live'.replace(
        '=x',
        '@x',
      ),
    );
    const checked = await check(adviser, firm, file);
    expect(checked.problems.map(({ row, column, severity }) => [row, column, severity])).toEqual([
      [3, 'Client', 'error'],
      [4, 'Id', 'error'],
      [5, 'Client', 'error'],
      [6, 'Stage', 'error'],
      [6, null, 'error'],
    ]);
    const { body } = await confirm(adviser, firm, checked).expect(422);
    expect(body.detail).toMatch(/^5 rows have problems/);
    const answer = await adviser.get(at(firm, `/${checked.id}/problems.csv`)).expect(200);
    expect(answer.headers['content-type']).toMatch(/^text\/csv/);
    expect(answer.text.split('\r\n')).toHaveLength(7);
    const found = await api.admin('select 1 from app.ai_system where organisation_id = $1', [
      client.id,
    ]);
    expect(found).toEqual([]);
  });

  it.each([
    ['ragged rows', 'Name,Stage\na,live\nb\n', /^Row 3 has 1 cells/],
    ['NUL bytes', 'Name\na\0\n', /^Line 2 holds a NUL/],
    ['a formula', 'Name\n=1\n', /^Row 2, column 1 holds a formula/],
    ['a header alone', 'Name,Stage\n', /header but no rows/],
    ['nothing', '', /empty/],
  ])('refuses a file with %s, and says where and what to do', async (_, text, reason) => {
    const file = await read(adviser, firm, text);
    expect(file.state).toBe('refused');
    expect(file.refusal).toMatch(reason);
    await adviser
      .put(
        at(firm, `/${file.id}/mapping`),
        { columns: [{ column: 'Name', target: 'name' }] },
        {
          'If-Match': `"${file.version}"`,
        },
      )
      .expect(409);
  });

  describe('all or nothing', () => {
    const count = async () => (await api.admin('select 1 from app.ai_system')).length;
    const organisations = async () => (await api.admin('select 1 from app.organisation')).length;

    it('leaves nothing when the database fails half-way, and resumes', async () => {
      const checked = await check(adviser, firm, await read(adviser, firm, INVENTORY), {
        createOrganisations: true,
      });
      await confirm(adviser, firm, checked).expect(202);
      const [systemsBefore, organisationsBefore] = [await count(), await organisations()];
      await api.admin(`
        create function app.fail_once() returns trigger language plpgsql as
          $$ begin if new.name = 'Seal reader' then raise exception 'disk on fire'; end if; return new; end $$;
        create trigger fail_once before insert on app.ai_system
          for each row execute function app.fail_once()`);
      await expect(work(checked)).rejects.toThrow('disk on fire');
      expect([await count(), await organisations()]).toEqual([systemsBefore, organisationsBefore]);
      expect((await look(adviser, firm, checked)).state).toBe('committing');
      await api.admin('drop function app.fail_once() cascade');
      await work(checked);
      expect((await look(adviser, firm, checked)).state).toBe('done');
      expect([await count(), await organisations()]).toEqual([
        systemsBefore + 9,
        organisationsBefore + 2,
      ]);
    });

    it('gives up after some tries with nothing imported', async () => {
      const checked = await check(adviser, firm, await read(adviser, firm, INVENTORY), {
        createOrganisations: true,
      });
      await confirm(adviser, firm, checked).expect(202);
      const before = await count();
      await api.admin(`
        create function app.fail_once() returns trigger language plpgsql as
          $$ begin raise exception 'disk on fire'; end $$;
        create trigger fail_once before insert on app.ai_system
          for each row execute function app.fail_once()`);
      for (let attempt = 1; attempt < 4; attempt += 1) {
        await expect(work(checked)).rejects.toThrow('disk on fire');
      }
      await work(checked);
      await api.admin('drop function app.fail_once() cascade');
      const ended = await look(adviser, firm, checked);
      expect(ended.state).toBe('refused');
      expect(ended.refusal).toMatch(/Nothing was imported/);
      expect(await count()).toBe(before);
    });

    it('undoes everything when it is cancelled or the worker stops', async () => {
      const checked = await check(adviser, firm, await read(adviser, firm, INVENTORY), {
        createOrganisations: true,
      });
      await confirm(adviser, firm, checked).expect(202);
      const before = [await count(), await organisations()];
      await expect(work(checked, AbortSignal.abort())).rejects.toThrow(/worker stops/);
      expect([await count(), await organisations()]).toEqual(before);
      await adviser.post(at(firm, `/${checked.id}/cancel`)).expect(200);
      await work(checked);
      expect((await look(adviser, firm, checked)).state).toBe('cancelled');
      expect([await count(), await organisations()]).toEqual(before);
      await confirm(adviser, firm, await look(adviser, firm, checked)).expect(409);
    });

    it('cannot be cancelled once it is done', async () => {
      const { client, manager } = await aClientWithManager();
      const done = await bringIn(manager, client, SIMPLE);
      await manager.post(at(client, `/${done.id}/cancel`)).expect(409);
      expect((await look(manager, client, done)).state).toBe('done');
    });

    it('does the work once when it is delivered twice', async () => {
      const { client, manager } = await aClientWithManager();
      const checked = await check(manager, client, await read(manager, client, SIMPLE));
      await confirm(manager, client, checked).expect(202);
      await Promise.all([work(checked), work(checked)]).catch((error: unknown) => {
        // The slower of the two finds the import ended and gives its own work up.
        expect(String(error)).toMatch(/ended by somebody else/);
      });
      expect((await look(manager, client, checked)).outcome).toMatchObject({ create: 2 });
      expect(
        await api.admin('select 1 from app.ai_system where organisation_id = $1', [client.id]),
      ).toHaveLength(2);
    });
  });

  it('lets two racing imports of the same file make every system once', async () => {
    const { client, manager } = await aClientWithManager();
    const files = await Promise.all(
      [1, 2].map(async () => check(manager, client, await read(manager, client, SIMPLE))),
    );
    for (const file of files) await confirm(manager, client, file).expect(202);
    await Promise.all(files.map((file) => work(file)));
    const done = await Promise.all(files.map((file) => look(manager, client, file)));
    expect(done.map(({ outcome }) => outcome?.create).sort()).toEqual([0, 2]);
  });

  describe('who may', () => {
    it('a firm reaches only clients that let it in', async () => {
      await anOrganisation(api, { name: 'Birch Homes' });
      const past = await aClient('Elm Energy');
      await api.admin('update app.engagement set revoked_at = now() where organisation_id = $1', [
        past.id,
      ]);
      const file = await read(adviser, firm, 'Client,Name\nBirch Homes,Chat\nElm Energy,Scan\n');
      const { problems, outcome } = await check(adviser, firm, file);
      expect(problems.map(({ problem }) => problem)).toEqual([
        'No client is called “Birch Homes”.',
        'You may not change “Elm Energy”.',
      ]);
      expect(outcome).toMatchObject({ errors: 2, create: 0, organisations: 0 });
    });

    it('a client imports its own rows only', async () => {
      const { client, manager } = await aClientWithManager();
      const file = await read(manager, client, 'Organisation,Name\nCedar Clinics,Chat\nElm,Scan\n');
      const { problems } = await check(manager, client, file);
      expect(problems).toMatchObject([{ row: 3, problem: '“Elm” is not this organisation.' }]);
    });

    it('nobody who lost access between the check and the commit', async () => {
      const checked = await check(adviser, firm, await read(adviser, firm, INVENTORY), {
        createOrganisations: true,
      });
      await confirm(adviser, firm, checked).expect(202);
      await api.admin(`update app.member set status = 'removed' where person_id = $1`, [
        adviser.personId,
      ]);
      await work(checked);
      const [row] = await api.admin<{ state: string; refusal: string }>(
        'select state, refusal from app.import where id = $1',
        [checked.id],
      );
      expect(row).toMatchObject({
        state: 'refused',
        refusal: expect.stringMatching(/may not import/),
      });
    });

    it('nobody who loses access while it runs', async () => {
      const client = await aClient('Quince Labs');
      const file = 'Organisation,Name\nQuince Labs,Chat\n';
      expect((await bringIn(adviser, firm, file)).state).toBe('done');
      const checked = await check(
        adviser,
        firm,
        await read(adviser, firm, `${file}Quince Labs,Scan\n`),
      );
      await confirm(adviser, firm, checked).expect(202);
      // The import waits for a row that is held here, and access ends meanwhile.
      const scope = { organisationId: client.id, personId: null };
      let running = Promise.resolve();
      await api.app.get(TenantDatabase).transaction(scope, async (tx) => {
        await tx.query(sql`select id from app.ai_system for update`);
        running = work(checked);
        for (let waiting = 0; waiting < 1;) {
          const rows = await api.admin(`
            select 1 from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`);
          waiting = rows.length;
        }
        await tx.execute(sql`update app.engagement set revoked_at = now()`);
      });
      await running;
      const { state, refusal } = await look(adviser, firm, checked);
      expect([state, refusal]).toEqual(['refused', expect.stringMatching(/may not import/)]);
      expect((await systems('Quince Labs')).map(({ name }) => name)).toEqual(['Chat']);
    });

    it('answers a foreign import like an unknown one', async () => {
      const file = await upload(adviser, firm, SIMPLE);
      const { client, manager } = await aClientWithManager();
      for (const id of [file.id, newId(), 'nonsense']) {
        await manager.get(at(client, `/${id}`)).expect(404);
        await manager.get(at(firm, `/${id}`)).expect(404);
        await manager.get(at(client, `/${id}/problems.csv`)).expect(404);
        await manager.post(at(client, `/${id}/cancel`)).expect(404);
        await manager.post(at(client, `/${id}/commit`), {}, { 'If-Match': '"1"' }).expect(404);
      }
    });

    it.each(['client.staff', 'client.system_owner', 'client.internal_auditor'] as const)(
      'not %s',
      async (role) => {
        const { client } = await aClientWithManager();
        const person = await api.signIn(await aMember(api, client, [role]));
        const before = readdirSync(join(api.database.dataDir, 'files'), { recursive: true }).length;
        await person.upload(at(client), { bytes: Buffer.from(SIMPLE), name: 'a.csv' }).expect(403);
        await person.get(at(client)).expect(403);
        expect(readdirSync(join(api.database.dataDir, 'files'), { recursive: true })).toHaveLength(
          before,
        );
      },
    );
  });

  it('needs the version that was read, and a file', async () => {
    const file = await read(adviser, firm, SIMPLE);
    await adviser
      .put(at(firm, `/${file.id}/mapping`), file.mapping!, { 'If-Match': '"1"' })
      .expect(412);
    await adviser.put(at(firm, `/${file.id}/mapping`), file.mapping!).expect(428);
    await adviser.post(at(firm)).expect(400);
  });

  it('keeps mappings and uses them for the next file of the same shape', async () => {
    const { client, manager } = await aClientWithManager();
    const text = 'Was,Wozu\nChat,Antworten\n';
    const file = await read(manager, client, text);
    const mapping: ImportMapping = {
      columns: [
        { column: 'Was', target: 'name', values: {} },
        { column: 'Wozu', target: 'purpose', values: {} },
      ],
      ...{ identity: [], createOrganisations: false },
    };
    expect(file.mapping).not.toEqual(mapping);
    await manager.put(at(client, '/mappings'), { name: 'Register', mapping }).expect(200);
    const { body } = await manager.get(at(client, '/mappings')).expect(200);
    expect(body.items).toMatchObject([{ name: 'Register', mapping }]);
    expect((await read(manager, client, text)).mapping).toEqual(mapping);
    await manager.delete(at(client, `/mappings/${body.items[0].id}`)).expect(204);
    await manager.delete(at(client, `/mappings/${body.items[0].id}`)).expect(404);
    expect((await read(manager, client, text)).mapping).toEqual(file.mapping);
  });

  it('lists imports, newest first, and tells what columns can become', async () => {
    const files = [await upload(adviser, firm, SIMPLE), await upload(adviser, firm, SIMPLE)];
    const { body: first } = await adviser.get(at(firm, '?limit=1')).expect(200);
    const { body: second } = await adviser.get(at(firm, `?limit=1&cursor=${first.nextCursor}`));
    const ids = [...first.items, ...second.items].map(({ id }: { id: string }) => id);
    expect(ids).toEqual(files.map(({ id }) => id).reverse());
    const { body: targets } = await adviser.get(at(firm, '/targets')).expect(200);
    expect(targets.items).toContainEqual(expect.objectContaining({ key: 'extra', many: true }));
  });
});
