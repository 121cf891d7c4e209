import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  consistencyFromTiles,
  leafHash,
  openCheckpoint,
  planConsistency,
  publicKeyOf,
  rootOf,
  tilesOf,
  verifyConsistency,
} from '@plumbline/evidence';
import { Logger } from '@nestjs/common';
import sql from 'sql-template-tag';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { recordEvents } from '../platform/record/record-writer.ts';
import { readTiles, readTree } from './log-store.ts';
import { Notary } from './notary.ts';
import { RecordAudit } from './record-audit.ts';
import { reopenRecord } from './reopen-record.ts';
import { Sequencer } from './sequencer.ts';
import { SigningKeys } from './signing-keys.ts';
import { Witness } from './witness.ts';

// Real processes and a real database: slow where many tests run at once.
jest.setTimeout(120_000);

let database: TestDatabase;
let writers: TenantDatabase;
let log: TenantDatabase;
let keys: SigningKeys;

beforeAll(async () => {
  Logger.overrideLogger(false);
  database = await createTestDatabase();
  writers = new TenantDatabase(database.configurationOf('http', { DATABASE_POOL_SIZE: '12' }));
  log = new TenantDatabase(database.configurationOf('notary'));
  keys = new SigningKeys(database.configurationOf('notary'));
});
afterAll(async () => {
  await writers.onApplicationShutdown();
  await log.onApplicationShutdown();
  await database.drop();
});

const witness = () => new Witness(database.configurationOf('notary'));
const sequencer = (kept = witness()) =>
  new Sequencer(log, kept, keys, database.configurationOf('notary'));
const audit = (organisationId: string) =>
  new RecordAudit(writers, keys, witness()).verify({ organisationId, personId: null });

/** A witness that fails once, before or after its file is written. */
class FailingWitness extends Witness {
  fail: 'before' | 'after' | null = null;

  override async keep(organisationId: string, note: string): Promise<void> {
    const when = this.fail;
    this.fail = null;
    if (when === 'before') throw new Error('power cut before the head was kept');
    await super.keep(organisationId, note);
    if (when === 'after') throw new Error('power cut after the head was kept');
  }
}

async function write(organisationId: string, count: number, { abort = false } = {}) {
  const scope = { organisationId, personId: null };
  const changes = Array.from({ length: count }, (_, n) => ({
    action: 'ai-system.changed',
    entity: 'ai-system',
    entityId: newId(),
    payload: { n },
  }));
  let ids: string[] = [];
  const work = writers.transaction(scope, async (tx) => {
    ids = await recordEvents(tx, scope, changes);
    if (abort) throw new Error('changed my mind');
  });
  if (!abort) await work;
  else await expect(work).rejects.toThrow('changed my mind');
  return abort ? [] : ids;
}

async function placeAll(organisationId: string, by = sequencer()) {
  for (;;) {
    const { more, forked } = await by.place(organisationId);
    if (forked !== null) return forked;
    if (!more) return null;
  }
}

const leavesOf = async (organisationId: string, epoch = 1) =>
  (
    await database.admin<{ event_id: string }>(
      'select event_id from app.log_leaf where organisation_id = $1 and epoch = $2 order by index',
      [organisationId, epoch],
    )
  ).map((row) => row.event_id);

describe('placing entries', () => {
  it('loses and doubles none with 8 writers, aborts, a long transaction and a notary that dies', async () => {
    const organisationId = newId();
    const failing = new FailingWitness(database.configurationOf('notary'));
    const first = sequencer(failing);
    const second = sequencer();
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const scope = { organisationId, personId: null };
    const slow = writers.transaction(scope, async (tx) => {
      const ids = await recordEvents(tx, scope, [
        { action: 'a.b', entity: 'e', entityId: 'slow', payload: null },
      ]);
      await held;
      return ids;
    });

    let deaths = 0;
    const written = Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        const ids: string[] = [];
        // On a slow machine the notaries come round less often: written until some have died.
        for (let turn = 0; turn < 60 || deaths < 3; turn += 1) {
          ids.push(
            ...(await write(organisationId, 1 + (turn % 3), { abort: (turn + writer) % 6 === 0 })),
          );
        }
        return ids;
      }),
    );
    let over = false;
    const notaries = [first, second].map(async (one, at) => {
      for (let turn = 0; !over; turn += 1) {
        if (at === 0) failing.fail = ([null, 'before', 'after'] as const)[turn % 3]!;
        if (turn % 7 === 6)
          await database.admin(
            `select pg_terminate_backend(pid) from pg_stat_activity
             where application_name = 'plumbline-notary' and datname = current_database()`,
          );
        await one.place(organisationId).catch(() => {
          deaths += 1;
        });
        if (turn === 3) letGo();
      }
    });
    const ids = [...(await written).flat()];
    letGo();
    ids.push(...(await slow));
    over = true;
    await Promise.all(notaries);
    expect(await placeAll(organisationId)).toBeNull();

    expect(deaths).toBeGreaterThan(2);
    const leaves = await leavesOf(organisationId);
    expect(leaves).toHaveLength(ids.length);
    expect(new Set(leaves)).toEqual(new Set(ids));
    expect(await audit(organisationId)).toMatchObject({
      ok: true,
      problems: [],
      entries: ids.length,
      size: ids.length,
      waiting: 0,
    });
  });

  it('waits for entries of an older transaction that is still running', async () => {
    const organisationId = newId();
    const scope = { organisationId, personId: null };
    await writers.transaction(scope, async (tx) => {
      await recordEvents(tx, scope, [{ action: 'a.b', entity: 'e', entityId: '1', payload: 1 }]);
      await write(organisationId, 2);
      expect(await sequencer().place(organisationId)).toMatchObject({ placed: 0 });
    });
    expect(await sequencer().place(organisationId)).toMatchObject({ placed: 3, forked: null });
  });

  it('orders transactions by number, also where that number gets longer', async () => {
    const organisationId = newId();
    const ids = await write(organisationId, 4);
    await database.admin(
      `set session_replication_role = replica;
       update app.record_event e set xid = v.xid::xid8
       from (values ('${ids[0]!}'::uuid, '100'), ('${ids[1]!}', '9'), ('${ids[2]!}', '99'),
                    ('${ids[3]!}', '20')) as v (id, xid) where e.id = v.id`,
    );
    await placeAll(organisationId);
    expect(await leavesOf(organisationId)).toEqual([ids[1], ids[3], ids[2], ids[0]]);
    expect(await audit(organisationId)).toMatchObject({ ok: true });
  });

  it('signs heads of which each extends every earlier one', async () => {
    const organisationId = newId();
    for (let turn = 1; turn <= 12; turn += 1) {
      await write(organisationId, turn * 7);
      expect(await placeAll(organisationId)).toBeNull();
    }
    const rows = await database.admin<{ note: string }>(
      'select note from app.log_checkpoint where organisation_id = $1 order by size',
      [organisationId],
    );
    const heads = rows.map(({ note }) => openCheckpoint(note, publicKeyOf(keys.record))!);
    expect(heads).toHaveLength(12);
    const scope = { organisationId, personId: null };
    const bad = await log.transaction(scope, async (tx) => {
      const tree = (await readTree(tx, organisationId))!;
      const wrong: string[] = [];
      for (const older of heads) {
        for (const newer of heads.filter(({ size }) => size >= older.size)) {
          const plan = tilesOf(planConsistency(older.size, newer.size));
          const tiles = await readTiles(tx, tree, plan);
          const proof = consistencyFromTiles(tiles, older.size, newer.size);
          if (!verifyConsistency(older, newer, proof)) wrong.push(`${older.size}-${newer.size}`);
        }
      }
      return wrong;
    });
    expect(bad).toEqual([]);
    const bodies = await database.admin<{ body: Buffer }>(
      `select e.body from app.log_leaf l join app.record_event e on e.id = l.event_id
       where l.organisation_id = $1 order by l.index`,
      [organisationId],
    );
    expect(rootOf(bodies.map(({ body }) => leafHash(body)))).toEqual(
      new Uint8Array(heads.at(-1)!.root),
    );
  });

  it('goes on where it was when it died between keeping a head and committing it', async () => {
    const organisationId = newId();
    const failing = new FailingWitness(database.configurationOf('notary'));
    await write(organisationId, 5);
    failing.fail = 'after';
    await expect(sequencer(failing).place(organisationId)).rejects.toThrow('power cut');
    await write(organisationId, 3);
    expect(await sequencer().place(organisationId)).toMatchObject({ placed: 8, forked: null });
    expect(await audit(organisationId)).toMatchObject({ ok: true, size: 8 });
  });

  it('finds what waits by itself, one leader at a time', async () => {
    const configuration = database.configurationOf('notary');
    const notaries = [1, 2].map(() => new Notary(configuration, log, sequencer(), witness()));
    const organisationId = newId();
    await write(organisationId, 4);
    for (const notary of notaries) await notary.onApplicationBootstrap();
    const placed = async (): Promise<number> => (await leavesOf(organisationId)).length;
    while ((await placed()) < 4);
    await notaries[0]!.beforeApplicationShutdown();
    await write(organisationId, 2);
    while ((await placed()) < 6);
    await notaries[1]!.beforeApplicationShutdown();
    expect(await audit(organisationId)).toMatchObject({ ok: true, size: 6 });
  });
});

describe('a restored database', () => {
  /** Brings the log back to `size`, as a restore of an older backup would. */
  async function restoreTo(organisationId: string, size: number) {
    await database.admin(
      `do $do$ begin
         set local session_replication_role = replica;
         create temp table lost on commit drop as
           select event_id from app.log_leaf
           where organisation_id = '${organisationId}' and index >= ${size};
         delete from app.record_payload where event_id in (select event_id from lost);
         delete from app.record_event where id in (select event_id from lost);
         delete from app.log_leaf where organisation_id = '${organisationId}';
         delete from app.log_tile where organisation_id = '${organisationId}';
         delete from app.log_checkpoint where organisation_id = '${organisationId}';
         delete from app.log_tree where organisation_id = '${organisationId}';
       end $do$`,
    );
    const kept = await witness().read(organisationId);
    // The log of that time, made by a notary that knows nothing of what came later.
    const elsewhere = { DATA_DIR: `${database.dataDir}/elsewhere` };
    const blind = new Witness(database.configurationOf('notary', elsewhere));
    expect(await placeAll(organisationId, sequencer(blind))).toBeNull();
    expect(await witness().read(organisationId)).toBe(kept);
  }

  it('signs nothing when entries are lost, says why, and goes on in a new epoch with the reason', async () => {
    const organisationId = newId();
    await write(organisationId, 6);
    await placeAll(organisationId);
    const before = await witness().read(organisationId);
    await write(organisationId, 4);
    await placeAll(organisationId);
    await restoreTo(organisationId, 6);

    expect(await placeAll(organisationId)).toContain('10 entries were signed');
    await write(organisationId, 2);
    expect(await placeAll(organisationId)).toContain('10 entries were signed');
    expect(await leavesOf(organisationId)).toHaveLength(6);
    expect((await audit(organisationId)).problems[0]!.what).toContain('10 entries were signed');

    const http = database.configurationOf('http');
    const request = {
      organisationId,
      reason: 'Disk failure, backup of 09:00',
      operator: 'Kim Roe',
    };
    await expect(reopenRecord(http, { ...request, reason: ' ' })).rejects.toThrow('Say why');
    await reopenRecord(http, request);
    expect(await placeAll(organisationId)).toBeNull();
    expect(await leavesOf(organisationId, 2)).toHaveLength(9);
    expect(await audit(organisationId)).toMatchObject({
      ok: true,
      epoch: 2,
      size: 9,
      problems: [],
    });
    await expect(reopenRecord(http, request)).rejects.toThrow('is open');

    // A head that somebody kept from before the loss still leads to the new log.
    const old = openCheckpoint(before!, publicKeyOf(keys.record))!;
    const now = openCheckpoint((await witness().read(organisationId))!, publicKeyOf(keys.record))!;
    expect(now.origin).toMatch(/\/2$/);
    const scope = { organisationId, personId: null };
    const proof = await log.transaction(scope, async (tx) => {
      const tree = (await readTree(tx, organisationId))!;
      const tiles = await readTiles(tx, tree, tilesOf(planConsistency(old.size, now.size)));
      return consistencyFromTiles(tiles, old.size, now.size);
    });
    expect(verifyConsistency(old, now, proof)).toBe(true);
  });

  it('signs nothing when other entries have taken the place of lost ones', async () => {
    const organisationId = newId();
    await write(organisationId, 8);
    await placeAll(organisationId);
    await restoreTo(organisationId, 5);
    await write(organisationId, 10);
    expect(await placeAll(organisationId)).toContain('holds other entries');
  });

  it('signs nothing when the database was loaded from a dump, its counter behind', async () => {
    const organisationId = newId();
    await write(organisationId, 2);
    await placeAll(organisationId);
    await database.admin(
      `update app.log_tree set last_xid = '9000000000' where organisation_id = $1`,
      [organisationId],
    );
    expect(await placeAll(organisationId)).toContain('loaded from a dump');
  });

  it.each([
    ['damaged', (note: string) => note.replace('\n2\n', '\n3\n'), 'is damaged'],
    ['of another log', (_: string, other: string) => other, 'which this database does not know'],
  ])('signs nothing when the kept head is %s', async (_, change, words) => {
    const organisationId = newId();
    const other = newId();
    for (const id of [organisationId, other]) {
      await write(id, 2);
      await placeAll(id);
    }
    const note = (await witness().read(organisationId))!;
    await witness().keep(organisationId, change(note, (await witness().read(other))!));
    await write(organisationId, 1);
    expect(await placeAll(organisationId)).toContain(words);
  });

  it('accepts an older kept head that the log extends, and starts from the log when none is kept', async () => {
    const organisationId = newId();
    await write(organisationId, 3);
    await placeAll(organisationId);
    const old = (await witness().read(organisationId))!;
    await write(organisationId, 300);
    await placeAll(organisationId);
    await witness().keep(organisationId, old);
    await write(organisationId, 1);
    expect(await placeAll(organisationId)).toBeNull();
    expect(await audit(organisationId)).toMatchObject({ ok: true, size: 304 });
  });
});

describe('walking the record', () => {
  const organisationId = newId();
  const personId = newId();
  const scope = { organisationId, personId };
  let events: string[] = [];

  beforeAll(async () => {
    const change = (n: number) => ({
      action: 'ai-system.changed',
      entity: 'ai-system',
      entityId: `system-${n}`,
      payload: { n, note: 'x'.repeat(n % 50) },
    });
    events = await writers.transaction(scope, (tx) =>
      recordEvents(
        tx,
        scope,
        Array.from({ length: 300 }, (_, n) => change(n)),
      ),
    );
    await placeAll(organisationId);
    await write(organisationId, 20);
    await placeAll(organisationId);
    for (const name of names) {
      await database.admin(
        `create table public.copy_${name} as select * from app.${name} where ${own}`,
      );
    }
  });

  const at = (index: number) => `(select event_id from app.log_leaf
    where organisation_id = '${organisationId}' and index = ${index})`;
  const event = (set: string) => `update app.record_event set ${set} where id = ${at(7)}`;
  const payload = (set: string) => `update app.record_payload set ${set} where event_id = ${at(7)}`;
  const own = `organisation_id = '${organisationId}'`;
  const elsewhere = newId();
  const names = [
    ...['actor_ref', 'record_event', 'record_payload'],
    ...['log_tree', 'log_leaf', 'log_tile', 'log_checkpoint'],
  ];
  const undo = names.map(
    (name) => `delete from app.${name} where ${own} or organisation_id = '${elsewhere}';
      insert into app.${name} overriding system value select * from public.copy_${name}`,
  );

  it.each<[string, string]>([
    ['organisation of an entry', event(`organisation_id = '${elsewhere}'`)],
    ['id of an entry', event(`id = '${elsewhere}'`)],
    ['transaction of an entry', event(`xid = '5'`)],
    ['time of an entry', event(`at = at - interval '1 day'`)],
    ['actor of an entry', event(`actor_ref = 'system'`)],
    ['action of an entry', event(`action = 'ai-system.kept'`)],
    ['entity of an entry', event(`entity = 'run'`)],
    ['entity id of an entry', event(`entity_id = 'system-8'`)],
    ['text of an entry', event(`body = set_byte(body, 40, get_byte(body, 40) # 1)`)],
    ['a whole entry', `delete from app.record_event where id = ${at(319)}`],
    ['payload', payload(`payload = '{"n":8}'`)],
    ['salt of a payload', payload(`salt = set_byte(salt, 3, get_byte(salt, 3) # 1)`)],
    ['entry of a payload', payload(`event_id = '${elsewhere}'`)],
    ['a payload', `delete from app.record_payload where event_id = ${at(7)}`],
    ['person of an actor', `update app.actor_ref set person_id = '${elsewhere}' where ${own}`],
    [
      'salt of an actor',
      `update app.actor_ref set salt = decode(repeat('00',16),'hex') where ${own}`,
    ],
    ['a leaf', `delete from app.log_leaf where ${own} and index = 319`],
    ['a leaf in the middle', `delete from app.log_leaf where ${own} and index = 100`],
    ['place of a leaf', `update app.log_leaf set index = 900 where ${own} and index = 319`],
    ['epoch of a leaf', `update app.log_leaf set epoch = 2 where ${own} and index = 319`],
    [
      'entry of a leaf',
      `update app.log_leaf set event_id = '${elsewhere}' where ${own} and index = 5`,
    ],
    [
      'hashes of a tile',
      `update app.log_tile set hashes = set_byte(hashes, 9, get_byte(hashes, 9) # 1)
      where ${own} and level = 0 and index = 1`,
    ],
    ['a tile', `delete from app.log_tile where ${own} and level = 1`],
    ['level of a tile', `update app.log_tile set level = 3 where ${own} and level = 1`],
    [
      'place of a tile',
      `update app.log_tile set index = 4 where ${own} and level = 0 and index = 1`,
    ],
    ['size of a head', `update app.log_checkpoint set size = 301 where ${own} and size = 300`],
    [
      'root of a head',
      `update app.log_checkpoint set root = decode(repeat('00',32),'hex')
      where ${own} and size = 300`,
    ],
    [
      'note of a head',
      `update app.log_checkpoint set note = replace(note, '300', '310')
      where ${own} and size = 300`,
    ],
    ['the newest head', `delete from app.log_checkpoint where ${own} and size = 320`],
    ['epoch of the heads', `update app.log_checkpoint set epoch = 2 where ${own}`],
    ['origin of the log', `update app.log_tree set origin = 'elsewhere/1' where ${own}`],
    ['epoch of the log', `update app.log_tree set epoch = 2 where ${own}`],
    ['size of the log', `update app.log_tree set size = 300 where ${own}`],
    [
      'frontier of the log',
      `update app.log_tree set frontier = set_byte(frontier, 1, get_byte(frontier, 1) # 1) where ${own}`,
    ],
    ['last transaction of the log', `update app.log_tree set last_xid = '7' where ${own}`],
    ['last place of the log', `update app.log_tree set last_ord = last_ord - 1 where ${own}`],
    ['state of the log', `update app.log_tree set state = 'forked' where ${own}`],
    ['the log', `delete from app.log_tree where ${own}`],
    [
      'an added entry',
      `insert into app.record_event
      (organisation_id, id, xid, at, actor_ref, action, entity, entity_id, body)
      select organisation_id, '${elsewhere}', xid, at, actor_ref, action, entity, entity_id, body
      from app.record_event where id = ${at(7)}`,
    ],
    [
      'an added leaf',
      `insert into app.log_leaf values
      ('${organisationId}', 1, 320, '${elsewhere}')`,
    ],
    [
      'two entries exchanged',
      `update app.log_leaf set index = 9000 where ${own} and index = 3;
       update app.log_leaf set index = 3 where ${own} and index = 4;
       update app.log_leaf set index = 4 where ${own} and index = 9000`,
    ],
    [
      'the tail cut off, cleanly',
      `
      delete from app.log_checkpoint where ${own} and size = 320;
      delete from app.record_event where ${own} and id in (select event_id from app.log_leaf
        where ${own} and index >= 300);
      delete from app.log_leaf where ${own} and index >= 300`,
    ],
  ])('finds out when somebody with every right changes: %s', async (_, change) => {
    await database.admin(`set session_replication_role = replica; ${change}`);
    const verdict = await audit(organisationId);
    await database.admin(`set session_replication_role = replica; ${undo.join(';')}`);
    expect(verdict.ok).toBe(false);
    expect(verdict.problems.length).toBeGreaterThan(0);
  });

  it('finds nothing wrong once all of that is undone', async () => {
    expect(await audit(organisationId)).toMatchObject({ ok: true, problems: [], size: 320 });
  });

  it('accepts an erased payload that an entry tells of, and a person who was made anonymous', async () => {
    const [, erased] = events;
    await writers.transaction(scope, async (tx) => {
      await recordEvents(tx, scope, [
        { action: 'record-entry.erased', entity: 'record-entry', entityId: erased!, payload: null },
      ]);
      await tx.execute(sql`delete from app.record_payload where event_id = ${erased}`);
    });
    await placeAll(organisationId);
    await database.admin(`delete from app.actor_ref where ${own}`);
    expect(await audit(organisationId)).toMatchObject({ ok: true, problems: [], size: 321 });
  });
});
