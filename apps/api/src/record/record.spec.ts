import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  leafHash,
  openCheckpoint,
  parsePublicKeyPem,
  parseTlogProof,
  utf8,
  verifyInclusion,
} from '@plumbline/evidence';
import {
  consistencyProofSchema,
  inclusionProofSchema,
  page,
  recordEventSchema,
  verificationKeysSchema,
} from '@plumbline/contracts';
import type { ZodType } from 'zod';
import { startTestApi, type Client, type TestApi } from '../../test/support/test-api.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { recordEvents } from '../platform/record/record-writer.ts';
import { Sequencer } from './sequencer.ts';
import { SigningKeys } from './signing-keys.ts';
import { Witness } from './witness.ts';

describe('the record through the API', () => {
  let api: TestApi;
  let auditor: Client;
  let staff: Client;
  const organisationId = newId();
  const otherId = newId();
  const auditorId = newId();
  let ids: string[] = [];
  let foreign: string[] = [];

  beforeAll(async () => {
    api = await startTestApi();
    await api.admin(
      `insert into app.organisation (id, slug, name, kind, mark_text, mark_plate) values
       ($1, 'northgate', 'Northgate Foods', 'client', 'NF', 1), ($2, 'other', 'Other', 'client', 'O', 2)`,
      [organisationId, otherId],
    );
    const staffId = newId();
    await api.admin(
      `insert into app.person (id, email, name) values ($1, 'a@x.example', 'Ines Audit'),
       ($2, 's@x.example', 'Sam Staff')`,
      [auditorId, staffId],
    );
    await api.admin(
      `insert into app.member (organisation_id, id, person_id, roles) values
       ($1, $2, $3, '{client.internal_auditor}'), ($1, $4, $5, '{client.staff}')`,
      [organisationId, newId(), auditorId, newId(), staffId],
    );
    auditor = await api.signIn(auditorId);
    staff = await api.signIn(staffId);
    const database = api.app.get(TenantDatabase);
    const write = (id: string, count: number) =>
      database.transaction({ organisationId: id, personId: auditorId }, (tx) =>
        recordEvents(
          tx,
          { organisationId: id, personId: auditorId },
          Array.from({ length: count }, (_, n) => ({
            action: n % 2 === 0 ? 'ai-system.created' : 'ai-system.changed',
            entity: 'ai-system',
            entityId: `s-${n}`,
            payload: { n },
          })),
        ),
      );
    ids = await write(organisationId, 9);
    foreign = await write(otherId, 2);
    const configuration = api.database.configurationOf('notary');
    const log = new TenantDatabase(configuration);
    const keys = new SigningKeys(configuration);
    const sequencer = new Sequencer(log, new Witness(configuration), keys, configuration);
    await sequencer.place(organisationId);
    await sequencer.place(otherId);
    await log.onApplicationShutdown();
    ids.push(...(await write(organisationId, 1)));
  });
  afterAll(() => api.close());

  const path = (rest = '', organisation = 'northgate') =>
    `/api/organisations/${organisation}/record${rest}`;

  const pageOfEvents = page(recordEventSchema);
  const read = async <T extends ZodType>(schema: T, from: string) =>
    schema.parse((await auditor.get(from).expect(200)).body);

  it('lists entries newest first, page by page, with who did it and their place', async () => {
    const first = await read(pageOfEvents, path('?limit=4'));
    const second = await read(pageOfEvents, path(`?limit=200&cursor=${first.nextCursor!}`));
    const items = [...first.items, ...second.items];
    expect(items.map(({ id }) => id)).toEqual(ids.toReversed());
    expect(second.nextCursor).toBeNull();
    expect(items[0]).toMatchObject({ index: null, by: { name: 'Ines Audit' }, payload: { n: 0 } });
    expect(items[1]).toMatchObject({ index: 8 });
  });

  it('filters', async () => {
    const found = await read(pageOfEvents, path('?action=ai-system.changed&entityId=s-3'));
    expect(found.items).toHaveLength(1);
  });

  it.each(['x', '1.x', '99999999999999999999.1'])('refuses the cursor %s', async (cursor) => {
    const { body } = await auditor.get(path(`?cursor=${cursor}`)).expect(400);
    expect(body).toMatchObject({ problems: [{ field: 'cursor' }] });
  });

  it('proves an entry with the public key alone', async () => {
    const answer = await api.anonymous.get('/api/verification-keys').expect(200);
    const keys = verificationKeysSchema.parse(answer.body);
    const given = await read(inclusionProofSchema, path(`/entries/${ids[3]!}/proof`));
    const proof = parseTlogProof(given.proof)!;
    const head = openCheckpoint(proof.checkpoint, parsePublicKeyPem(keys.record)!)!;
    const leaf = leafHash(utf8(given.entry));
    expect(verifyInclusion({ ...head, index: proof.index, leaf }, proof.hashes)).toBe(true);
  });

  it('answers alike for an unknown, a foreign and a waiting entry', async () => {
    for (const id of [newId(), foreign[0]!, ids.at(-1)!, 'nonsense']) {
      const { body } = await auditor.get(path(`/entries/${id}/proof`)).expect(404);
      expect(body).toMatchObject({ code: 'not-found' });
    }
    await auditor.get(path('', 'other')).expect(404);
  });

  it('gives the head and consistency proofs, and refuses impossible pairs', async () => {
    const { body: head } = await auditor.get(path('/checkpoint')).expect(200);
    expect(head).toMatchObject({ state: 'open', size: 9, waiting: 1, epoch: 1 });
    const proof = await read(consistencyProofSchema, path('/consistency?from=3&to=9'));
    expect(proof.hashes.length).toBeGreaterThan(0);
    await auditor.get(path('/consistency?from=3&to=10')).expect(400);
    await auditor.get(path('/consistency?from=0&to=9')).expect(400);
  });

  it('walks the log for whoever may verify, and says what is wrong in words', async () => {
    await staff.post(path('/verify')).expect(403);
    await api.anonymous.post(path('/verify')).expect(401);
    const good = await auditor.post(path('/verify')).expect(200);
    expect(good.body).toMatchObject({ ok: true, entries: 10, waiting: 1, size: 9, problems: [] });
    await api.admin(`update app.record_payload set payload = '{"n":1}' where event_id = $1`, [
      ids[2],
    ]);
    const bad = await auditor.post(path('/verify')).expect(200);
    expect(bad.body).toMatchObject({
      ok: false,
      problems: [
        {
          what: 'What happened is not what the entry was bound to: it has been changed.',
          where: `entry 2 (${ids[2]!})`,
        },
      ],
    });
  });
});
