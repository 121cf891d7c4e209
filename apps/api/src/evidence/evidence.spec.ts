import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MAX_EVIDENCE_BYTES } from '@plumbline/contracts';
import { startTestApi, type Client, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from '../../test/support/world.ts';
import { AiSystems } from '../ai-systems/index.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { Evidence } from './index.ts';

const TEXT = Buffer.from('The committee agreed.');
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('evidence', () => {
  let api: TestApi;
  let organisation: TestOrganisation;
  let client: Client;

  beforeAll(async () => {
    api = await startTestApi();
    organisation = await anOrganisation(api);
    client = await api.signIn(await aMember(api, organisation, ['client.aims_manager']));
  });
  afterAll(() => api.close());

  const path = (rest = '', { slug } = organisation) => `/api/organisations/${slug}/evidence${rest}`;
  const upload = (
    bytes: Buffer,
    name = 'minutes.txt',
    by = client,
    fields = { shows: 'Minutes' },
  ) => by.upload(path(), { bytes, name }, fields);
  const files = (): string[] => {
    const folder = join(api.database.dataDir, 'files');
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name);
  };

  it('is added, described by its hash, found and given out to be saved', async () => {
    const { body } = await upload(TEXT, 'minutes “final”.txt').expect(201);
    expect(body).toMatchObject({
      reference: 'EVD-0001',
      shows: 'Minutes',
      fileName: 'minutes “final”.txt',
      mediaType: 'text/plain',
      size: TEXT.length,
      sha256: sha256(TEXT),
      version: 1,
      supersedes: [],
    });
    const { body: list } = await client.get(path('?q=minutes')).expect(200);
    expect(list.items).toEqual([body]);
    const answer = await client.get(path(`/${body.id}/content`)).expect(200);
    expect(answer.text).toBe(TEXT.toString());
    expect(answer.headers).toMatchObject({
      'content-disposition': "attachment; filename*=UTF-8''minutes%20%E2%80%9Cfinal%E2%80%9D.txt",
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    });
  });

  it('may be a link instead of a file, and never both or neither', async () => {
    const link = 'https://wiki.example.org/minutes';
    const { body } = await client.post(path(), { shows: 'Minutes', link }).expect(201);
    expect(body).toMatchObject({ link, sha256: null, fileName: null });
    await client.get(path(`/${body.id}/content`)).expect(404);
    await client.post(path(), { shows: 'Minutes' }).expect(400);
    await client.post(path(), { shows: 'Minutes', link: 'javascript:alert(1)' }).expect(400);
    const both = await client.upload(path(), { bytes: TEXT, name: 'a.txt' }, { shows: 'x', link });
    expect(both.status).toBe(400);
  });

  const text = { bytes: TEXT, name: 'a.txt' };
  const huge = { bytes: Buffer.alloc(MAX_EVIDENCE_BYTES + 1, 'a'), name: 'a.txt' };
  const backwards = { shows: 'x', periodFrom: '2026-02-01', periodTo: '2026-01-01' };
  it.each([
    ['without words', text, {}, 400],
    ['with words that cannot be kept', text, { shows: 'a\0b' }, 400],
    ['of an unknown system', text, { shows: 'x', aiSystemId: newId() }, 404],
    ['of an unknown task', text, { shows: 'x', taskId: newId() }, 404],
    ['for a period that ends before it begins', text, backwards, 400],
    ['with a field that we do not know', text, { shows: 'x', addedBy: 'me' }, 400],
    ['disguised as a picture', { ...text, name: 'a.png' }, { shows: 'x' }, 415],
    ['larger than allowed', huge, { shows: 'x' }, 413],
  ])('refuses a file %s and stores nothing', async (_, file, fields, status) => {
    const before = files();
    const entries = () => api.admin('select id from app.record_event');
    const recorded = (await entries()).length;
    await client.upload(path(), file, fields).expect(status);
    expect(files()).toEqual(before);
    expect(await entries()).toHaveLength(recorded);
  });

  it('keeps earlier versions, which can still be opened', async () => {
    const { body: first } = await upload(Buffer.from('draft')).expect(201);
    const next = { bytes: Buffer.from('final'), name: 'final.txt' };
    const { body: second } = await client
      .upload(path(`/${first.id}/versions`), next, {}, { 'If-Match': '"1"' })
      .expect(201);
    expect(second).toMatchObject({ version: 2, fileName: 'final.txt', sha256: sha256(next.bytes) });
    expect(second.supersedes).toEqual([
      expect.objectContaining({ version: 1, sha256: first.sha256 }),
    ]);
    const versions = ['', '?version=1'].map((v) => client.get(path(`/${first.id}/content${v}`)));
    expect((await Promise.all(versions)).map(({ text }) => text)).toEqual(['final', 'draft']);
    await client.get(path(`/${first.id}/content?version=3`)).expect(404);
    await client.upload(path(`/${first.id}/versions`), next, {}, { 'If-Match': '"1"' }).expect(412);
  });

  it('does not give out a file that was changed on the disk', async () => {
    const { body } = await upload(Buffer.from('as signed')).expect(201);
    const kept = ['files', 'kept', organisation.id, body.sha256.slice(0, 2), body.sha256];
    writeFileSync(join(api.database.dataDir, ...kept), 'as forged');
    const { body: problem } = await client.get(path(`/${body.id}/content`)).expect(500);
    expect(problem.code).toBe('file-damaged');
  });

  it('is seen by its organisation alone, and by staff only where they added it', async () => {
    const { body } = await upload(TEXT).expect(201);
    const other = await anOrganisation(api, { name: 'Birch Homes' });
    const stranger = await api.signIn(await aMember(api, other, ['client.aims_manager']));
    const staff = await api.signIn(await aMember(api, organisation, ['client.staff']));
    for (const rest of [`/${body.id}`, `/${body.id}/content`]) {
      await stranger.get(path(rest)).expect(404);
      await stranger.get(path(rest, other)).expect(404);
      await staff.get(path(rest)).expect(404);
    }
    const next = { bytes: TEXT, name: 'a.txt' };
    await staff.upload(path(`/${body.id}/versions`), next, {}, { 'If-Match': '"1"' }).expect(404);
    const { body: own } = await upload(TEXT, 'mine.txt', staff).expect(201);
    const { body: list } = await staff.get(path()).expect(200);
    expect(list.items.map(({ id }: { id: string }) => id)).toEqual([own.id]);
    await staff.get(path(`/${own.id}/content`)).expect(200);
  });

  it('is added by staff to their own systems and tasks alone', async () => {
    const staff = await api.signIn(await aMember(api, organisation, ['client.staff']));
    const propose = async (by: Client) => {
      const at = `/api/organisations/${organisation.slug}/proposals`;
      const { body } = await by.post(at, { name: 'Chat' }).expect(201);
      return body as { aiSystemId: string; taskId: string };
    };
    const [own, other] = [await propose(staff), await propose(client)];
    const link = { shows: 'Minutes', link: 'https://wiki.example.org/minutes' };
    for (const name of ['aiSystemId', 'taskId'] as const) {
      await staff.post(path(), { ...link, [name]: own[name] }).expect(201);
      await staff.post(path(), { ...link, [name]: other[name] }).expect(404);
    }
  });

  it('is tied to a system and a run by other capabilities, and recorded', async () => {
    const { body } = await upload(TEXT).expect(201);
    const runId = newId();
    const ctx = { organisationId: organisation.id, personId: client.personId };
    const evidence = api.app.get(Evidence, { strict: false });
    const systems = api.app.get(AiSystems, { strict: false });
    const items = await api.app.get(TenantDatabase).transaction(ctx, async (tx) => {
      const system = await systems.create(tx, ctx, { name: 'Chat' });
      await evidence.link(tx, ctx, [body.id], {
        ...{ runId, aiSystemId: system.id, requirements: ['9.1', 'A.6.2.4', '9.1'] },
      });
      return evidence.ofRun(tx, ctx, runId);
    });
    expect(items).toMatchObject([{ id: body.id, runId, requirements: ['9.1', 'A.6.2.4'] }]);
    const found = await client.get(path(`?aiSystem=${items[0]!.aiSystemId}`));
    expect(found.body.items).toHaveLength(1);
    const recorded = await api.admin(
      'select action from app.record_event where entity_id = $1 order by ord',
      [body.id],
    );
    expect(recorded).toEqual([{ action: 'evidence.added' }, { action: 'evidence.linked' }]);
    const unknown = api.app
      .get(TenantDatabase)
      .transaction(ctx, (tx) => evidence.link(tx, ctx, [body.id, newId()], { runId }));
    await expect(unknown).rejects.toThrow(/nothing here/);
  });

  it('is listed newest first, page by page', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await client.get(path(`?limit=2${cursor}`)).expect(200);
      seen.push(...body.items.map(({ reference }: { reference: string }) => reference));
      cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
    } while (cursor);
    expect(seen).toEqual([...seen].sort().reverse());
    expect(new Set(seen).size).toBe(seen.length);
  });
});
